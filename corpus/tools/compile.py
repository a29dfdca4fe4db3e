"""Writes documents, gold rows, spans and index of every marked file: ``python -m corpus.tools.compile [NAME...]``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from corpus.tools.marks import Marked, MarkError, compile_document

CORPUS = Path(__file__).resolve().parents[1]


def lines(records: list[dict[str, object]]) -> str:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def spans(document: Marked) -> list[dict[str, object]]:
    """Every marked number: offsets into the document, role, number of the row in the marked file."""
    return [
        {"start": s.start, "end": s.end, "text": s.text, "role": role, "row": identity}
        for s in document.spans
        for role, identity in s.roles
    ]


def outputs(document: Marked) -> dict[Path, str]:
    name = document.name
    return {
        CORPUS / "documents" / f"{name}.txt": document.text,
        CORPUS / "gold" / f"{name}.gold.jsonl": lines(document.rows),
        CORPUS / "spans" / f"{name}.spans.jsonl": lines(spans(document)),
    }


def entry(document: Marked) -> dict[str, object]:
    keys = ("form", "region", "as_of", "share", "split")
    record: dict[str, object] = {"name": document.name} | {key: document.header[key] or None for key in keys}
    record["share"] = float(document.header["share"] or 0)
    return record | {"family": document.header.get("family", document.name)}


def load(name: str) -> Marked:
    return compile_document(name, (CORPUS / "marked" / f"{name}.txt").read_text(encoding="utf-8"))


def main(arguments: list[str]) -> int:
    names = sorted(path.stem for path in (CORPUS / "marked").glob("*.txt"))
    index: dict[str, list[dict[str, object]]] = {}
    failed = 0
    for name in names:
        try:
            document = load(name)
        except (MarkError, ValueError, KeyError) as error:
            print(f"{name}: {error}")
            failed += 1
            continue
        index.setdefault(name.split("-")[0], []).append(entry(document))
        if not arguments or name in arguments:
            for path, content in outputs(document).items():
                path.parent.mkdir(exist_ok=True)
                path.write_text(content, encoding="utf-8")
    for writer, records in index.items():
        (CORPUS / f"index-{writer}.jsonl").write_text(lines(records), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
