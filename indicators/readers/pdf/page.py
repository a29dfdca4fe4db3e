"""Characters and ruling lines of a PDF page, in points from its top left corner as it is read.

All of it comes from pdfium: it maps fonts to Unicode better than any pure Python parser, and reads the
same page some twenty times faster.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import Any

from indicators.errors import LimitError
from indicators.readers.files.guard import Deadline, check_chars
from indicators.settings import Limits

BBox = tuple[float, float, float, float]

_MAX_OBJECTS = 200_000
_MAX_SEGMENTS = 64
"""Paths with more segments draw pictures, not tables."""
_MAX_EDGES = 6_000
_MAX_LOSSY_OBJECTS = 20_000
"""pdfplumber, which would have to read the page again, takes a millisecond for ten objects."""
_MAX_FORM_DEPTH = 8
_THIN = 2.5
"""A filled box thinner than this is how many programs draw a line."""
_SHORT = 3.0


@dataclass(slots=True)
class Printed:
    """Text at its place on a page, in points from the upper left; ``base`` is the height of its baseline."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    """The size of its type."""


class Char(Printed):
    """One character."""

    __slots__ = ()


@dataclass(slots=True)
class Edge:
    """A horizontal (``pos`` is its height) or vertical (``pos`` is its x) line from ``lo`` to ``hi``."""

    horizontal: bool
    pos: float
    lo: float
    hi: float


@dataclass(slots=True)
class PageContent:
    """What lies on a page; ``turned`` is how often its text is turned by 90° against how it is shown."""

    number: int
    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    n_chars: int = 0
    """Characters but for white space, once the page is taken apart."""
    images: int = 0
    unmapped: int = 0
    crowded: bool = False
    lossy: bool = False
    """Whether pdfium drops characters of a font that is not in the file."""
    turned: int = 0

    def shown_bbox(self, box: BBox) -> BBox:
        """``box`` as the page is shown, where that differs from how it is read."""
        x0, top, x1, bottom = box
        match self.turned:
            case 1:
                x0, top, x1, bottom = top, self.width - x1, bottom, self.width - x0
            case 2:
                x0, top, x1, bottom = self.width - x1, self.height - bottom, self.width - x0, self.height - top
            case 3:
                x0, top, x1, bottom = self.height - bottom, x0, self.height - top, x1
        return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)


class _Space:
    """User space to reading space: ``turns`` quarter turns clockwise."""

    def __init__(self, box: tuple[float, float, float, float], turns: int):
        self.left, self.bottom, self.right, self.top = box
        self.turns = turns % 4
        width, height = self.right - self.left, self.top - self.bottom
        self.width, self.height = (width, height) if self.turns % 2 == 0 else (height, width)

    def point(self, x: float, y: float) -> tuple[float, float]:
        match self.turns:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x


def read_page(page: Any, number: int, name: str, limits: Limits, deadline: Deadline) -> PageContent:
    """Reads a pypdfium2 page. Raises :class:`LimitError` for one with more objects than a report has."""
    import pypdfium2.raw as raw

    if raw.FPDFPage_CountObjects(page) > _MAX_OBJECTS:
        raise LimitError(
            f"page {number} holds more than {_MAX_OBJECTS:,} objects", path=name, code="R107", hint="print it anew"
        )
    textpage = page.get_textpage()
    try:
        count = max(0, raw.FPDFText_CountChars(textpage))
        check_chars(count, name, limits)
        step = max(1, count // 200)
        angles = Counter(_quarter(raw.FPDFText_GetCharAngle(textpage, at)) for at in range(0, count, step))
        angles.pop(None, None)
        turns = angles.most_common(1)[0][0] if angles else page.get_rotation() // 90
        space = _Space(_box(page), turns or 0)
        content = PageContent(number, space.width, space.height, turned=((turns or 0) - page.get_rotation() // 90) % 4)
        _Chars(raw, textpage, space, content).read(count, deadline)
        content.lossy = _loses_text(raw, page, textpage)
    finally:
        textpage.close()
    _Paths(raw, space, content, deadline).read(page)
    return content


def _box(page: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = page.get_bbox()
    return float(left), float(bottom), float(right), float(top)


def _loses_text(raw: Any, page: Any, textpage: Any) -> bool:
    """Whether a text object of a font that is not embedded yields no text."""
    count = raw.FPDFPage_CountObjects(page)
    if count > _MAX_LOSSY_OBJECTS:
        return False
    items = (item for at in range(count) for item in _leaves(raw, raw.FPDFPage_GetObject(page, at)))
    for item in islice(items, _MAX_LOSSY_OBJECTS):
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        if raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item)) == 1:
            continue
        if raw.FPDFTextObj_GetText(item, textpage, None, 0) <= 2:
            return True
    return False


def _leaves(raw: Any, item: Any, depth: int = 0) -> Iterator[Any]:
    """The objects of a page object that is a form, and of the forms in it; any other stands for itself."""
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
        yield item
    elif depth < _MAX_FORM_DEPTH:
        for at in range(raw.FPDFFormObj_CountObjects(item)):
            yield from _leaves(raw, raw.FPDFFormObj_GetObject(item, at), depth + 1)


def _quarter(angle: float) -> int | None:
    """How many quarter turns clockwise set text upright that pdfium calls turned by ``angle`` (clockwise, radians).

    ``None`` for slanted text, which is a watermark.
    """
    turns = -angle / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < 0.06 else None


class _Chars:
    """Collects the characters of a page, each at its place."""

    def __init__(self, raw: Any, textpage: Any, space: _Space, content: PageContent):
        self.raw = raw
        self.textpage = textpage
        self.space = space
        self.content = content
        self._loose = raw.FS_RECTF()
        self._origin = ctypes.c_double(), ctypes.c_double()
        self._tight = tuple(ctypes.c_double() for _ in range(4))  # left, right, bottom, top
        self._matrix = raw.FS_MATRIX()

    def read(self, count: int, deadline: Deadline) -> None:
        for at, code in self._codes(count, deadline):
            quarter = _quarter(self.raw.FPDFText_GetCharAngle(self.textpage, at))
            if quarter is None or not self.raw.FPDFText_GetCharOrigin(self.textpage, at, *self._origin):
                continue
            char = (
                self._upright(at, chr(code))
                if quarter == self.space.turns == 0
                else self._turned(at, chr(code), quarter)
            )
            if self._lies_on_page(char):
                self.content.chars.append(char)

    def _codes(self, count: int, deadline: Deadline) -> Iterator[tuple[int, int]]:
        """The characters that are text, by their places and code points; those without a meaning are counted."""
        raw, textpage, content = self.raw, self.textpage, self.content
        high = 0
        for at in range(count):
            if at % 4096 == 0:
                deadline.check()
            code = raw.FPDFText_GetUnicode(textpage, at)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            if code < 32 or code == 0xFFFE:
                content.unmapped += code == 0
                continue
            if code in (0x20, 0x2D) and raw.FPDFText_IsGenerated(textpage, at):
                continue
            if code in (0xFFFD, 0xFFFF) or 0xE000 <= code < 0xF900 or 0xD800 <= code < 0xE000:
                content.unmapped += 1
                if code >= 0xFFFD or code < 0xE000:
                    continue
            yield at, code

    def _upright(self, at: int, text: str) -> Char:
        """A character on a page that is read as it lies: pdfium tells the box of its line of type."""
        box, (x, y) = self._loose, self._origin
        self.raw.FPDFText_GetLooseCharBox(self.textpage, at, box)
        x0, top = self.space.point(box.left, box.top)
        x1, bottom = self.space.point(box.right, box.bottom)
        return Char(text, x0, top, max(x1, x0), bottom, self.space.point(x.value, y.value)[1], bottom - top)

    def _turned(self, at: int, text: str, quarter: int) -> Char:
        """A turned character: pdfium tells the box of its ink, and what it lacks comes from the size of its type."""
        raw, matrix, (left, right, low, high) = self.raw, self._matrix, self._tight
        origin_x, base = self.space.point(self._origin[0].value, self._origin[1].value)
        raw.FPDFText_GetCharBox(self.textpage, at, left, right, low, high)
        ax, ay = self.space.point(left.value, low.value)
        bx, by = self.space.point(right.value, high.value)
        x0, x1, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
        raw.FPDFText_GetMatrix(self.textpage, at, matrix)
        size = raw.FPDFText_GetFontSize(self.textpage, at) * math.hypot(matrix.c, matrix.d)
        if quarter == self.space.turns and size > 0:
            x0, top, bottom = min(x0, origin_x), base - 0.88 * size, base + 0.12 * size
        return Char(text, x0, top, max(x1, x0), bottom, base, size)

    def _lies_on_page(self, char: Char) -> bool:
        if not 0.5 < char.size <= 2000 or not all(math.isfinite(value) for value in (char.x0, char.x1, char.base)):
            return False
        inside = char.x1 >= 0 and char.x0 <= self.content.width
        return inside and char.bottom >= 0 and char.top <= self.content.height


class _Paths:
    """Collects the horizontal and vertical lines of a page, those inside form objects included."""

    def __init__(self, raw: Any, space: _Space, content: PageContent, deadline: Deadline):
        self.raw = raw
        self.space = space
        self.content = content
        self.deadline = deadline
        self.seen = 0

    def read(self, page: Any) -> None:
        raw = self.raw
        identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        for at in range(raw.FPDFPage_CountObjects(page)):
            self._object(raw.FPDFPage_GetObject(page, at), identity, 0)
        if len(self.content.edges) > _MAX_EDGES:
            self.content.edges.clear()
            self.content.crowded = True

    def _object(self, item: Any, outer: tuple[float, ...], depth: int) -> None:
        raw = self.raw
        self.seen += 1
        if self.seen % 1024 == 0:
            self.deadline.check()
        if self.seen > 2 * _MAX_OBJECTS or len(self.content.edges) > _MAX_EDGES:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            self.content.images += 1
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
            inner = self._matrix(item, outer)
            for at in range(raw.FPDFFormObj_CountObjects(item)):
                self._object(raw.FPDFFormObj_GetObject(item, at), inner, depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, self._matrix(item, outer))

    def _matrix(self, item: Any, outer: tuple[float, ...]) -> tuple[float, ...]:
        own = self.raw.FS_MATRIX()
        if not self.raw.FPDFPageObj_GetMatrix(item, own):
            return outer
        a, b, c, d, e, f = outer
        return (
            own.a * a + own.b * c,
            own.a * b + own.b * d,
            own.c * a + own.d * c,
            own.c * b + own.d * d,
            own.e * a + own.f * c + e,
            own.e * b + own.f * d + f,
        )

    def _path(self, item: Any, matrix: tuple[float, ...]) -> None:
        raw = self.raw
        count = raw.FPDFPath_CountSegments(item)
        if not 2 <= count <= _MAX_SEGMENTS:
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not raw.FPDFPath_GetDrawMode(item, fill, stroke) or not (fill.value or stroke.value):
            return
        a, b, c, d, e, f = matrix
        px, py = ctypes.c_float(), ctypes.c_float()
        lines: list[list[tuple[float, float]]] = []
        for at in range(count):
            segment = raw.FPDFPath_GetPathSegment(item, at)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == raw.FPDF_SEGMENT_BEZIERTO or not raw.FPDFPathSegment_GetPoint(segment, px, py):
                return
            point = self.space.point(px.value * a + py.value * c + e, px.value * b + py.value * d + f)
            if kind == raw.FPDF_SEGMENT_MOVETO or not lines:
                lines.append([])
            lines[-1].append(point)
            if raw.FPDFPathSegment_GetClose(segment):
                lines[-1].append(lines[-1][0])
        for line in lines:
            self._line(line, bool(stroke.value))

    def _line(self, points: list[tuple[float, float]], stroked: bool) -> None:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if not all(math.isfinite(value) for value in (*xs, *ys)):
            return
        x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if bottom - top <= _THIN < x1 - x0 or (bottom - top <= _THIN and x1 - x0 > 2 * (bottom - top)):
            self._add(Edge(True, (top + bottom) / 2, x0, x1))
        elif x1 - x0 <= _THIN:
            self._add(Edge(False, (x0 + x1) / 2, top, bottom))
        elif stroked:
            for (ax, ay), (bx, by) in pairwise(points):
                if abs(ay - by) <= 0.5:
                    self._add(Edge(True, (ay + by) / 2, min(ax, bx), max(ax, bx)))
                elif abs(ax - bx) <= 0.5:
                    self._add(Edge(False, (ax + bx) / 2, min(ay, by), max(ay, by)))

    def _add(self, edge: Edge) -> None:
        across, along = self.content.height, self.content.width
        if not edge.horizontal:
            across, along = along, across
        edge.lo, edge.hi = max(edge.lo, 0.0), min(edge.hi, along)
        if edge.hi - edge.lo >= _SHORT and -1 <= edge.pos <= across + 1:
            self.content.edges.append(edge)
