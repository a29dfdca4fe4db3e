"""Regions or firms that share one thing, which the text names behind the last of them alone."""

from __future__ import annotations

from indicators.rulebook import phrase


def split_regions(subject: str, count: int) -> list[str] | None:
    """云山、白水两县新增就业, 云山县、白水县新增就业: each region with the thing, ``None`` for other lists."""
    counted = phrase("lists", "counted_regions").fullmatch(subject)
    if counted is not None:
        listed = _listed(counted["listed"])
        kind = counted["kind"]
        own = kind if len(kind) == 1 else ""  # 白水两县; 县区 tells no region's own kind
        named = [name if not own or name.endswith(own) else f"{name}{own}" for name in listed]
        return [f"{name}{counted['thing']}" for name in named] if len(named) == count else None
    shared = phrase("lists", "regions_share").fullmatch(subject)
    if shared is None:
        return None
    listed = _listed(shared["listed"])
    return [f"{name}{shared['thing']}" for name in listed] if len(listed) == count else None


def _listed(text: str) -> list[str]:
    return [name for name in phrase("lists", "any_and").split(text) if name]
