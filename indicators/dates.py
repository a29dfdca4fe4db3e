"""The as-of date that a caller gives, as an argument or on the command line."""

from __future__ import annotations

from datetime import date

from indicators.errors import UsageError


def as_date(text: date | str | None) -> date | None:
    """A date as it is or from its ISO text; raises :class:`UsageError` (U001) for any other text."""
    if text is None or isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"as-of {text!r} is no date", hint="write it as 2022-12-31", code="U001") from None
