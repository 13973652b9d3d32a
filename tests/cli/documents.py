"""documents.py CHECK: README.md and docs/ against the binary in $KRATIX_STATUS_BINARY.

Checks: help (README.md has what `help` shows, docs/commands.md what `help COMMAND` shows), errors (each row of docs/errors.md
is what the command says), examples (each command of the tables "What you type" works), migrations (each row of docs/migrate.md
leaves and prints the same on both sides). Prints each difference, exits with 1.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BINARY = os.environ["KRATIX_STATUS_BINARY"]
README = pathlib.Path(os.environ["README"])
TOOLS = README.resolve().parent / "build/conformance/bin"  # yq, where scripts/conformance has built it
if not README.exists():
    sys.exit(f"{README.name} does not exist")
TEXT = README.read_text()
problems = []


def section(title):
    found = re.search(rf"^## {title}$(.*?)(?=^## |\Z)", TEXT, re.M | re.S)
    if not found:
        sys.exit(f"README.md has no section \"{title}\"")
    return found[1]


def page(name):
    return README.with_name("docs") / name


def rows(text):
    """The cells of each row of the tables in `text`, without headings; in code spans \\| stands for |."""
    for line in text.splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells and cells[0].startswith("`"):
            yield cells


def code(cell):
    """The text of a cell that is one code span."""
    fence = "``" if cell.startswith("``") else "`"
    return cell[len(fence):-len(fence)]


def run(command, prepare=lambda directory: None, keep=lambda directory: None):
    """In a fresh metadata directory, as /kratix/metadata, which is given to `prepare` before and to `keep` after; exit code,
    standard output, standard error."""
    with tempfile.TemporaryDirectory() as top:
        metadata = pathlib.Path(top) / "kratix/metadata"
        for name in ("bin", "kratix/metadata", "kratix/input", "kratix/output"):
            (pathlib.Path(top) / name).mkdir(parents=True)
        (pathlib.Path(top) / "bin/kratix-status").symlink_to(BINARY)
        (pathlib.Path(top) / "kratix/input/object.yaml").write_text("spec: {size: 3}\n")
        prepare(metadata)
        object_function = 'object() { printf "status: {%s}\\n" "$1" >>../input/object.yaml; }\n'
        done = subprocess.run(["bash", "-c", object_function + command], cwd=metadata, stdin=subprocess.DEVNULL, capture_output=True,
                              env={"PATH": f"{top}/bin:{TOOLS}:/usr/bin:/bin", "KRATIX_ROOT": f"{top}/kratix", "LC_ALL": "C.UTF-8"})
        keep(metadata)
        return done.returncode, done.stdout.decode(), done.stderr.decode().replace(top, "")


def check_help():
    commands, exit_codes = section("Commands"), section("Exit codes")
    reference = page("commands.md").read_text()
    overview = run("kratix-status help")[1]
    names = re.findall(r"^  (\w+) ", overview.split("Commands:\n")[1].split("\n\n")[0], re.M)
    if len(names) < 9:
        problems.append(f"help lists {len(names)} commands only")
    for name in names:
        if f"`{name}`" not in commands:
            problems.append(f"Commands lacks {name}")
        text = run(f"kratix-status help {name}")[1]
        usages = re.findall(r"^  kratix-status (.*)$", text, re.M)
        if not usages:
            problems.append(f"help {name} shows no usage")
        for usage in usages:
            if usage not in reference:
                problems.append(f"docs/commands.md lacks the usage: {usage}")
        for short, option in re.findall(r"^  (?:-(\w), |    )(--[\w-]+)", text, re.M):
            if option not in reference and f"-{short}" not in reference:
                problems.append(f"docs/commands.md lacks {option} of {name}")
    listed = re.findall(r"^  (\d)  (.*)$", overview.split("Exit codes:\n")[1], re.M)
    if [number for number, _ in listed] != list("012345"):
        problems.append("help does not list the exit codes 0 to 5")
    for number, meaning in listed:
        if f"| {number} | {meaning} |" not in exit_codes:
            problems.append(f"Exit codes lacks: {number} {meaning}")


def check_errors():
    """| `command` | `message` | hint | code |; rows that were cut short cannot be run, and end in "..."."""
    checked = 0
    for cells in rows(page("errors.md").read_text().split("System errors")[0]):
        command, message, hint, number = code(cells[0]), code(cells[1]), *cells[2:]
        if command.endswith("...") and len(command) > 200:
            continue
        seen, _, errors = run(command)
        lines = errors.splitlines()
        kind = "warning" if number in "01" else "error"
        first = next((line for line in lines if line.startswith(f"kratix-status: {kind}: ")), "")
        hints = [line.removeprefix("kratix-status: hint: ") for line in lines if line.startswith("kratix-status: hint: ")]
        expected = ["usage:"] if hint == "the usage of the command" else [hint] if hint else []
        same = first == f"kratix-status: {kind}: {message}" or (message.endswith("...") and first.startswith(f"kratix-status: {kind}: {message[:-3]}"))
        if not same or hints != expected or str(seen) != number:
            problems.append(f"{command}\n  docs/errors.md: {number} {message} ({hint})\n  said: {seen} {errors}")
        checked += 1
    if checked < 60:
        problems.append(f"only {checked} rows of errors found")


def prepare_examples(metadata):
    """The files that the commands read."""
    (metadata / "out.txt").write_text("log\n")
    (metadata / "out.json").write_text('{"hosts": [{"name": "a b", "ip": "10.0.0.1"}], "port": 80}\n')
    (metadata / "tf.json").write_text('{"url": {"sensitive": false, "type": "string", "value": "x"}}\n')
    object_yaml = 'spec: {size: 3}\nstatus: {conditions: [{type: Ready, status: "True"}]}\n'
    (metadata.parent / "input/object.yaml").write_text(object_yaml)


def check_examples():
    """| `set release 1234e56` | `"1234e56"`... |: each command succeeds."""
    checked = 0
    for cells in rows(section("What you type, what Kratix sees") + page("values.md").read_text()):
        command = code(cells[0])
        if "kratix-status" not in command:
            command = "KRATIX_PIPELINE_NAME=step kratix-status " + command
        seen, _, errors = run(command, prepare_examples)
        if seen != 0 or errors:
            problems.append(f"{cells[0]}: {seen} {errors}")
        checked += 1
    if checked < 25:
        problems.append(f"only {checked} examples found")


BEFORE = {
    "status.yaml": """message: Earlier
login: {token: t, username: jo}
regions: [us]
conditions: [{type: Ready, status: "True", reason: Done, message: "", lastTransitionTime: "2026-01-01T00:00:00Z"}]
""",
    "extra.yaml": "login: {port: 5432}\n",
    "out.txt": "line 1\nline 2\n",
    "db.json": '{"DBInstances": [{"Endpoint": {"Address": "db.example.com", "Port": 5432}}]}',
    "outputs.json": '{"bucket": {"sensitive": false, "type": "string", "value": "b-1"}}',
    "../input/object.yaml": "metadata: {name: one}\nspec: {size: 3}\n",
}


def outcome(command):
    """The exit code, what is printed, and status.yaml as JSON."""
    left = []

    def prepare(directory):
        for name, text in BEFORE.items():
            (directory / name).write_text(text)

    def keep(directory):
        done = subprocess.run([BINARY, "--metadata-dir", str(directory), "get", "-o", "json"], capture_output=True, check=False)
        left.append(json.loads(done.stdout) if done.returncode == 0 else done.stderr.decode())

    code, printed, errors = run(command, prepare, keep)
    return {"exit code": code, "printed": printed, "status": left[0]}, errors


def check_migrations():
    """| `today` | `kratix-status ...` |: where yq and jq are there, both sides print and leave the same."""
    compared = 0
    for today, ours in (cells[:2] for cells in rows(page("migrate.md").read_text())):
        found, errors = outcome(code(ours))
        # Some systems have another program that is called yq.
        places = {"yq": TOOLS, "jq": "/usr/bin:/bin"}
        missing = [name for name, path in places.items() if re.search(rf"\b{name} ", today) and not shutil.which(name, path=path)]
        if code(ours) == "kratix-status publish":
            continue  # there is no cluster here; tests/e2e has one
        if found["exit code"] != 0 or errors:
            problems.append(f"{ours}: {found['exit code']} {errors}")
        if missing or "sdk." in today or "status.set(" in today or re.match("`(echo|printf)", today):
            continue  # the SDKs' side is in docs/sdk.md; a redirection loses keys, which is why it is in the table
        expected, errors = outcome(code(today))
        compared += 1
        if expected != found:
            problems.append(f"{today}\n  leaves {expected} {errors}\n{ours}\n  leaves {found}")
    if shutil.which("yq", path=str(TOOLS)) and compared < 20:
        problems.append(f"only {compared} rows compared")


globals()["check_" + sys.argv[1]]()
print("\n".join(problems))
sys.exit(1 if problems else 0)
