"""The documents that are measured: our own corpus, and the shared reports where they lie beside the repository."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Documents:
    """A named set of text documents."""

    name: str
    paths: tuple[Path, ...]
    texts: tuple[str, ...]

    @property
    def chars(self) -> int:
        """Characters of all documents."""
        return sum(map(len, self.texts))


def documents(name: str, paths: list[Path]) -> Documents:
    """Those of ``paths`` that are UTF-8 text."""
    found = [(path, path.read_text(encoding="utf-8")) for path in sorted(paths)]
    return Documents(name, tuple(p for p, _ in found), tuple(t for _, t in found))


def shared_folder() -> Path | None:
    """``INDICATORS_SHARED`` or ``../shared``; ``None`` where neither is there."""
    folder = Path(os.environ.get("INDICATORS_SHARED", ROOT.parent / "shared"))
    return folder if (folder / "reports").is_dir() else None


def sets() -> list[Documents]:
    """``corpus`` (always), and of the shared reports ``tables`` and ``narratives``."""
    found = [documents("corpus", list((ROOT / "corpus/documents").glob("*.txt")))]
    shared = shared_folder()
    if shared is not None:
        tables = [p for p in (shared / "reports").glob("*.txt") if "gb18030" not in p.name]
        found.append(documents("tables", tables))
        found.append(documents("narratives", list((shared / "reports/state-council").glob("*.txt"))))
    return found
