"""Lists in the docs that the code knows better: error codes and environment variables."""

from __future__ import annotations

import re

import markdown_blocks as md

from indicators import settings

PAGE = (md.ROOT / "docs" / "scripts.md").read_text(encoding="utf-8")


def listed(heading: str) -> list[str]:
    """What stands between backticks in the first column of the table below a heading."""
    table = PAGE.split(f"{heading}\n", 1)[1].split("\n| ", 1)[1].split("\n\n", 1)[0]
    return [name for line in table.splitlines()[2:] for name in re.findall("`([^`]+)`", line.split("|")[1])]


def test_every_error_code_is_told() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((md.ROOT / "indicators").rglob("*.py")))
    given = set(re.findall(r'= ?"([A-Z]\d{3})"', source)) - {"E000"}  # that of the base class, which is never raised
    told = listed("### 错误代码 · Error codes")
    assert sorted(told) == sorted(given | {"E999"})
    assert len(told) == len(set(told))


def test_every_environment_variable_is_told() -> None:
    ours = {value for name, value in vars(settings).items() if name.endswith("_VARIABLE")}
    assert set(listed("## 环境变量 · Environment variables")) == ours | {"NO_COLOR"}
