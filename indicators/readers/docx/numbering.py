"""The numbers that Word computes instead of storing: list labels (1., 一、, （二）) and heading levels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from indicators.readers.docx.text import q, val
from indicators.schema.source import ParagraphKind

_HAN = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = {
    **{1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc"},
    **{50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"},
}
_MAX_STYLE_DEPTH = 12


def han_number(number: int, digits: str = _HAN, units: str = "十百千") -> str:
    """A counting number as Chinese lists print it: 十, 十一, 二十, 一百零五."""
    if not 0 < number < 10_000:
        return str(number)
    out = ""
    for power in range(3, -1, -1):
        digit = number // 10**power % 10
        if digit:
            out += digits[digit] + (units[power - 1] if power else "")
        elif out and not out.endswith("零"):
            out += "零"
    out = out.rstrip("零")
    return out[1:] if out.startswith("一十") else out


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, letters in _ROMAN.items():
        count, number = divmod(number, value)
        out += letters * count
    return out


def shown(number: int, form: str | None) -> str:
    """``number`` in a ``w:numFmt``; unknown formats print decimals."""
    match form:
        case "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "taiwaneseCountingThousand":
            return han_number(number)
        case "japaneseCounting" | "japaneseDigitalTenThousand" | "koreanDigital":
            return han_number(number)
        case "ideographDigital" | "taiwaneseDigital" | "ideographTraditional":
            return "".join(_HAN[int(digit)] for digit in str(number)) if number >= 0 else str(number)
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return han_number(number, _FORMAL, "拾佰仟")
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese":
            return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)
        case "decimalZero":
            return f"{number:02d}"
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(0xFF10 + int(digit)) for digit in str(abs(number)))
        case "lowerLetter":
            return _letters(number)
        case "upperLetter":
            return _letters(number).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "none":
            return ""
    return str(number)


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str | None = "decimal"
    text: str = ""
    legal: bool = False


@dataclass(slots=True)
class _Style:
    based_on: str | None = None
    name: str = ""
    num_id: str | None = None
    ilvl: int | None = None
    outline: int | None = None


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level] = field(default_factory=dict)
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the lists of one document; :meth:`label` must see its paragraphs in order, each once."""

    def __init__(self, numbering: Any | None, styles: Any | None):
        self._lists: dict[str, _List] = {}
        self._nums: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, _Style] = {}
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_numbering(numbering)

    def _read_styles(self, root: Any) -> None:
        for element in root.iter(q("style")):
            style = _Style()
            based, name = element.find(q("basedOn")), element.find(q("name"))
            style.based_on = val(based) if based is not None else None
            style.name = (val(name) or "").lower() if name is not None else ""
            properties = element.find(q("pPr"))
            if properties is not None:
                style.num_id, style.ilvl = _num_pr(properties)
                style.outline = _int(properties.find(q("outlineLvl")))
            self._styles[str(element.get(q("styleId"), ""))] = style

    def _read_numbering(self, root: Any) -> None:
        for abstract in root.iter(q("abstractNum")):
            found = _List()
            for element in abstract.iter(q("lvl")):
                found.levels[_attr(element, "ilvl")] = _level(element)
            self._lists[str(abstract.get(q("abstractNumId")))] = found
        for num in root.iter(q("num")):
            num_id = str(num.get(q("numId")))
            link = num.find(q("abstractNumId"))
            self._nums[num_id] = (val(link) or "") if link is not None else ""
            for override in num.iter(q("lvlOverride")):
                start = _int(override.find(q("startOverride")))
                if start is not None:
                    self._restarts.setdefault(num_id, {})[_attr(override, "ilvl")] = start

    def _style_chain(self, paragraph: Any) -> list[_Style]:
        reference = paragraph.find(f"{q('pPr')}/{q('pStyle')}")
        name = val(reference) if reference is not None else None
        chain: list[_Style] = []
        while name and name in self._styles and len(chain) < _MAX_STYLE_DEPTH:
            chain.append(self._styles[name])
            name = self._styles[name].based_on
        return chain

    def heading(self, paragraph: Any) -> tuple[ParagraphKind | None, int]:
        """``title`` or ``heading`` with its level from 1 where the style says so, else ``(None, 0)``."""
        chain = self._style_chain(paragraph)
        if chain and chain[0].name in ("title", "标题"):
            return "title", 0
        direct = _int(paragraph.find(f"{q('pPr')}/{q('outlineLvl')}"))
        outline = direct
        if outline is None:
            outline = next((style.outline for style in chain if style.outline is not None), None)
        if outline is None:
            for style in chain:
                if found := re.fullmatch(r"(?:heading|标题) ?([1-9])", style.name):
                    outline = int(found.group(1)) - 1
                    break
        if outline is None or not 0 <= outline <= 8:
            return None, 0
        return "heading", outline + 1

    def label(self, paragraph: Any) -> str:
        """The label that Word prints before the paragraph, "" for none and for a bullet."""
        properties = paragraph.find(q("pPr"))
        num_id, ilvl = _num_pr(properties) if properties is not None else (None, None)
        if num_id is None:
            for style in self._style_chain(paragraph):
                if style.num_id is not None:
                    num_id, ilvl = style.num_id, style.ilvl if ilvl is None else ilvl
                    break
        if num_id is None or num_id == "0" or num_id not in self._nums:
            return ""
        found = self._lists.get(self._nums[num_id])
        at = ilvl or 0
        if found is None or at not in found.levels:
            return ""
        restarts = self._restarts.pop(num_id, {})
        for level, start in restarts.items():
            found.counters[level] = start - 1
        level_now = found.levels[at]
        found.counters[at] = found.counters.get(at, level_now.start - 1) + 1
        for deeper in [level for level in found.counters if level > at and level not in restarts]:
            del found.counters[deeper]
        if level_now.form == "bullet":
            return ""

        def printed(match: re.Match[str]) -> str:
            level = int(match.group(1)) - 1
            if level not in found.levels:
                return ""
            form = "decimal" if level_now.legal else found.levels[level].form
            return shown(found.counters.get(level, found.levels[level].start), form)

        return re.sub(r"%([1-9])", printed, level_now.text)


def _num_pr(properties: Any) -> tuple[str | None, int | None]:
    num = properties.find(f"{q('numPr')}/{q('numId')}")
    return (val(num) if num is not None else None), _int(properties.find(f"{q('numPr')}/{q('ilvl')}"))


def _level(element: Any) -> _Level:
    form, text = element.find(q("numFmt")), element.find(q("lvlText"))
    start = _int(element.find(q("start")))
    legal = element.find(q("isLgl"))
    return _Level(
        1 if start is None else start,
        val(form) if form is not None else "decimal",
        (val(text) or "") if text is not None else "",
        legal is not None and val(legal) not in ("0", "false"),
    )


def _int(element: Any) -> int | None:
    try:
        return None if element is None else int(val(element) or "")
    except ValueError:
        return None


def _attr(element: Any, name: str) -> int:
    try:
        return int(element.get(q(name), "0"))
    except ValueError:
        return 0
