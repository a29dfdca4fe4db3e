"""What a result rests on: program, rules and schema, told on every export that is passed on."""

from __future__ import annotations

import hashlib
from functools import cache

from indicators import rulebook, shipped
from indicators._version import __version__
from indicators.schema.report import SCHEMA_VERSION


def rules_digest() -> str:
    """The first 12 hexadecimal digits of the SHA-256 over all rule files in use, the user's own included."""
    digest = hashlib.sha256()
    for name in rulebook.names():
        digest.update(name.encode() + b"\0" + (shipped.rules() / f"{name}.toml").read_bytes() + b"\0")
    for user in rulebook.user_folders():
        for path in sorted(user.glob("*.toml")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@cache
def models_digest() -> str:
    """The first 12 hexadecimal digits of the SHA-256 over the shipped model files; ``none`` where none ship."""
    digest = hashlib.sha256()
    found = shipped.model_files()
    for name, content in found:
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()[:12] if found else "none"


def versions() -> dict[str, str]:
    """Program, schema, rules and models, each with the version that made the result."""
    return {
        "indicators": __version__,
        "schema": str(SCHEMA_VERSION),
        "rules": rules_digest(),
        "models": models_digest(),
    }
