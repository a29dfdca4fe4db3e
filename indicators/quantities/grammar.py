"""One text through the number grammar: periods, figures, quantities. Importing it compiles the grammar."""

from __future__ import annotations

from indicators.quantities.compose import compose
from indicators.quantities.lexer import atoms_of
from indicators.quantities.periods import PeriodsBefore, periods_of
from indicators.quantities.plain import give_unit, heading_unit, is_code, stated_units
from indicators.quantities.text import fold
from indicators.schema.quantity import Quantity


def read(text: str, year: int | None, unit: str | None) -> list[Quantity]:
    """Every quantity of a text; ``year`` and ``unit`` as in :func:`indicators.quantities.find_quantities`."""
    folded = fold(text)
    periods = periods_of(text, folded, year)
    atoms = atoms_of(folded, periods)
    if unit:
        told = heading_unit(fold(unit))
        if told:
            for atom in atoms:
                if atom.plain and not is_code(folded, atom):
                    give_unit(atom, *told)
    for place, scale, name in stated_units(folded):
        for atom in atoms:
            if atom.start >= place and atom.plain and not atom.spoken and not is_code(folded, atom):
                give_unit(atom, scale, name)
    return compose(text, folded, atoms, PeriodsBefore(folded, periods))
