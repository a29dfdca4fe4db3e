"""Folds a text for matching without moving a single offset."""

from __future__ import annotations

import re

_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
for _kept in "，；！？":
    # Clause marks stay as they are: folded, "，" would look like a thousands separator.
    del _PLAIN[ord(_kept)]

_PAIRS = {
    "−": "-", "–": "-", "‐": "-", "‑": "-", "﹣": "-", "〜": "~", "∼": "~", "﹪": "%", "○": "〇", "◯": "〇",
    "萬": "万", "億": "亿", "兩": "两", "幾": "几", "點": "点", "個": "个", "戶": "户", "餘": "余", "數": "数", "處": "处",
    "項": "项", "臺": "台", "畝": "亩", "頃": "顷", "噸": "吨", "歲": "岁", "圓": "圆", "條": "条", "張": "张", "輛": "辆",
    "間": "间", "歐": "欧", "鎊": "镑", "韓": "韩", "約": "约", "過": "过", "於": "于", "達": "达", "內": "内", "從": "从",
    "減": "减", "長": "长", "農": "农", "幣": "币", "為": "为", "時": "时", "鐘": "钟", "種": "种", "場": "场", "門": "门",
    "隻": "只", "雙": "双", "層": "层", "樓": "楼", "號": "号", "萬元": "万元", "⅓": "⅓", "負": "负", "來": "来", "躍": "跃",
    "\u3000": " ", "\xa0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\ufeff": " ",
}  # fmt: skip
_FOLD = _PLAIN | {ord(key): value for key, value in _PAIRS.items() if len(key) == 1}
_WIDE_SEPARATOR = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def fold(text: str) -> str:
    """Half-width, simplified characters for matching; ``len(fold(text)) == len(text)``."""
    if text.isascii():
        return text
    if "，" in text:
        text = _WIDE_SEPARATOR.sub(",", text)
    return text.translate(_FOLD)
