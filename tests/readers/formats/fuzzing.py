"""Valid files of every format, and ways to damage them. ``python -m formats.fuzzing SECONDS`` runs on its own.

Containers are damaged from inside too: a flipped byte of a zip is found by its checksum, so their XML parts
are changed and packed again.
"""

from __future__ import annotations

import io
import random
import sys
import time
import traceback
import zipfile
from collections.abc import Callable

from indicators.errors import IndicatorsError
from indicators.readers import read_all
from indicators.settings import Limits

LIMITS = Limits(
    max_bytes=2_000_000, max_unpacked_bytes=8_000_000, max_cells=20_000, max_chars=300_000, max_seconds=20.0
)


def seeds() -> dict[str, list[bytes]]:
    """Small valid files by suffix."""
    import openpyxl

    from .makedocx import docx, level, numbered, numbering, p, tbl, tc, tr
    from .makepdf import Pdf

    html = (
        "<html><head><meta charset=utf-8><title>甲</title></head><body><div class=nav><a href=a>b</a></div>"
        "<div id=zoom><h1>工作</h1><p>完成3件。<br>又2件</p><ol start=2><li>项<sup>2</sup></ol>"
        "<table border=1><tr><th rowspan=2>甲<th colspan=2>乙<tr><td>1<td>2<table>"
        "<tr><td>内<td>外<tr><td>3<td>4</table><tr><td>5<td>6%<td>√</table></div></body></html>"
    )
    word = docx(
        p("通报"),
        numbered("工业", 1),
        tbl(
            tr(tc("甲", merge="restart"), tc("乙", span=2)),
            tr(tc(merge="continue"), "12%", tc(tbl(tr("a", "b"), tr("c", "d")))),
        ),
        parts={"word/numbering.xml": numbering(level(0, "chineseCounting", "%1、"))},
    )
    book = openpyxl.Workbook()
    for row in (["表"], ["指标", "目标", "完成"], ["税收", 0.125, "=B3*2"], ["植树", 1234.5, "√"]):
        book.active.append(row)
    book.active["B3"].number_format = "0.0%"
    book.active.merge_cells("A1:C1")
    sheet = io.BytesIO()
    book.save(sheet)
    papers = []
    for compress in (True, False):
        pdf = Pdf(compress=compress)
        for _ in range(2):
            page = pdf.page().text(60, 40, "完成情况", 18).lines(60, 70, ["　　全年完成3件，", "又2件。"])
            page.table(
                60, 150, [60, 90, 90], [20, 20], {(0, 0): "序号", (0, 1): ("任务", 1, 2), (1, 1): "5家", (1, 2): "√"}
            )
        papers.append(pdf.data())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("甲/一.html", html)
        archive.writestr("二.docx", word)
    return {
        ".html": [html.encode(), html.encode("gb18030"), html.encode("utf-16")],
        ".docx": [word],
        ".xlsx": [sheet.getvalue()],
        ".pdf": papers,
        ".zip": [packed.getvalue()],
    }


_NUMBERS = (b"0", b"-1", b"99999999999", b"1e309", b"65536", b"\x00", b"\xff\xfe", b"&#0;", b"<", b">", b'"', b"]]>")


def damage(data: bytes, rng: random.Random) -> bytes:
    """``data`` with a few bytes flipped, cut out, doubled, moved or replaced by awkward ones."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        if not out:
            break
        at, length = rng.randrange(len(out)), rng.choice((1, 2, 8, 64, 512))
        match rng.randrange(7):
            case 0:
                out[at] ^= 1 << rng.randrange(8)
            case 1:
                out[at] = rng.randrange(256)
            case 2:
                del out[at : at + length]
            case 3:
                out[at:at] = out[at : at + length] * rng.choice((1, 3, 40))
            case 4:
                out[at:at] = rng.choice(_NUMBERS)
            case 5:
                digits = [i for i in range(max(0, at - 200), min(len(out), at + 200)) if 48 <= out[i] <= 57]
                if digits:
                    where = rng.choice(digits)
                    out[where : where + 1] = rng.choice(_NUMBERS)
            case _:
                del out[at:]
    return bytes(out)


def damage_inside(data: bytes, rng: random.Random) -> bytes:
    """A zip container with one of its parts damaged and the whole packed anew."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            if name == chosen:
                if rng.random() < 0.1:
                    continue
                part = damage(part, rng)
            new.writestr(name, part)
    return out.getvalue()


def attempt(data: bytes, suffix: str) -> str | None:
    """Reads damaged bytes: ``None`` when that ends well or in one of our errors, else what went wrong."""
    start = time.monotonic()
    try:
        for source in read_all(io.BytesIO(data), name=f"坏{suffix}", limits=LIMITS):
            assert source.name
    except IndicatorsError as error:
        if error.code == "R009":
            return f"unexpected in the reader: {error.message}"
        if error.path is None or "坏" not in error.path:
            return f"the error names no file: {error}"
    except Exception:
        return traceback.format_exc()
    took = time.monotonic() - start
    return f"took {took:.0f} s" if took > 3 * LIMITS.max_seconds else None


def mutate(suffix: str, seed: bytes, rng: random.Random) -> bytes:
    """One damaged file."""
    inside = suffix in (".docx", ".xlsx", ".zip") and rng.random() < 0.7
    change: Callable[[bytes, random.Random], bytes] = damage_inside if inside else damage
    return change(seed, rng)


def main(seconds: float, first: int = 0) -> int:
    """Damages and reads until the time is over; prints what went wrong. The number of failures."""
    files = seeds()
    end = time.monotonic() + seconds
    counts = dict.fromkeys(files, 0)
    failures = 0
    at = first
    while time.monotonic() < end:
        for suffix, some in files.items():
            rng = random.Random(f"{suffix}{at}")
            data = mutate(suffix, rng.choice(some), rng)
            counts[suffix] += 1
            if told := attempt(data, suffix):
                failures += 1
                print(f"--- {suffix} seed {at}\n{told}", flush=True)
        at += 1
    print({**counts, "failures": failures, "next": at})
    return failures


if __name__ == "__main__":
    sys.exit(bool(main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
