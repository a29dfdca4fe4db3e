"""What people give a command line by mistake: a clear message, the right exit status, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def indicators(*argv: str, stdin: bytes | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "indicators", *argv]
    return subprocess.run(command, input=stdin, capture_output=True, env={**os.environ, **env})


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", ["empty"]),
        ("blank.txt", " \n\u3000\n".encode(), ["empty"]),
        ("binary.txt", bytes(range(256)) * 8, ["binary"]),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64), ["png"]),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), ["docx"]),
        ("cut.docx", b"PK\x03\x04" + b"word/" + bytes(64), []),
        ("cut.pdf", b"%PDF-1.7\n", []),
    ],
)
def test_document_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, words: list[str]) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    done = indicators("score", str(path), "--format", "jsonl")
    message = done.stderr.decode()
    assert done.returncode == 1
    assert done.stdout == b""
    assert message.startswith("indicators: [")
    assert name in message
    assert "(" in message, "it says what to do"
    assert all(word in message for word in words), message
    assert "Traceback" not in message
    assert "E999" not in message


def test_unknown_encoding(tmp_path: Path) -> None:
    # UTF-32 without a mark: no decoder of ours takes it for text.
    path = tmp_path / "report.txt"
    path.write_bytes("全年新增企业45家".encode("utf-32-be") * 40)
    done = indicators("score", str(path))
    assert done.returncode == 1
    assert b"report.txt" in done.stderr
    assert b"Traceback" not in done.stderr


def test_folder_without_reports(tmp_path: Path) -> None:
    (tmp_path / "notes.xyz").write_text("新增企业45家", encoding="utf-8")
    done = indicators("score", str(tmp_path))
    assert done.returncode == 1
    assert b"the folder holds no report" in done.stderr
    assert b".docx" in done.stderr


def test_nothing_there(tmp_path: Path) -> None:
    done = indicators("score", str(tmp_path / "none.txt"))
    assert done.returncode == 1
    assert b"none.txt" in done.stderr


def test_text_without_quantities(tmp_path: Path) -> None:
    path = tmp_path / "speech.txt"
    path.write_text("加强学习，改进作风，为民服务。", encoding="utf-8")
    done = indicators("score", str(path), "--format", "jsonl")
    assert (done.returncode, done.stdout) == (0, b"")
    assert "no quantified target or actual was found" in done.stderr.decode()
    done = indicators("score", str(path))
    assert "未发现可量化的目标或完成数" in done.stdout.decode()


def test_standard_input_in_gb18030() -> None:
    text = "2023年目标是新增企业45家以上。截至12月底新增企业52家。" * 3
    done = indicators("score", "-", "--format", "jsonl", stdin=text.encode("gb18030"))
    assert done.returncode == 0
    assert '"source": "-"' in done.stdout.decode().splitlines()[0]
    assert "45家以上" in done.stdout.decode()


def test_empty_standard_input() -> None:
    done = indicators("score", "-", stdin=b"")
    assert done.returncode == 1
    assert b"indicators: [R" in done.stderr


def test_terminal_that_speaks_no_chinese(tmp_path: Path) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("2023年目标是新增企业45家以上。截至12月底新增企业52家。", encoding="utf-8")
    done = indicators("score", str(path), LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "45家以上" in done.stdout.decode()


def test_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    # More than a pipe holds, so that writing goes on after the reader is gone.
    text = "".join(f"目标是新增甲{n}类企业{n}家。全年新增甲{n}类企业{n + 1}家。\n" for n in range(1, 60))
    for number in range(8):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    command = f"'{sys.executable}' -m indicators score '{tmp_path}' --format jsonl | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True)
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


def test_lone_surrogates_and_controls_in_a_file_name(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff\x1b[31m.txt"))
    path.write_text("", encoding="utf-8")
    done = indicators("score", str(path))
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["html", "xlsx", "parquet"])
def test_binary_formats_are_written(tmp_path: Path, form: str) -> None:
    path = tmp_path / "report.txt"
    path.write_text("2023年目标是新增企业45家以上。截至12月底新增企业52家。", encoding="utf-8")
    target = tmp_path / f"out.{form}"
    done = indicators("score", str(path), "--output", str(target))
    assert done.returncode == 0, done.stderr.decode()
    assert target.stat().st_size > 500
    head = target.read_bytes()[:4]
    assert head == {"html": b"<!do", "xlsx": b"PK\x03\x04", "parquet": b"PAR1"}[form] or head.lower() == b"<!do"
