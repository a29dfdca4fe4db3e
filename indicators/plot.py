"""Charts of reports: completion by task, verdicts by unit, an indicator over time. Needs the extra ``report``."""

from __future__ import annotations

from indicators.export.plot import completion_by_task, over_time, save, verdicts_by_unit

__all__ = ["completion_by_task", "over_time", "save", "verdicts_by_unit"]
