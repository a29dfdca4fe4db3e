"""Targets and actuals of Chinese reports, linked and judged. The whole public API stands here."""

from __future__ import annotations

from indicators._version import __version__

__all__ = ["__version__"]
