"""One verdict for a task from those of its indicators."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.schema.report import Assessment, Verdict

_WORST_FIRST: tuple[Verdict, ...] = ("missed", "behind", "on_track", "met", "exceeded")


def rolled_up(assessments: Sequence[Assessment]) -> Verdict | None:
    """The worst headline verdict decides; ``unreported`` only where nothing else is known."""
    found = {a.verdict for a in assessments if a.kind == "headline" and a.verdict} or {
        a.verdict for a in assessments if a.verdict
    }
    for verdict in _WORST_FIRST:
        if verdict in found:
            return verdict
    return "unreported" if "unreported" in found else None
