"""secrets.py table|ways: the secret guard over secrets.jsonl, through the binary in $KRATIX_STATUS_BINARY.

A row of the table has the form that is refused, or null for a text that is no secret, and the text in parts, which
keeps scanners of secrets away from this repository. table: `set` takes or refuses each row, and no message holds the
text. ways: one secret of each form is refused on every way into a file. Works in the current directory, under kratix/.
Prints what is wrong, and exits with 1 if there is anything.
"""
import json
import os
import pathlib
import subprocess
import sys

BINARY = os.environ["KRATIX_STATUS_BINARY"]
METADATA = pathlib.Path("kratix/metadata")
ROWS = [json.loads(line) for line in pathlib.Path(__file__).with_suffix(".jsonl").read_text().splitlines()]
BARE = {"PATH": os.environ["PATH"], "KRATIX_ROOT": "kratix"}


def run(*arguments, text="", **environment):
    done = subprocess.run([BINARY, *arguments], input=text.encode(), capture_output=True, env={**BARE, **environment}, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def text_of(row):
    return "".join(row["parts"])


def forms():
    return {form["name"]: form["what"] for form in json.loads(run("validate", "--secret-forms", "-o", "json")[1])}


def refusal(place, what):
    return (f"kratix-status: error: {place}: holds {what}: everybody who may read the resource would see it\n"
            "kratix-status: hint: keep it in a Secret and publish the Secret's name; give --allow-secret if everybody may see it\n")


def table():
    known, wrong = forms(), []
    for row in ROWS:
        before = sorted(METADATA.iterdir())
        expected = (3, "", refusal("value of text", known[row["form"]])) if row["form"] else (0, "", "")
        if run("set", "text", text_of(row)) != expected:
            wrong.append(f"{row['why']}: {run('set', 'text', text_of(row))}, not {expected}")
        if row["form"] and sorted(METADATA.iterdir()) != before:
            wrong.append(f"{row['why']}: refused, and something is written")
        code, shown, _ = run("validate", "-o", "json", "-", text=json.dumps({"text": text_of(row)}, ensure_ascii=False))
        rules = [finding["rule"] for finding in json.loads(shown)]
        if (rules, code) != ((["secret"], 1) if row["form"] else ([], 0)):
            wrong.append(f"{row['why']}: validate finds {rules}, exit code {code}")
        for status in METADATA.iterdir():
            status.unlink()
    harmless = sum(row["form"] is None for row in ROWS)
    if len(ROWS) < 60 or harmless < 30:
        wrong.append(f"{len(ROWS)} rows, {harmless} of them harmless")
    wrong += [f"no row is of form {name}" for name in known.keys() - {row["form"] for row in ROWS}]
    return wrong


# Each way into a file: arguments, standard input, and the place that the message names.
def ways(secret):
    quoted = json.dumps(secret)
    pathlib.Path("secret.txt").write_text(f"one\n{secret}\n")
    return [
        (["set", "a.b", secret], "", "value of a.b"),
        (["set", "--once", "a", secret], "", "value of a"),
        (["set", "--json", "a", f'{{"b c": [1, {quoted}]}}'], "", 'value of a."b c"[1]'),
        (["set", "x=1", f"a={secret}"], "", "value of a"),
        (["set", f"a:=[{quoted}]"], "", "value of a[0]"),
        (["set", "a@=secret.txt"], "", "value of a"),
        (["set", "a@=-"], secret, "value of a"),
        (["--dry-run", "set", "a", secret], "", "value of a"),
        (["append", "list", secret], "", "value of list"),
        (["append", "--unique", "--json", "list", f'{{"a": {quoted}}}'], "", "value of list.a"),
        (["merge"], json.dumps({"x": 1, "a": {"b": [secret]}}), "value of a.b[0]"),
        (["merge", "--fresh", "-"], f"a: {quoted}\n", "value of a"),
        (["import", "-", "k.l=a.b"], json.dumps({"a": {"b": [secret]}}), "value of k.l[0]"),
        (["set", quoted, "1"], "", "a key of the status"),
        (["append", f"a.{quoted}", "1"], "", "a key of a"),
        (["merge"], json.dumps({"x": 1, "a": [{"b": {secret: 1}}]}), "a key of a[0].b"),
        (["set", "--json", "a", json.dumps({secret: {"b": 1}})], "", "a key of a"),
        (["import", "-", "k=."], json.dumps({secret: 1}), "a key of k"),
        (["condition", "set", "--reason", "Done", "--", secret, "True"], "", "type of a condition"),
        (["condition", "set", "Ready", "True", "--reason", "Done", "--message", secret], "", "message of condition Ready"),
        (["suspend", "--", secret], "", "value of message"),
        (["retry", "10m", secret], "", "value of message"),
        (["run", "--message", secret, "--", "touch", "ran"], "", "value of message"),
    ]


def every_way():
    known, wrong, tried = forms(), [], set()
    for row in ROWS:
        if row["form"] is None or row["form"] in tried:
            continue
        tried.add(row["form"])
        for arguments, text, place in ways(text_of(row)):
            expected = (3, "", refusal(place, known[row["form"]]))
            if run(*arguments, text=text) != expected:
                wrong.append(f"{row['form']}: {arguments[:2]}: {run(*arguments, text=text)}, not {expected}")
            if list(METADATA.iterdir()) or pathlib.Path("ran").exists():
                sys.exit(f"{row['form']}: {arguments[:2]}: something is written")
    for command in (["set"], ["append"], ["suspend"]):
        code, _, error = run(*command, "--allow-secret", *(["a"] if command != ["suspend"] else []), text_of(ROWS[0]))
        if (code, error) != (0, ""):
            wrong.append(f"{command} --allow-secret: {code}, {error}")
        for status in METADATA.iterdir():
            status.unlink()
    return wrong


wrong = {"table": table, "ways": every_way}[sys.argv[1]]()
print("\n".join(wrong), end="\n" if wrong else "")
sys.exit(1 if wrong else 0)
