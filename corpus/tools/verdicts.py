"""The verdict that GUIDE.md gives to a target and an actual, for checking annotations."""

from __future__ import annotations

RATE_UNITS = {"%", "百分点", "‰", "个百分点"}


def is_rate(unit: str | None) -> bool:
    """Rates, concentrations and per-head figures do not grow with the year."""
    return bool(unit) and (unit in RATE_UNITS or "/" in str(unit))


def verdicts(
    bound: str,
    direction: str,
    target: tuple[float, ...],
    actual: tuple[float, ...],
    unit: str | None,
    share: float,
    rate: bool | None = None,
) -> set[str]:
    """All verdicts that the guide allows; share is the part of the target's period that has passed (1 = over)."""
    rate = is_rate(unit) if rate is None else rate
    value = actual[-1] if direction == "up" else actual[0]
    low, high = target[0], target[-1]
    sign = 1 if direction == "up" else -1
    better, goal = sign * value, sign * (low if bound != "range" else (low if direction == "up" else high))
    edge = sign * (high if direction == "up" else low)
    equal = abs(better - goal) < 1e-9
    if bound == "range":
        state = "exceeded" if better > edge + 1e-9 else "met" if better >= goal - 1e-9 else "short"
    elif bound == "about":
        near = abs(value - low) <= 0.1 * abs(low) + 1e-9
        if unit == "%" and better > goal and not equal:
            state = "exceeded"
        else:
            state = "met" if near else "exceeded" if better > goal else "short"
    elif bound == "exactly":
        state = "met" if equal else "short" if better < goal else "exceeded"
    else:
        state = "met" if equal else "exceeded" if better > goal else "short"
    if share >= 1:
        return {"missed" if state == "short" else state}
    if rate:
        return {"behind" if state == "short" else "on_track"}
    if direction == "down":
        used = value / low if low else 0.0
        return {"on_track" if used <= share + 1e-9 else "behind"}
    if state != "short":
        return {state}
    return {"on_track" if value / low >= share - 1e-9 else "behind"}
