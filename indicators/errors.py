"""Every error the library raises on purpose, with the code and the hint that a user needs.

An error names the document it is about, what is wrong with it and what to do; a batch
catches :class:`IndicatorsError` and nothing else, so a bug is never mistaken for bad input.
"""

from __future__ import annotations


class IndicatorsError(Exception):
    """Base of all errors of this library.

    ``code`` is stable across releases (``R002``), ``path`` names the document or rule file,
    ``hint`` says what to do about it.
    """

    code = "E000"

    def __init__(self, message: str, *, path: str | None = None, hint: str | None = None, code: str | None = None):
        super().__init__(message)
        self.message = message
        self.path = path
        self.hint = hint
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"[{self.code}] {where}{self.message}{hint}"

    def __reduce__(self) -> tuple[object, ...]:
        # Workers send errors to their parent; the default reduction drops keyword arguments.
        return (_rebuild, (type(self), self.message, self.path, self.hint, self.code))


def _rebuild(
    kind: type[IndicatorsError], message: str, path: str | None, hint: str | None, code: str
) -> IndicatorsError:
    return kind(message, path=path, hint=hint, code=code)


class ReadError(IndicatorsError):
    """A document cannot be read: empty, binary, truncated, encrypted, of an unknown encoding."""

    code = "R000"


class LimitError(ReadError):
    """A document goes beyond a limit of :class:`indicators.settings.Limits`."""

    code = "R100"


class MissingExtraError(IndicatorsError):
    """An optional dependency is not installed; the hint names the extra to install."""

    code = "X000"

    @classmethod
    def for_extra(cls, extra: str, what: str, *, path: str | None = None) -> MissingExtraError:
        """The error for ``what`` (the HTML page, a polars frame), which ``extra`` brings."""
        return cls(f"{what} needs the extra '{extra}'", path=path, hint=f"pip install 'indicators[{extra}]'")


class RuleError(IndicatorsError):
    """A rule file is malformed; ``path`` names the file and, where known, the line."""

    code = "L000"


class UsageError(IndicatorsError):
    """The caller asked for something that makes no sense (unknown format, bad date)."""

    code = "U000"


class BatchError(IndicatorsError):
    """A run over many documents cannot go on: no worker starts, the disk is full, the folder is in use."""

    code = "B000"
