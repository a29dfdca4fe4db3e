"""What the pipes leave on spans and documents: plain dictionaries inside, our own types outside.

Decimals and pydantic objects in ``Doc.user_data`` break ``DocBin`` and ``nlp.pipe(n_process=2)``, so plain data is
stored and the getters rebuild from it. Importing this module registers ``Span._.quantity`` and
``Doc._.indicators_report``; after reading a ``DocBin`` in a fresh process, import :mod:`indicators.pipes.extensions`.
"""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from spacy.tokens import Doc, Span

from indicators.schema.quantity import Period, Quantity

if TYPE_CHECKING:
    from indicators.schema.report import Report

_QUANTITIES = "indicators.quantities"
_REPORT = "indicators.report"
_DECIMALS = ("low", "high", "origin")


def quantity_to_dict(quantity: Quantity) -> dict[str, Any]:
    """A quantity as JSON can hold it; decimals as strings, so that no digit is lost."""
    data: dict[str, Any] = {field.name: getattr(quantity, field.name) for field in fields(quantity)}
    for name in _DECIMALS:
        if data[name] is not None:
            data[name] = str(data[name])
    if quantity.period is not None:
        data["period"] = {field.name: getattr(quantity.period, field.name) for field in fields(quantity.period)}
    return data


def quantity_from_dict(data: dict[str, Any]) -> Quantity:
    """The inverse of :func:`quantity_to_dict`."""
    values = dict(data)
    for name in _DECIMALS:
        if values[name] is not None:
            values[name] = Decimal(values[name])
    if values["period"] is not None:
        values["period"] = Period(**values["period"])
    return Quantity(**values)


def store_quantity(span: Span, quantity: Quantity) -> None:
    """Remember ``quantity`` for ``span``."""
    span.doc.user_data.setdefault(_QUANTITIES, {})[_key(span)] = quantity_to_dict(quantity)


def store_report(doc: Doc, report: Report) -> None:
    """Remember ``report`` for ``doc``; its text is the document's own."""
    doc.user_data[_REPORT] = report.model_dump(mode="json", exclude={"text"})


def _key(span: Span) -> str:
    return f"{span.start_char}:{span.end_char}:{span.label_}"


def _quantity_dict(span: Span) -> dict[str, Any] | None:
    found: dict[str, Any] | None = span.doc.user_data.get(_QUANTITIES, {}).get(_key(span))
    return found


def _quantity(span: Span) -> Quantity | None:
    data = _quantity_dict(span)
    return quantity_from_dict(data) if data is not None else None


def _report(doc: Doc) -> Report | None:
    data = doc.user_data.get(_REPORT)
    if data is None:
        return None
    from indicators.schema.report import Report

    return Report.model_validate({**data, "text": doc.text})


def register() -> None:
    """Register the extensions; once is enough, twice does no harm."""
    Span.set_extension("quantity", getter=_quantity, force=True)
    Span.set_extension("quantity_data", getter=_quantity_dict, force=True)
    Doc.set_extension("indicators_report", getter=_report, force=True)


register()
