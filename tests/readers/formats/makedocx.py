"""Word files written part by part, so that each fixture holds just the markup that it is about."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def p(*content: str, props: str = "") -> str:
    """A paragraph of runs; plain strings become runs."""
    runs = "".join(part if part.startswith("<") else run(part) for part in content)
    return f"<w:p><w:pPr>{props}</w:pPr>{runs}</w:p>"


def run(text: str, props: str = "") -> str:
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, num: int, level: int = 0) -> str:
    return p(text, props=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def tc(*content: str, span: int = 1, merge: str | None = None) -> str:
    """A cell; ``merge`` is ``restart``, ``continue`` or none."""
    props = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge == "restart":
        props += '<w:vMerge w:val="restart"/>'
    elif merge == "continue":
        props += "<w:vMerge/>"
    inner = "".join(part if part.startswith("<") else p(part) for part in content) or "<w:p/>"
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    made = "".join(cell if cell.startswith("<w:tc>") or cell.startswith("<w:sdt>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{props}</w:trPr>{made}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def level(at: int, form: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(*lists: str, overrides: dict[int, int] | None = None) -> str:
    """numbering.xml with one abstract list per argument (numId from 1); ``overrides`` restart numId at a list again."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{one}</w:abstractNum>' for at, one in enumerate(lists, 1)
    )
    nums = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(1, len(lists) + 1))
    for num, of in (overrides or {}).items():
        nums += (
            f'<w:num w:numId="{num}"><w:abstractNumId w:val="{of}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    return f"<w:numbering {_NAMES}>{abstract}{nums}</w:numbering>"


def styles(*entries: str) -> str:
    return f"<w:styles {_NAMES}>{''.join(entries)}</w:styles>"


def docx(
    *body: str, parts: dict[str, str | bytes] | None = None, main: str = "word/document.xml", head: str = ""
) -> bytes:
    """The file; ``parts`` adds or replaces parts, ``head`` goes before the document's root element."""
    out = io.BytesIO()
    document = f"{head}<w:document {_NAMES}><w:body>{''.join(body)}</w:body></w:document>"
    rel = f'<Relationship Id="r1" Type="{_MAIN}" Target="{main}"/>'
    every: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_RELS}">{rel}</Relationships>',
        main: document,
        **(parts or {}),
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in every.items():
            archive.writestr(name, content)
    return out.getvalue()
