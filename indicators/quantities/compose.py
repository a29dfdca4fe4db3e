"""Turns the atoms of a text into quantities."""

from __future__ import annotations

from collections.abc import Callable

from indicators.quantities.atom import Atom
from indicators.quantities.bounding import add_after, add_before, far_bound
from indicators.quantities.changing import change_of
from indicators.quantities.draft import Draft
from indicators.quantities.in_names import goes_on, is_in_name
from indicators.quantities.joins import add_parts, between_end, ends, is_plain_range, is_range, share_units
from indicators.quantities.plain import is_code, is_plain_quantity, take_heading
from indicators.quantities.prefixes import sign_of, take_prefix
from indicators.schema.quantity import Bound, Period, Quantity


def compose(raw: str, text: str, atoms: list[Atom], period_at: Callable[[int], Period | None]) -> list[Quantity]:
    """The quantities of a folded text's atoms; ``raw`` gives the words as printed."""
    share_units(text, atoms)
    atoms = add_parts(text, atoms)
    found: list[Quantity] = []
    index, floor = 0, 0
    while index < len(atoms):
        atom = atoms[index]
        other = atoms[index + 1] if index + 1 < len(atoms) else None
        index += 1
        if other is not None and not is_range(text, atom, other):
            other = None
        if atom.plain and (other is None or other.plain) and is_code(text, atom):
            continue
        if other is not None and other.plain and is_code(text, other, ends_range=True):
            other = None
        draft = _draft(text, atom, other, floor)
        index += other is not None
        if draft.kind != "rank":
            add_before(text, draft, floor)
            add_after(text, draft, atoms[index].start if index < len(atoms) else len(text))
        if not _is_told(text, draft):
            continue
        if draft.bound is None and draft.kind != "rank":
            draft.bound = far_bound(text, draft.start, floor)
        found.append(_quantity(raw, text, draft, found, floor, period_at(draft.start)))
        floor = draft.end
    return found


def _draft(text: str, atom: Atom, other: Atom | None, floor: int) -> Draft:
    """One atom, or a range of two, with the sign and the currency that stand before it."""
    start = take_prefix(text, atom, floor)
    if atom.plain:
        take_heading(text, atom)
    low = high = atom.value
    sign = sign_of(text, start, floor)
    negative = sign >= 0 and not (atom.spoken and text[sign] == "-")
    if negative:
        start, low, high = sign, -low, -high
    last, end, approximate = atom, atom.end, atom.approximate
    bound: Bound | None = "at_most" if atom.kind == "rank" and atom.digits == "前" else None
    if atom.top is not None:
        bound, high = "range", atom.top
    if other is not None:
        low, high = ends(atom, other)
        low = -low if negative else low
        last, bound = other, "range"
        approximate = approximate or other.approximate or text[atom.end : other.start] == "、"
        end = between_end(text, other.end)
    if low > high:
        low, high = high, low
    return Draft(atom, last, start, end, start, last.end, start, low, high, bound, approximate)


def _is_told(text: str, draft: Draft) -> bool:
    """Whether a figure without a unit is told as a quantity; with a unit it always is."""
    if draft.first.weak and draft.bound is None:
        return False
    if not draft.plain:
        return True
    if draft.bound == "range":
        return is_plain_range(text, draft.first, draft.last)
    return draft.bound is not None or is_plain_quantity(text, draft.last)


def _quantity(raw: str, text: str, draft: Draft, found: list[Quantity], floor: int, period: Period | None) -> Quantity:
    change, origin = change_of(text, draft, found, floor, period)
    start, end = draft.start, draft.end
    return Quantity(
        text=raw[start:end],
        start=start,
        end=end,
        low=None if draft.bound == "at_most" else draft.low,
        high=None if draft.bound == "at_least" else draft.high,
        unit=draft.unit,
        kind=draft.kind,
        bound=draft.bound,
        approximate=draft.approximate,
        change=change,
        origin=origin,
        period=period,
        number_start=draft.number_start,
        number_end=draft.number_end,
        part_of_name=is_in_name(text, draft) or goes_on(text, found, draft.number_start, end),
    )
