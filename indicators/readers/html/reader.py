"""Web pages: the main content as paragraphs and tables, without what the site puts around it."""

from __future__ import annotations

from typing import Any

import regex

from indicators.errors import LimitError, MissingExtraError, ReadError
from indicators.readers.build import Builder
from indicators.readers.files.encoding import decode
from indicators.readers.files.guard import NO_TEXT, check_depth, check_size, guarded
from indicators.readers.html.content import main_content, strip_hidden
from indicators.readers.html.tables import Layouts, table_cells
from indicators.readers.html.text import HEADINGS, Flow, flow_text, is_block
from indicators.readers.html.words import byline, is_chrome, meta_table
from indicators.readers.tables.shape import compact
from indicators.schema.source import Place, Source
from indicators.settings import Limits

_MAX_TAGS = 4_000_000
"""An element takes some hundred bytes of memory and a few of the file."""
_HINT = "open it in a browser and save it as a page, or copy its text into a .txt file"
_META_CHARSET = regex.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", regex.IGNORECASE)
_XML_ENCODING = regex.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", regex.IGNORECASE)
_NOT_TEXT = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TITLE_SEPARATOR = regex.compile(r"\s*[_|｜\-–—>»]+\s*")


def read_html(data: bytes, name: str, limits: Limits) -> Source:
    """Reads an HTML page; places carry paragraph and table numbers, ``Place.cell`` is ``r3c2``.

    ``Source.text`` is the visible text of the main content. Scripts never run and nothing is fetched. Raises
    :class:`ReadError` for a page without text and :class:`LimitError` beyond ``limits``.
    """
    check_size(data, name, limits)
    try:
        from lxml import etree
    except ImportError:
        raise MissingExtraError.for_extra("html", "reading .html", path=name) from None
    if data.count(b"<") > _MAX_TAGS:
        raise LimitError(f"more than {_MAX_TAGS:,} tags", path=name, code="R102", hint="split the page")
    decoded = decode(data, name, declared=declared_encoding(data))
    with guarded(name, "the page", _HINT):
        parser = etree.HTMLParser(
            encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
        )
        text = _NOT_TEXT.sub("", decoded.text)
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        if root is None:
            raise ReadError("the page holds no elements", path=name, hint=_HINT, code=NO_TEXT)
        check_depth(root, name, limits)
        builder = Builder(name, "html", limits)
        _head(root, builder)
        strip_hidden(root)
        for table in root.iter("table"):
            for key, value in meta_table(table).items():
                builder.meta.setdefault(key, value)
        content, layouts = main_content(root)
        _title(root, content, builder)
        _Walk(builder, layouts).block(content)
        if not builder.blocks:
            raise ReadError("the page shows no text", path=name, hint=_HINT, code=NO_TEXT)
        return builder.source(encoding=decoded.encoding)


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the page itself names, by its XML declaration or a ``<meta>`` element."""
    head = data[:4096]
    found = _XML_ENCODING.search(head) or _META_CHARSET.search(head)
    return found.group(1).decode("ascii", "ignore") if found else None


def _head(root: Any, builder: Builder) -> None:
    """Names and dates from ``<meta>``: the site's own, as content systems of government sites write them."""
    for meta in root.iter("meta"):
        key = str(meta.get("name") or meta.get("property") or "").lower()
        value = " ".join(str(meta.get("content") or "").split())
        if value and key in ("pubdate", "articletitle", "contentsource", "columnname", "publishdate", "og:title"):
            builder.meta.setdefault(key, value[:200])


def _title(root: Any, content: Any, builder: Builder) -> None:
    """The report's name: what the page says in ``<meta>``, its only large heading, or its ``<title>``."""
    candidates = [builder.meta.get("articletitle"), builder.meta.get("og:title")]
    for element in content.iter("h1"):
        candidates.append(flow_text(element))
    outside = [flow_text(element) for element in root.iter("h1")]
    if len(outside) == 1:
        candidates += outside
    head = next(root.iter("title"), None)
    if head is not None:
        whole = " ".join("".join(head.itertext()).split())
        candidates.append(max(_TITLE_SEPARATOR.split(whole), key=len) if whole else "")
    for candidate in candidates:
        if candidate and 2 <= len(compact(candidate)) <= 120:
            builder.title = compact(candidate)
            return


class _Walk:
    """Turns elements into paragraphs and tables, gathering inline text until a block begins or ends."""

    def __init__(self, builder: Builder, layouts: Layouts):
        self.builder = builder
        self.layouts = layouts
        self.flow = Flow()

    def block(self, element: Any) -> None:
        self._visit(element)
        self._flush()

    def _flush(self, level: int = 0) -> None:
        text = self.flow.take()
        for line in text.split("\n"):
            if not compact(line) or is_chrome(line):
                continue
            if fields := byline(line):
                for key, value in fields.items():
                    self.builder.meta.setdefault(key, value)
                continue
            if level == 1 and self.builder.title == compact(line):
                self.builder.paragraph(line, kind="title")
            elif level:
                self.builder.paragraph(line, kind="heading", level=level)
            elif self.builder.title == compact(line) and len(self.builder.blocks) < 3:
                self.builder.paragraph(line, kind="title")
            else:
                self.builder.paragraph(line)

    def _visit(self, element: Any) -> None:
        self.builder.deadline.check()
        tag = element.tag
        if tag == "table":
            self._flush()
            self._table(element)
            return
        if tag == "br":
            self.flow.break_line()
            return
        block = is_block(element)
        if block:
            self._flush()
        if tag == "li":
            self._number(element)
        self.flow.add(element.text, element)
        for child in element:
            self._visit(child)
            self.flow.add(child.tail, element)
        if block:
            self._flush(HEADINGS.get(tag, 0))

    def _number(self, element: Any) -> None:
        """The number that a browser prints before an item of an ordered list."""
        parent = element.getparent()
        if parent is not None and parent.tag == "ol" and "list-style" not in str(parent.get("style") or ""):
            try:
                first = int(parent.get("start") or 1)
            except ValueError:
                first = 1
            at = first + sum(1 for before in element.itersiblings("li", preceding=True))
            if not regex.match(r"\s*[(（]?[\d一二三四五六七八九十]+\s*[.．、)）]", flow_text(element)):
                self.flow.add(f"{at}.", parent)

    def _table(self, element: Any) -> None:
        if self.layouts.is_layout(element):
            for caption in element.iterchildren("caption"):
                self.block(caption)
            for cell in element.iter("td", "th"):
                if next(cell.iterancestors("table")) is element:
                    self.block(cell)
            return
        if meta_table(element):
            return
        number = self.builder.next_table
        cells, inner, header, caption = table_cells(element, self.layouts, self.builder, number)
        self.builder.table(cells, header=header, place=Place(table=number), caption=caption)
        for table in inner:
            self._table(table)
