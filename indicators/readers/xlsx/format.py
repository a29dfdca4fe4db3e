"""A worksheet value as Excel shows it: 0.125 with the format 0.0% is 12.5%, 44926 with a date format a date."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

import regex

_TOKEN = regex.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General|G/通用格式)|(?P<exponent>[eE][+-][0#?]+)|(?P<number>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+)"
    r"|(?P<other>.)",
    regex.IGNORECASE,
)
_DATE = regex.compile(
    r'"[^"]*"|\\.|\[\$[^\]]*\]|(?P<ampm>上午/下午|AM/PM|A/P)|(?P<elapsed>\[[hms]+\])|(?P<part>y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+)'
    r"|\[[^\]]*\]|_.|\*.|(?P<other>.)",
    regex.IGNORECASE | regex.DOTALL,
)
_LOCAL_DATES = {"mm-dd-yy": "yyyy/m/d", "m/d/yy h:mm": "yyyy/m/d h:mm"}
"""Built-in formats 14 and 22 follow the reader's country; these are their names in openpyxl."""
_WEEKDAYS = "一二三四五六日"
_CONDITION = regex.compile(r"^(<=|>=|<>|<|>|=)\s*(-?[\d.]+)$")


def display(value: object, number_format: str | None) -> str:
    """``value`` (as openpyxl gives it) shown in ``number_format``; an empty cell gives an empty string."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    form = number_format or "General"
    if isinstance(value, str):
        return value
    if type(value) is int and form == "General" and abs(value) < 10**15:
        return str(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return _date(value, form)
    if isinstance(value, dt.timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    if isinstance(value, int | float):
        return _number(value, form)
    return str(value)


def _number(value: int | float, form: str) -> str:
    amount = Decimal(repr(value))
    if not amount.is_finite():
        return str(value)
    try:
        section, amount = _section(form, amount)
        shown = _render(section, amount)
        return general(amount) if shown is None else shown
    except InvalidOperation:  # 1E+300 with twenty decimal places
        return str(value)


@lru_cache(maxsize=512)
def _sections(form: str) -> tuple[str, ...]:
    parts = regex.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', form)
    return tuple(parts[:4])


def _section(form: str, amount: Decimal) -> tuple[str, Decimal]:
    """The section of ``form`` for this sign or condition, and the amount that it is to print."""
    parts = _sections(form)
    if "[" not in form:
        return _by_sign(parts, amount)
    for part in parts:
        for bracket in regex.findall(r"\[([^\]]*)\]", part):
            if found := _CONDITION.match(bracket):
                bound = Decimal(found.group(2))
                holds = {
                    "<": amount < bound,
                    ">": amount > bound,
                    "=": amount == bound,
                    "<=": amount <= bound,
                    ">=": amount >= bound,
                    "<>": amount != bound,
                }
                if holds[found.group(1)]:
                    return part, amount
                break
        else:
            continue
    if any(_CONDITION.match(bracket) for part in parts for bracket in regex.findall(r"\[([^\]]*)\]", part)):
        return parts[-1], amount
    return _by_sign(parts, amount)


def _by_sign(parts: tuple[str, ...], amount: Decimal) -> tuple[str, Decimal]:
    if amount < 0 and len(parts) > 1 and parts[1]:
        return parts[1], -amount
    if amount == 0 and len(parts) > 2:
        return parts[2], amount
    return parts[0], amount


@lru_cache(maxsize=512)
def _tokens(section: str) -> tuple[tuple[str | None, str], ...]:
    return tuple((found.lastgroup, found.group(found.lastgroup or 0)) for found in _TOKEN.finditer(section))


def _render(section: str, amount: Decimal) -> str | None:
    """``amount`` in one section; ``None`` where the section is beyond what is understood (fractions)."""
    tokens = _tokens(section)
    if any(kind == "other" and text == "/" for kind, text in tokens):
        return None
    pattern = next((text for kind, text in tokens if kind == "number"), None)
    percent = sum(1 for kind, text in tokens if kind == "other" and text == "%")
    scaled = amount * (Decimal(100) ** percent)
    exponent = next((text for kind, text in tokens if kind == "exponent"), None)
    out: list[str] = []
    printed = False
    for kind, text in tokens:
        if kind in ("quoted", "escaped"):
            out.append(text)
        elif kind == "bracket":
            if found := regex.match(r"\$([^-\]]*)", text):
                out.append(found.group(1))
        elif kind == "general":
            out.append(general(scaled))
            printed = True
        elif kind == "number" and not printed:
            out.append(_scientific(scaled, pattern or "", exponent) if exponent else _digits(scaled, text))
            printed = True
        elif kind == "other" and text != "@":
            out.append(text)
    shown = "".join(out).strip()
    if amount < 0 and printed and not shown.startswith("-"):
        shown = "-" + shown
    return shown if printed or shown or not section.strip() else None


def _digits(amount: Decimal, pattern: str) -> str:
    body = pattern.rstrip(",")
    thousands = len(pattern) - len(body)
    whole, _, fraction = body.partition(".")
    amount = abs(amount) / (Decimal(1000) ** thousands)
    places = len(fraction)
    rounded = amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:f}"
    left, _, right = text.partition(".")
    least = fraction.rstrip("#?")
    while len(right) > len(least) and right.endswith("0"):
        right = right[:-1]
    left = left.zfill(sum(whole.count(digit) for digit in "0"))
    if left == "0" and "0" not in whole:
        left = ""
    if "," in whole:
        left = regex.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", left)
    return f"{left}.{right}" if right else left


def _scientific(amount: Decimal, pattern: str, exponent: str) -> str:
    places = len(pattern.partition(".")[2])
    power = amount.adjusted() if amount else 0
    mantissa = abs(amount).scaleb(-power).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if mantissa >= 10:
        mantissa, power = mantissa / 10, power + 1
    width = len(exponent) - 2
    sign = "-" if power < 0 else "+" if exponent[1] == "+" else ""
    return f"{mantissa:.{places}f}E{sign}{abs(power):0{width}d}"


def general(amount: Decimal) -> str:
    """A number without a format: at most eleven significant digits, no trailing zeros, no exponent below 1E+20."""
    if amount == amount.to_integral_value() and abs(amount) < Decimal(10) ** 20:
        return f"{amount.quantize(Decimal(1)):f}" if amount else "0"
    rounded = amount
    if amount.adjusted() < 20:
        rounded = amount.quantize(Decimal(1).scaleb(max(amount.adjusted(), 0) - 10), ROUND_HALF_UP)
    text = f"{rounded:f}" if -10 <= rounded.adjusted() < 20 else f"{amount:.6E}"
    return text.rstrip("0").rstrip(".") if "." in text and "E" not in text else text


def _date(value: dt.datetime | dt.date | dt.time, form: str) -> str:
    section = _LOCAL_DATES.get(form, _sections(form)[0])
    if section.lower() == "general" or regex.match(r"\[\$-F800\]", section, regex.IGNORECASE):
        section = 'yyyy"年"m"月"d"日"'
    if isinstance(value, dt.time):
        moment = dt.datetime.combine(dt.date(1900, 1, 1), value)
    elif isinstance(value, dt.datetime):
        moment = value
    else:
        moment = dt.datetime(value.year, value.month, value.day)
    tokens = list(_DATE.finditer(section))
    half = any(token.group("ampm") for token in tokens)
    out: list[str] = []
    for at, token in enumerate(tokens):
        text = token.group()
        if part := token.group("part"):
            out.append(_date_part(part.lower(), moment, half, _is_minute(tokens, at)))
        elif token.group("elapsed"):
            out.append(str(moment.hour))
        elif token.group("ampm"):
            chinese = "上" in text
            out.append(("上午" if chinese else "AM") if moment.hour < 12 else ("下午" if chinese else "PM"))
        elif token.group("other"):
            out.append("" if text in ";@" else text)
        elif text.startswith('"'):
            out.append(text[1:-1])
        elif text.startswith("\\"):
            out.append(text[1:])
    return "".join(out).strip()


def _is_minute(tokens: list[regex.Match[str]], at: int) -> bool:
    """``m`` is minutes after hours and before seconds, months elsewhere."""
    before = [t.group("part") or t.group("elapsed") for t in tokens[:at] if t.group("part") or t.group("elapsed")]
    after = [t.group("part") for t in tokens[at + 1 :] if t.group("part")]
    return bool((before and before[-1].strip("[]")[0] in "hH") or (after and after[0][0] in "sS"))


def _date_part(part: str, moment: dt.datetime, half: bool, minute: bool) -> str:
    match part[0]:
        case "y" | "e":
            return f"{moment.year % 100:02d}" if part in ("y", "yy") else str(moment.year)
        case "m" if minute:
            return f"{moment.minute:02d}" if len(part) > 1 else str(moment.minute)
        case "m":
            if len(part) >= 3:
                return moment.strftime("%b" if len(part) == 3 else "%B")
            return f"{moment.month:02d}" if len(part) == 2 else str(moment.month)
        case "d":
            if len(part) >= 3:
                return moment.strftime("%a" if len(part) == 3 else "%A")
            return f"{moment.day:02d}" if len(part) == 2 else str(moment.day)
        case "h":
            hour = (moment.hour % 12 or 12) if half else moment.hour
            return f"{hour:02d}" if len(part) > 1 else str(hour)
        case "s":
            return f"{moment.second:02d}" if len(part) > 1 else str(moment.second)
        case _:
            return ("星期" if len(part) == 4 else "周") + _WEEKDAYS[moment.weekday()]
