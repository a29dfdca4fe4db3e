"""Word documents: paragraphs and tables in the order of the page, as they stand after all changes are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indicators.errors import MissingExtraError, ReadError
from indicators.readers.build import Builder
from indicators.readers.docx.numbering import Numbering
from indicators.readers.docx.text import NS, STRICT, W, nested_tables, paragraph_text, q, val
from indicators.readers.files.container import open_container, read_xml
from indicators.readers.files.guard import DAMAGED, check_depth, check_size, guarded
from indicators.readers.tables.shape import RawCell, compact
from indicators.schema.source import Place, Source
from indicators.settings import Limits

_HINT = "open it in Word or WPS and save it as .docx again"
_MAX_GRID = 1_000


def read_docx(data: bytes, name: str, limits: Limits) -> Source:
    """Reads a .docx; places carry paragraph and table numbers, ``Place.cell`` is ``r3c2``.

    Raises :class:`ReadError` for a damaged or encrypted file and :class:`LimitError` beyond ``limits``.
    """
    check_size(data, name, limits)
    try:
        from lxml import etree
    except ImportError:
        raise MissingExtraError.for_extra("office", "reading .docx", path=name) from None
    with guarded(name, "the document", _HINT), open_container(data, name, limits, hint=_HINT) as archive:
        members = set(archive.namelist())
        main = _main_part(archive, members, name, limits)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)

        def tree(member: str) -> Any:
            if member not in members:
                return None
            xml = read_xml(archive, member, name, limits, _HINT)
            for strict, usual in STRICT:
                xml = xml.replace(strict, usual)
            root = etree.fromstring(xml, parser)
            check_depth(root, name, limits)
            return root

        folder = main.rpartition("/")[0]
        numbering = Numbering(tree(f"{folder}/numbering.xml"), tree(f"{folder}/styles.xml"))
        root = tree(main)
        body = root.find(q("body"))
        if body is None:
            raise ReadError("the document has no body", path=name, hint=_HINT, code=DAMAGED)
        builder = Builder(name, "docx", limits)
        _Walk(builder, numbering).blocks(body)
        return builder.source()


def _main_part(archive: Any, members: set[str], name: str, limits: Limits) -> str:
    """The part that the package names as its document; WPS and old converters give it other names."""
    from lxml import etree

    if "_rels/.rels" in members:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        rels = etree.fromstring(read_xml(archive, "_rels/.rels", name, limits, _HINT), parser)
        for rel in rels:
            target = str(rel.get("Target", "")).lstrip("/")
            if str(rel.get("Type", "")).endswith("/officeDocument") and target in members:
                return target
    if "word/document.xml" in members:
        return "word/document.xml"
    raise ReadError("this is no Word document", path=name, hint=_HINT, code=DAMAGED)


class _Walk:
    def __init__(self, builder: Builder, numbering: Numbering):
        self.builder = builder
        self.numbering = numbering

    def blocks(self, parent: Any) -> None:
        for element in _children(parent):
            if element.tag == q("p"):
                self.paragraph(element)
            elif element.tag == q("tbl"):
                self.table(element)

    def paragraph(self, element: Any) -> None:
        text, boxes = paragraph_text(element)
        label = self.numbering.label(element) if compact(text) else ""
        kind, depth = self.numbering.heading(element)
        if label and not text.lstrip().startswith(label):
            text = f"{label}{text.lstrip()}"
        self.builder.paragraph(text, kind=kind, level=depth if kind else None)
        if kind == "title" and self.builder.title is None and compact(text):
            self.builder.title = compact(text)
        for box in boxes:
            self.blocks(box)

    def table(self, element: Any, *, nested: bool = False) -> None:
        number = self.builder.next_table
        cells, inner, header = self._cells(element, number)
        if len({cell.col for cell in cells}) < 2 and not nested:
            # A frame around text: its content is what counts.
            for tc in element.iter(q("tc")):
                if next(tc.iterancestors(q("tbl"))) is element:
                    self.blocks(tc)
            return
        self.builder.table(cells, header=header, place=Place(table=number))
        for table in inner:
            self.table(table, nested=True)

    def _cells(self, element: Any, number: int) -> tuple[list[RawCell], list[Any], int]:
        cells: list[RawCell] = []
        inner: list[Any] = []
        open_at: dict[int, RawCell] = {}
        header = 0
        row = 0
        for tr in _children(element, "tr"):
            if tr.find(f"{q('trPr')}/{q('del')}") is not None:
                continue
            self.builder.deadline.check()
            flag = tr.find(f"{q('trPr')}/{q('tblHeader')}")
            if flag is not None and val(flag) not in ("0", "false", "off") and header == row:
                header = row + 1
            col = _grid_before(tr)
            for tc in _children(tr, "tc"):
                span = _span(tc)
                merge = tc.find(f"{q('tcPr')}/{q('vMerge')}")
                held = open_at.get(col)
                if merge is not None and val(merge) != "restart" and held is not None:
                    held.rowspan = row - held.row + 1
                else:
                    text, tables = self._cell_text(tc)
                    inner += tables
                    held = RawCell(
                        row, col, text, 1, span, header > row, Place(table=number, cell=f"r{row + 1}c{col + 1}")
                    )
                    cells.append(held)
                    if merge is not None:
                        open_at[col] = held
                    else:
                        open_at.pop(col, None)
                col += span
            row += 1
        return cells, inner, header

    def _cell_text(self, tc: Any) -> tuple[str, list[Any]]:
        lines: list[str] = []
        tables: list[Any] = []
        for element in _children(tc):
            if element.tag == q("p"):
                text, boxes = paragraph_text(element)
                if compact(text):
                    label = self.numbering.label(element)
                    if label and not text.lstrip().startswith(label):
                        text = label + text.lstrip()
                lines.append(text)
                for box in boxes:
                    text, more = self._cell_text(box)
                    lines.append(text)
                    tables += more
            elif element.tag == q("tbl"):
                if nested_tables(element) == "data":
                    tables.append(element)
                else:
                    for inner in _children(element, "tr"):
                        row = [self._cell_text(part) for part in _children(inner, "tc")]
                        lines.append("\t".join(text for text, _ in row))
                        for _, more in row:
                            tables += more
        return "\n".join(line for line in lines if compact(line)), tables


def _children(parent: Any, wanted: str | None = None) -> Iterator[Any]:
    """Block children with the wrappers of Word looked through: content controls, insertions, smart tags."""
    for element in parent:
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if tag == q("sdt"):
            content = element.find(q("sdtContent"))
            if content is not None:
                yield from _children(content, wanted)
        elif tag in (q("ins"), q("moveTo"), q("smartTag"), q("customXml")):
            yield from _children(element, wanted)
        elif tag == f"{{{NS['mc']}}}AlternateContent":
            choice = element.find(f"{{{NS['mc']}}}Choice")
            if choice is not None:
                yield from _children(choice, wanted)
        elif tag.startswith(W) and (wanted is None or tag == q(wanted)):
            yield element


def _span(tc: Any) -> int:
    grid = tc.find(f"{q('tcPr')}/{q('gridSpan')}")
    return _count(grid, 1)


def _grid_before(tr: Any) -> int:
    return _count(tr.find(f"{q('trPr')}/{q('gridBefore')}"), 0)


def _count(element: Any, default: int) -> int:
    if element is None:
        return default
    try:
        return max(default, min(int(val(element) or default), _MAX_GRID))
    except ValueError:
        return default
