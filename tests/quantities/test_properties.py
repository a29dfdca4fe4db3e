"""Properties: a figure written in any style reads back; nothing makes the grammar slower than linear."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indicators.quantities import find_periods, find_quantities
from indicators.quantities.numerals import parse_numeral
from indicators.quantities.text import fold

# A first call compiles the grammar: no deadline for single examples.
settings.register_profile("grammar", deadline=None)
settings.load_profile("grammar")

_DIGITS = "零一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_OF = {"十": "拾", "百": "佰", "千": "仟"}
_UNITS = ["家", "户", "个", "亩", "公里", "吨", "人", "%", "元", "千瓦时", "平方米", "件"]


def _section(number: int, digits: str) -> str:
    """A number below 10000 in Chinese, without 零 in front."""
    out, zero = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            out += ("零" if zero and out else "") + digits[digit] + name
            zero = False
        elif out:
            zero = True
    return out


def _chinese(number: int, digits: str = _DIGITS) -> str:
    if number == 0:
        return "零"
    out, below = "", False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // scale % 10**4
        if part:
            gap = "零" if out and (part < 1000 or below) else ""
            out += gap + _section(part, digits) + name
            below = False
        elif out:
            below = True
    return out


def _formal(number: int) -> str:
    return "".join(_FORMAL_OF.get(char, char) for char in _chinese(number, _FORMAL))


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _only(text: str) -> tuple[Decimal | None, str]:
    (quantity,) = find_quantities(text)
    return quantity.value, quantity.unit


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_read_back(number: int) -> None:
    assert parse_numeral(_chinese(number)) == number


@given(st.integers(11, 10**12 - 1))
def test_formal_numerals_read_back(number: int) -> None:
    assert parse_numeral(_formal(number)) == number


@given(st.integers(3, 10**11), st.sampled_from(["家", "户", "人", "元", "亩", "吨"]))
def test_chinese_figures_are_found(number: int, unit: str) -> None:
    text = f"合计新增{_chinese(number)}{unit}。"
    found = find_quantities(text)
    # 一十二 is how the writer above says 12; 三四 never comes out of it.
    assert [(q.low, q.unit, q.text) for q in found] == [(Decimal(number), unit, f"{_chinese(number)}{unit}")]


@given(
    st.decimals(min_value=0, max_value=99999, places=2, allow_nan=False),
    st.sampled_from(["", "百", "千", "万", "亿", "万亿"]),
    st.sampled_from(_UNITS),
)
def test_every_arabic_style_reads_back(number: Decimal, scale: str, unit: str) -> None:
    worth = {"": 1, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    plain, grouped = format(number, "f"), format(number, ",.2f")
    for written in (plain, grouped, _wide(plain), _wide(grouped)):
        for gap in ("", " ", "\n"):
            value, name = _only(f"全市共计{written}{gap}{scale}{gap}{unit}，较好")
            assert (value, name) == (number * worth, unit)


@given(
    st.integers(2, 9999),
    st.integers(1, 5000),
    st.sampled_from(_UNITS),
    st.sampled_from(["-", "~", "至", "—", "～", "－"]),
)
def test_ranges_read_back(low: int, more: int, unit: str, mark: str) -> None:
    (quantity,) = find_quantities(f"约需{low}{mark}{low + more}{unit}。")
    assert (quantity.low, quantity.high, quantity.bound, quantity.unit) == (low, low + more, "range", unit)


@given(
    st.text(
        alphabet="0123456789.,%年月日第一二三十百千万亿余多几个家元-~至到、（）(以上不超过约近“”\n\t 半点分之/:GPM+",
        max_size=60,
    )
)
@settings(max_examples=400)
@example("0之上百")
def test_no_text_breaks_it(text: str) -> None:
    """Spans lie inside the text, do not overlap, and tell what stands there."""
    last = 0
    for quantity in find_quantities(text, year=2022):
        assert last <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.start <= quantity.number_start < quantity.number_end <= quantity.end
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        assert (quantity.low is None) == (quantity.bound == "at_most")
        assert (quantity.high is None) == (quantity.bound == "at_least")
        last = quantity.end
    for period in find_periods(text, year=2022):
        assert text[period.start : period.end] == period.text


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


_HOSTILE = {
    "digits": "7",
    "wan": "万",
    "open brackets": "（",
    "brackets": "(（〔[",
    "grouped": "1,111,111,",
    "dotted": "1.1.1.",
    "points": "1.",
    "dashes": "1-",
    "months": "1月",
    "month ranges": "1-1月-",
    "years": "2022年",
    "blanks": " ",
    "figures and blanks": "1          ",
    "breaks": "1\n",
    "numerals": "一二三",
    "scales": "十百千",
    "vague": "几余多",
    "halves": "半个",
    "shares": "分之一",
    "bars": "1/2/",
    "plus": "1+N+",
    "bounds": "不超过",
    "far bounds": "不低于年",
    "ranks": "第一",
    "colons": "1:1:",
    "headings": "(万元)",
    "stated units": "单位：万元",
    "units": "12家",
    "changes": "由5%降至",
    "quotes": "“",
    "phones": "0556-",
    "addresses": "http://",
}


@pytest.mark.parametrize("piece", _HOSTILE.values(), ids=_HOSTILE.keys())
def test_a_hostile_line_comes_back(piece: str) -> None:
    """A line of a hundred thousand characters; squared time would not come back (benchmarks/ measure the slope)."""
    text = piece * (100_000 // len(piece))
    last = 0
    for quantity in find_quantities(text, year=2022):
        assert last <= quantity.start < quantity.end <= len(text)
        last = quantity.end
