"""The words of page, workbook and charts."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from indicators.schema.report import VERDICT_LABELS, Verdict

SYMBOLS: dict[Verdict | None, str] = {
    "exceeded": "▲",
    "met": "✔",
    "on_track": "→",
    "behind": "◔",
    "missed": "✖",
    "unreported": "○",
    None: "–",
}
COLORS: dict[Verdict | None, str] = {
    "exceeded": "#0C6A4C",
    "met": "#2F7D32",
    "on_track": "#2266A5",
    "behind": "#9A5B00",
    "missed": "#B3261E",
    "unreported": "#5F6875",
    None: "#8B929D",
}


@cache
def labels() -> dict[str, dict[str, str]]:
    """Words by language (``zh``, ``en``) and key."""
    path = resources.files("indicators.export") / "templates" / "labels.json"
    data: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return data


def word(key: str, language: str = "zh") -> str:
    """The word for ``key``; the key itself where there is none."""
    return labels()[language].get(key, key)


def verdict_label(verdict: Verdict | None) -> str:
    """Symbol and word, so that the colour is never the only sign."""
    return f"{SYMBOLS[verdict]} {VERDICT_LABELS[verdict]}"
