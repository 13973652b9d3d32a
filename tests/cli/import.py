"""import.py TABLE: documents through get --file and import, by the binary in $KRATIX_STATUS_BINARY.

Tables: selectors (each row of selectors.tsv), corpus (each document of the conformance corpus that a person or a Pipeline
wrote: as merge reads it, or with the same error). Works in the current directory, under kratix/. Prints what differs, and exits
with 1 if anything did.
"""
import base64
import json
import os
import pathlib
import subprocess
import sys

BINARY = os.environ["KRATIX_STATUS_BINARY"]
HERE = pathlib.Path(__file__).resolve().parent
STATUS = pathlib.Path("kratix/metadata/status.yaml")
problems = []


def run(*arguments, given=b""):
    done = subprocess.run([BINARY, *arguments], input=given, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


def complain(what, expected, seen):
    problems.append(f"{what}\n  expected {expected!r:.300}\n  seen     {seen!r:.300}")


def canonical(text):
    """JSON as Kratix sees it: numbers are 64-bit floats, the order of keys says nothing."""
    def number(digits):
        return float(digits) + 0.0  # -0.0 is 0.0

    return json.dumps(json.loads(text, parse_int=number, parse_float=number), sort_keys=True)


def answer(code, out, errors):
    """As the third column of selectors.tsv has it."""
    if code == 0 and not errors:
        return out.decode().rstrip("\n")
    if (code, out, errors) == (1, b"", ""):
        return "nothing"
    return f"{code} {errors.splitlines()[0].removeprefix('kratix-status: error: ')}"


def selectors():
    rows = [line.split("\t") for line in (HERE / "selectors.tsv").read_text().splitlines() if not line.startswith("#")]
    for document, key, expected in rows:
        given = document.encode()
        seen = answer(*run("get", "--file", "-", "-o", "json", key, given=given))
        if seen != expected:
            complain(f"get --file {key} of {document}", expected, seen)
        exists = run("exists", "--file", "-", key, given=given)
        if exists[0] != (3 if expected.startswith("3 ") else 1 if expected == "nothing" else 0):
            complain(f"exists --file {key} of {document}", expected, exists)
        STATUS.unlink(missing_ok=True)
        imported = run("import", "-", f"x={key}", given=given)
        if expected == "nothing":
            if imported[0] != 3 or "is missing: " not in imported[2]:
                complain(f"import x={key} of {document}", "3 is missing", imported)
        elif expected.startswith("3 "):
            if answer(*imported) != expected:
                complain(f"import x={key} of {document}", expected, imported)
        elif imported != (0, b"", "") or answer(*run("get", "-o", "json", "x")) != expected:
            complain(f"import x={key} of {document}", expected, imported)
        if document.startswith("{"):
            STATUS.write_text(document)
            seen = answer(*run("get", "-o", "json", key))
            if seen != expected:
                complain(f"get {key} of the status {document}", expected, seen)
            for words in ["set", key, "v"], ["set", key + "=v"], ["append", key, "v"], ["unset", key], ["import", "-", key + "=."]:
                code, out, errors = run(*words, given=b"{}")
                malformed = expected.startswith('3 key "')
                wrong = code not in (2, 3) if malformed else (code, out) != (3, b"") or "a selector such as " not in errors
                if wrong or STATUS.read_text() != document:
                    complain(f"{words} on {document}", "refused", (code, errors))
    if len(rows) < 55:
        problems.append(f"only {len(rows)} rows")


def corpus():
    checked = refused = 0
    for name in "handwritten.jsonl", "pipelines.jsonl":
        for text in (HERE.parent / "conformance/corpus" / name).open(encoding="utf-8"):
            line = json.loads(text)
            given = base64.b64decode(line["yaml_base64"]) if "yaml_base64" in line else line["yaml"].encode()
            merged = run("--dry-run", "-q", "merge", given=given)
            got = run("get", "--file", "-", "-o", "json", given=given)
            STATUS.unlink(missing_ok=True)
            imported = run("import", "--allow-secret", "-", "all=.", given=given)
            checked += 1
            is_not_a_map = "Kratix expects a map" in merged[2] or "only a map can be merged" in merged[2]
            if is_not_a_map and got[0] == 3:  # what is wrong behind its root, which merge does not come to
                if imported != got:
                    complain(line["name"], got, imported)
                continue
            if "standard input: is empty" in merged[2]:
                if (imported, got) != (merged, (1, b"", "")):
                    complain(line["name"], merged, (imported, got))
                continue
            if merged[2].startswith("kratix-status: error: standard input") and not is_not_a_map:
                refused += 1
                for what, seen in ("get --file", got), ("import", imported):
                    if seen[:2] != (3, b"") or seen[2] != merged[2]:
                        complain(f"{what} of {line['name']}", merged, seen)
                continue
            if got[0] == 1:  # nothing, or null
                if line.get("json") != {} or (imported[0], STATUS.exists()) != (3, False):
                    complain(line["name"], "an empty document", (got, imported))
            elif got[0] != 0 or got[2] or imported != (0, b"", ""):
                complain(line["name"], "read", (got, imported))
            else:
                value = canonical(got[1])
                if "json" in line and value != canonical(json.dumps(line["json"])):
                    complain(f"get --file of {line['name']}", line["json"], value)
                back = canonical(run("get", "-o", "json", "all")[1])
                if back != value:
                    complain(f"import of {line['name']}", value, back)
    if checked < 1500 or refused < 300:
        problems.append(f"only {checked} documents, {refused} of them refused")


sys.setrecursionlimit(20_000)  # some documents nest deep
globals()[sys.argv[1]]()
print("\n".join(problems[:20]), end="\n" if problems else "")
sys.exit(f"{len(problems)} failures in the table {sys.argv[1]}" if problems else 0)
