"""The notes: a template with a fact put into it, and the rows that a reader should find."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_NOTES_A_TEMPLATE = 4
_ENDS = ("over", "short", "met")
_UNDER_WAY = ("ahead", "behind")
_FEWER_IS_BETTER = ("cap", "ceiling")
_ADDED_UP = ("thing", "firms", "money", "length", "area", "people", "volume", "ceiling")
_VERDICTS = {"over": "exceeded", "met": "met", "short": "missed", "ahead": "on_track", "behind": "behind"}
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)([万亿]?)")
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True)
class Fact:
    """What was promised, and three ends it may have come to."""

    name: str
    kind: str
    county: str
    year: int
    words: dict[str, str]
    figures: dict[str, str]
    second: dict[str, str]

    @classmethod
    def of(cls, fact: dict[str, Any]) -> Fact:
        """From a ``[[fact]]`` of facts.toml."""
        figures = {key: fact[key] for key in ("target", "over", "short", "prev", "next")} | {"met": fact["target"]}
        second = fact.get("second", {})
        second = second and second | {"met": second["target"]}
        return cls(fact["name"], fact["kind"], fact["county"], fact["year"], fact["words"], figures, second)

    def actual(self, end: str, share: float) -> str:
        """The figure that came of it; under way, one well before or behind the share of time that has passed."""
        if end not in _UNDER_WAY:
            return self.figures[end]
        fewer = self.kind in _FEWER_IS_BETTER
        if self.kind not in _ADDED_UP:
            return self.figures["over" if end == "ahead" else "short"]
        part = share + (0.1 if (end == "ahead") is not fewer else -0.15)
        target = self.figures["target"]
        places = len(target.partition(".")[2]) or (1 if float(target) < 20 and self.kind != "ceiling" else 0)
        return f"{float(target) * part:.{places}f}"

    def slots(self, end: str, share: float) -> dict[str, str]:
        """What a template may ask for."""
        target, actual, unit = self.figures["target"], self.actual(end, share), self.words["unit"]
        between = abs(float(target) - float(actual))
        far = "个百分点" if unit == "%" else unit
        slots = {
            "T": target + unit,
            "A": actual + unit,
            "rate": f"{round(float(actual) / float(target) * 100, 1):g}%",
            "gap": f"{round(between, 2):g}{far}",
            **{slot: self.figures[key] + unit for slot, key in (("more", "over"), ("prev", "prev"), ("next", "next"))},
            "year": str(self.year),
            "last": str(self.year - 1),
            "coming": str(self.year + 1),
            "year4": str(self.year - 2),
            "year6": str(self.year + 2),
            "county": self.county,
        }
        if self.second:
            slots |= {"T2": self.second["target"], "A2": self.second.get(other(end), "")}
        return self.words | slots


def other(end: str) -> str:
    """How the second thing ended where the first ended so."""
    return _ENDS[(_ENDS.index(end) + 1) % 3] if end in _ENDS else end


@dataclass(frozen=True)
class Wanted:
    """A row that should be found, each of its cells as what will do: ``-`` none, ``*`` whatever."""

    target: str
    actual: str
    verdict: str
    completion: str

    @classmethod
    def of(cls, row: str) -> Wanted:
        """From the cells between the bars."""
        cells = [*row.split("|"), "*"]
        return cls(*cells[:4])


@dataclass(frozen=True)
class Note:
    """A text and its rows."""

    text: str
    rows: list[Wanted]


@dataclass(frozen=True)
class Template:
    """One way to say it."""

    id: str
    group: str
    suits: str
    out: str
    months: int
    share: float
    text: str
    rows: tuple[str, ...]
    held: bool
    number: int

    @classmethod
    def of(cls, group: str, number: int, told: dict[str, Any]) -> Template:
        """From an entry of a group of templates.toml or more.toml."""
        months = told.get("months", 12)
        return cls(
            id=told["id"],
            group=group,
            suits=told["suits"],
            out=told.get("out", "any"),
            months=months,
            share=told.get("share", months / 12),
            text=told["text"],
            rows=tuple(told.get("rows", ["{T}|{A}|="])),
            held=told["held"],
            number=number,
        )

    def notes(self, facts: list[Fact], groups: dict[str, list[str]]) -> list[Note]:
        """The template with each of its facts; which they are and how they ended goes round."""
        kinds = groups.get(self.suits, [self.suits])
        suited = [fact for fact in facts if self.suits == fact.name or fact.kind in kinds]
        if self.suits == "plain":
            suited = [facts[self.number % len(facts)]]
        step = max(1, len(suited) // _NOTES_A_TEMPLATE)
        ends = (_ENDS if self.share == 1 else _UNDER_WAY) if self.out == "any" else (self.out,)
        told: list[Note] = []
        for turn in range(_NOTES_A_TEMPLATE):
            fact = suited[(self.number + turn * step) % len(suited)]
            note = self._note(fact, ends[(self.number + turn) % len(ends)])
            told += [note] if note not in told else []
        return told

    def _note(self, fact: Fact, end: str) -> Note:
        slots = fact.slots(end, self.share)
        verdicts = {"=": _VERDICTS[end], "=2": _VERDICTS[other(end) if self.out == "any" else end]}
        if self.out != "any" and fact.second:
            slots["A2"] = fact.second.get(end, "")
        rows = []
        for row in self.rows:
            cells = row.format_map(slots).split("|")
            cells[2] = "/".join(verdicts.get(told, told) for told in cells[2].split("/"))
            rows.append(Wanted.of("|".join(cells)))
        title = f"{fact.county}{fact.year}年{_TITLES.get(self.months, f'1—{self.months}月工作小结')}"
        return Note(f"{title}\n\n{self.text.format_map(slots)}\n", rows)


_TITLES = {12: "工作总结", 9: "前三季度工作小结", 6: "上半年工作小结", 3: "一季度工作小结"}


def value(text: str) -> float:
    """The number of a figure with 万 and 亿 multiplied out."""
    found = _NUMBER.search(text)
    assert found, text
    return float(found[1]) * _SCALES[found[2]]


def load() -> tuple[list[Fact], dict[str, list[str]], list[Template]]:
    """The facts, the groups of their kinds, and the templates."""
    told = _read("facts.toml")
    groups: dict[str, list[dict[str, Any]]] = {}
    for file in ("templates.toml", "more.toml"):
        for group in _read(file)["group"]:
            groups.setdefault(group["name"], []).extend(group["templates"])
    templates = [Template.of(name, at, one) for name, every in groups.items() for at, one in enumerate(every)]
    return [Fact.of(fact) for fact in told["fact"]], told["suits"], templates


def _read(file: str) -> dict[str, Any]:
    return tomllib.loads((HERE / file).read_text(encoding="utf-8"))
