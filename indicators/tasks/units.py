"""Units that a caption or a line above states for all figures below: （单位：万元、个）."""

from __future__ import annotations

import regex

from indicators.quantities import unit_kind

_STATED = regex.compile(
    r"单位(?:[:：]|除(?:另有|特别|已)?[注标说][明注释]\p{Han}{0,2}外?，?(?:均|都)?为)\s*([\p{Han}%％、，,/]{1,16})"
)
_IN_BRACKETS = regex.compile(r"[（(]([十百千万亿]*(?:元|美元|户|人|亩|公里|吨|个|套|家))[）)]$")
"""2017年1至9月收入进度（万元）: a caption that ends in its unit."""
_BETWEEN = regex.compile("[、，,]")
_MONEY = regex.compile("资金|投资|收入|产值|总额|税|利润|增加值|营收|支出|贷款|外资|金额|产业|GDP|生产总值")
_RATE = regex.compile("(?:(?<!死亡|发生|事故|发病)率|比重|占比|增速|增幅|增长|投入强度|比例)$")
_LENGTH = frozenset({"公里", "千米", "米"})
_LONG = regex.compile("路|线|管网|航道|里程|沟|渠|堤|工程")


def is_rate(indicator: str) -> bool:
    """Whether a name says that its figures are in per cent: …率, …占比, …增速."""
    return bool(_RATE.search(indicator))


def stated_units(text: str) -> tuple[str, ...]:
    """The units that ``单位：亿元、公里`` in a text states; empty where it states none."""
    match = _STATED.search(text) or _IN_BRACKETS.search(text)
    return tuple(unit for unit in _BETWEEN.split(match.group(1)) if unit) if match else ()


def unit_for(units: tuple[str, ...], indicator: str) -> str:
    """The stated unit that suits an indicator, "" where none does; a rate is in per cent if nothing says otherwise."""
    if is_rate(indicator):
        return next((unit for unit in units if unit in ("%", "％")), "%")
    if len(units) == 1:
        return units[0]
    for unit in units:
        # 死亡人数 among "起、人、%" is told in 人.
        if indicator.endswith((f"{unit}数", unit)):
            return unit
    if not _MONEY.search(indicator) and _LONG.search(indicator):
        return next((unit for unit in units if unit in _LENGTH), "")
    wanted = "money" if _MONEY.search(indicator) else "count"
    return next((unit for unit in units if unit_kind(unit.lstrip("万亿千百")) == wanted), "")
