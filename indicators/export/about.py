"""What a result rests on: program, rules and schema, told on every export that is passed on."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from indicators import rulebook
from indicators._version import __version__
from indicators.schema.report import SCHEMA_VERSION


@cache
def rules_digest() -> str:
    """The first 12 hexadecimal digits of the SHA-256 over all rule files in use, the user's own included."""
    digest = hashlib.sha256()
    folder = resources.files("indicators.rules")
    for name in rulebook.names():
        digest.update(name.encode() + b"\0" + (folder / f"{name}.toml").read_bytes() + b"\0")
    for user in rulebook.user_folders():
        for path in sorted(user.glob("*.toml")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def versions() -> dict[str, str]:
    """Program, schema and rules, each with the version that made the result."""
    return {"indicators": __version__, "schema": str(SCHEMA_VERSION), "rules": rules_digest()}
