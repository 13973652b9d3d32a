"""docs/conformance.md: what stands between `<!-- NAME -->` and `<!-- end of NAME -->` is made by programs."""

import difflib
import json
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "docs/conformance.md"


def code(value, longest=40):
    """A value as JSON, as code in a table."""
    text = json.dumps(value)
    text = text if len(text) <= longest else text[:longest] + "..."
    fence = "``" if "`" in text else "`"
    return fence + text.replace("|", "\\|") + fence


def with_parts(text, parts):
    for name, part in parts.items():
        first, last = f"<!-- {name} -->\n", f"\n<!-- end of {name} -->"
        before, rest = text.split(first)
        text = before + first + part + last + rest.split(last, 1)[1]
    return text


def replace(parts):
    FILE.write_text(with_parts(FILE.read_text(encoding="utf-8"), parts), encoding="utf-8")


def difference(parts):
    """What `replace` would change, as a diff; empty if nothing."""
    old = FILE.read_text(encoding="utf-8")
    new = with_parts(old, parts)
    return "".join(difflib.unified_diff(old.splitlines(True), new.splitlines(True), FILE.name, "as found today"))
