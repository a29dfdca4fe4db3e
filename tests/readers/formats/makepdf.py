"""A small PDF writer for fixtures: text in a font that is not embedded, lines, boxes, pictures, rotation.

Heights count from the top of the page. The font is one of the predefined Chinese ones, so that no font file
has to lie in the repository; Latin letters are half as wide as Chinese ones.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

WIDTH, HEIGHT = 595.0, 842.0


@dataclass
class Page:
    width: float = WIDTH
    height: float = HEIGHT
    rotate: int = 0
    ops: list[str] = field(default_factory=list)
    image: bool = False
    form: bool = False
    """All of it stands in a form, which the page only shows."""

    def text(self, x: float, top: float, string: str, size: float = 10.0, angle: int = 0) -> Page:
        """Writes ``string``; ``top`` is the height of its upper edge. ``angle`` turns it counter-clockwise."""
        import math

        coded = string.encode("utf-16-be").hex()
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        y = self.height - top - 0.88 * size
        self.ops.append(f"BT /F1 {size} Tf {cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} Tm <{coded}> Tj ET")
        return self

    def lines(self, x: float, top: float, strings: list[str], size: float = 10.0, leading: float = 16.0) -> Page:
        for at, string in enumerate(strings):
            self.text(x, top + at * leading, string, size)
        return self

    def line(self, x0: float, top0: float, x1: float, top1: float, width: float = 0.5) -> Page:
        self.ops.append(f"{width} w {x0:.2f} {self.height - top0:.2f} m {x1:.2f} {self.height - top1:.2f} l S")
        return self

    def bar(self, x: float, top: float, width: float, height: float) -> Page:
        """A filled box; thin ones are how some programs draw lines."""
        self.ops.append(f"{x:.2f} {self.height - top - height:.2f} {width:.2f} {height:.2f} re f")
        return self

    def box(self, x: float, top: float, width: float, height: float) -> Page:
        self.ops.append(f"{x:.2f} {self.height - top - height:.2f} {width:.2f} {height:.2f} re S")
        return self

    def picture(self) -> Page:
        """A grey picture over the whole page, as a scan has it."""
        self.image = True
        self.ops.append(f"q {self.width} 0 0 {self.height} 0 0 cm /I1 Do Q")
        return self

    def table(
        self,
        x: float,
        top: float,
        widths: list[float],
        heights: list[float],
        cells: dict[tuple[int, int], str | tuple[str, int, int]],
        *,
        size: float = 10.0,
        sides: bool = True,
        last: bool = True,
    ) -> Page:
        """A ruled table. ``cells`` maps row and column to text or (text, rowspan, colspan); ``\\n`` breaks lines.

        ``sides`` draws the outer left and right lines, ``last`` the line under the last row.
        """
        xs = [x + sum(widths[:at]) for at in range(len(widths) + 1)]
        ys = [top + sum(heights[:at]) for at in range(len(heights) + 1)]
        covered: set[tuple[int, int]] = set()
        for (r, c), value in cells.items():
            _, down, right = value if isinstance(value, tuple) else (value, 1, 1)
            covered |= {(r + i, c + j) for i in range(down) for j in range(right)} - {(r, c)}
        for r in range(len(heights)):
            for c in range(len(widths)):
                if (r, c) in covered:
                    continue
                value = cells.get((r, c), "")
                text, down, right = value if isinstance(value, tuple) else (value, 1, 1)
                x0, x1, y0, y1 = xs[c], xs[c + right], ys[r], ys[r + down]
                self.line(x0, y0, x1, y0)
                if last or r + down < len(heights):
                    self.line(x0, y1, x1, y1)
                if sides or c > 0:
                    self.line(x0, y0, x0, y1)
                if sides or c + right < len(widths):
                    self.line(x1, y0, x1, y1)
                for at, part in enumerate(text.split("\n")):
                    if part:
                        self.text(x0 + 3, y0 + 3 + at * size * 1.3, part, size)
        return self


@dataclass
class Pdf:
    pages: list[Page] = field(default_factory=list)
    compress: bool = True

    def page(self, width: float = WIDTH, height: float = HEIGHT, rotate: int = 0) -> Page:
        self.pages.append(Page(width, height, rotate))
        return self.pages[-1]

    def data(self) -> bytes:
        """The finished file."""
        objects: list[bytes] = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"",
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
            b" /DescendantFonts [4 0 R] >>",
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>",
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0"
            b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>",
            _stream(
                b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
                b"\x80",
                False,
            ),
        ]
        kids = []
        for page in self.pages:
            content = "\n".join(page.ops).encode("latin-1")
            fonts = b"/Font << /F1 3 0 R >>"
            pictures = b" /I1 6 0 R" if page.image else b""
            if page.form:
                box = b"/Type /XObject /Subtype /Form /BBox [0 0 %.2f %.2f]" % (page.width, page.height)
                head = b"%s /Resources << %s /XObject <<%s >> >>" % (box, fonts, pictures)
                objects.append(_stream(head, content, self.compress))
                content, pictures = b"q 1 0 0 1 0 0 cm /X1 Do Q", b" /X1 %d 0 R" % len(objects)
            objects.append(_stream(b"", content, self.compress))
            objects.append(
                b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Rotate %d /Contents %d 0 R"
                b" /Resources << %s /XObject <<%s >> >> >>"
                % (page.width, page.height, page.rotate, len(objects), fonts, pictures)
            )
            kids.append(b"%d 0 R" % len(objects))
        objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
        out = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
        places = []
        for at, body in enumerate(objects, 1):
            places.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (at, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        for place in places:
            out += b"%010d 00000 n \n" % place
        out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
        return bytes(out)


def _stream(head: bytes, body: bytes, compress: bool) -> bytes:
    if compress:
        body = zlib.compress(body)
        head += b" /Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)
