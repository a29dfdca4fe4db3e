"""spaCy's side of the library: pipes by factory name, a Chinese tokenizer, and :func:`load`.

``nlp.add_pipe("indicators.quantities")`` fills ``doc.spans["indicators.quantities"]`` and ``Span._.quantity``;
``nlp.add_pipe("indicators.score")`` fills ``doc.spans["indicators"]`` and ``Doc._.indicators_report``. Both are found
by entry point, so nothing of this package need be imported first. The modules named in entry points import nothing
but spaCy: every ``spacy.blank()`` imports them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from spacy.language import Language

__all__ = ["load"]


def load(name_or_path: str | os.PathLike[str] | None = None) -> Language:
    """A spaCy pipeline that scores reports.

    Without a name: a blank Chinese pipeline (one token a character) with the pipes ``indicators.quantities`` and
    ``indicators.score``. With one: that spaCy package or folder, the two pipes added where they are missing.
    Raises :class:`~indicators.errors.UsageError` where there is no such pipeline.
    """
    from indicators.pipes.assemble import assemble

    return assemble(name_or_path)
