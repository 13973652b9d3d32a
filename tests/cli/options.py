"""options.py TABLE: every option of every command in every form, through the binary in $KRATIX_STATUS_BINARY.

Tables: own, global, values, operands, errors, unknown. Works in the current directory, under kratix/. The commands and
their options come from `help`, and each option has a row below; an option without a row is a failure. Prints each command line that did something
else than it should, and exits with 1 if there was one.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

BINARY = os.environ["KRATIX_STATUS_BINARY"]
METADATA = pathlib.Path("kratix/metadata")
STATUS = b"""url: x
list:
  - a
map:
  k: v
map: {k: w}
conditions:
  - {type: Ready, status: "True", reason: Done, message: "", lastTransitionTime: "2024-08-21T10:27:45Z"}
"""
OBJECT = """kind: Thing
status:
  url: old
  host: {port: "1"}
  only: published
  kratix:
    workflows:
      pipelines:
      - {name: gate, phase: Suspended, attempts: 3}
"""

# How each command is used without an option of its own; `condition set` needs one.
OPERANDS = {
    "set": ["count", "3"], "append": ["list", "3"], "unset": ["map"], "merge": ["in.yaml"], "get": ["url"], "exists": ["url"],
    "keys": [], "import": ["in.yaml", "h=host"], "quote": ["text"], "condition set": ["Ready", "False", "--reason", "Broken"], "condition get": ["Ready"],
    "condition unset": ["Ready"], "condition list": [], "suspend": [], "retry": ["10m"], "resume": [], "suspended": [], "preview": [],
    "diff": [], "validate": ["in.yaml"], "completion": ["bash"], "help": ["set"], "version": [], "run": ["false"],
    "publish": [], "fail": ["text"], "destination set": ["zone=eu"], "destination list": [], "destination unset": [],
}
GROUPS = ("condition", "destination")  # whose commands have two words
SECRET = "redis://:pass" "word1@db"
# An option of a command, with operands for which it makes a difference; and, if it takes one, a value and another
# that has another effect.
OWN = {
    ("set", "json"): (["count", "3"],),
    ("set", "once"): (["url", "y"],),
    ("set", "print"): (["count", "3"],),
    ("set", "fresh"): (["host.name", "x"],),
    ("append", "json"): (["list", "3"],),
    ("append", "unique"): (["list", "a"],),
    ("append", "fresh"): (["host.list", "x"],),
    ("unset", "fresh"): (["host.port"],),
    ("merge", "fresh"): (["in.yaml"],),
    ("get", "from"): (["url"], "previous", "file"),
    ("get", "default"): (["missing"], "text", "other"),
    ("get", "output"): (["url"], "json", "yaml"),
    ("exists", "from"): (["only"], "file", "previous"),
    ("keys", "from"): ([], "previous", "file"),
    ("get", "file"): (["url"], "one.yaml", "two.yaml"),
    ("exists", "file"): (["other"], "one.yaml", "two.yaml"),
    ("keys", "file"): ([], "one.yaml", "two.yaml"),
    ("import", "terraform"): (["tf.json"],),
    ("import", "prefix"): (["--terraform", "tf.json"], "k", "l"),
    ("import", "optional"): (["in.yaml", "a=missing", "b=host"],),
    ("import", "once"): (["in.yaml", 'url="true"'],),
    ("import", "fresh"): (["in.yaml", "host.name=host.name"],),
    ("condition set", "reason"): (["Ready", "False"], "Broken", "Gone"),
    ("condition set", "message"): (["Ready", "False", "--reason", "Broken"], "text", "other"),
    ("condition list", "output"): ([], "json", "yaml"),
    ("retry", "max-attempts"): (["10m"], "3", "4"),
    ("retry", "then-suspend"): (["--max-attempts", "3", "10m"], "text", "other"),
    ("preview", "output"): ([], "json", "table"),
    ("preview", "not-last"): ([],),
    ("diff", "not-last"): ([],),
    ("validate", "output"): (["in.yaml"], "json", "text"),
    ("validate", "strict"): (["in.yaml"],),
    ("validate", "rules"): ([],),
    ("completion", "candidates"): (["con"],),
    ("version", "licenses"): ([],),
    ("run", "message"): (["false"], "text", "other"),
    ("run", "stderr"): (["sh", "-c", "echo text >&2; exit 3"],),
    ("help", "man"): ([],),
    ("publish", "timeout"): ([], "1s", "2s"),
    ("publish", "min-interval"): ([], "1s", "2s"),
    ("publish", "try"): ([],),
    ("fail", "timeout"): (["text"], "1s", "2s"),
    ("fail", "condition"): (["--reason", "Broken", "text"], "Ready", "Other"),
    ("fail", "reason"): (["--condition", "Ready", "text"], "Broken", "Gone"),
    ("set", "allow-secret"): (["url", SECRET],),
    ("append", "allow-secret"): (["list", SECRET],),
    ("merge", "allow-secret"): (["secret.yaml"],),
    ("condition set", "allow-secret"): (["Ready", "False", "--reason", "Broken", "--message", SECRET],),
    ("import", "allow-secret"): (["secret.yaml", "a=a"],),
    ("suspend", "allow-secret"): ([SECRET],),
    ("retry", "allow-secret"): (["10m", SECRET],),
    ("run", "allow-secret"): (["--message", SECRET, "false"],),
    ("fail", "allow-secret"): ([SECRET],),
    ("validate", "allow-secret"): (["secret.yaml"],),
    ("validate", "secret-forms"): ([],),
    ("destination set", "directory"): (["zone=eu"], "a", "b"),
    ("destination set", "allow-secret"): (["zone=AK" "IAQ4XZ2T7LMWABCDEF"],),
    ("destination unset", "directory"): ([], "a", "b"),
    ("destination list", "output"): ([], "json", "table"),
    ("preview", "live"): ([],),
    ("diff", "live"): ([],),
}
# Outside of a Pod these end with 5, when what comes before is done.
PUBLISHING = {"set": ["url", "y"], "append": ["list", "b"], "unset": ["host.port"], "merge": ["in.yaml"],
              "import": ["in.yaml", "h=host"], "condition set": ["Ready", "False", "--reason", "Broken"], "suspend": [], "retry": ["10m"]}
OWN.update({(command, "publish"): (operands,) for command, operands in PUBLISHING.items()})
# lines() wants the two operands of `condition set` first.
OWN.update({(command, "try"): (operands + ["--publish"] if command == "condition set" else ["--publish", *operands],)
            for command, operands in PUBLISHING.items()})
# These change what is published, and nothing that can be seen without an API server.
WITHOUT_EFFECT_HERE = [("run", "message"), ("run", "stderr"), ("publish", "timeout"), ("publish", "min-interval"), ("fail", "timeout"),
                       ("fail", "condition"), ("fail", "reason"), ("fail", "allow-secret"), ("destination unset", "directory")]
# What an option of every command does to a run without it: the environment that it corrects, or a function of the run.
GLOBAL = {
    "root": ("kratix", {"KRATIX_ROOT": "nowhere"}),
    "metadata-dir": ("kratix/metadata", {"KRATIX_METADATA_DIR": "nowhere"}),
    "input-dir": ("kratix/input", {"KRATIX_INPUT_DIR": "nowhere"}),
    "lock-timeout": ("5", {}),
    "dry-run": lambda command, seen: run(["--dry-run", "run", "false"]) if command == "run" else
               (seen[0], dry_run(command, seen), seen[2], STATUS, None),
    "quiet": lambda command, seen: (*seen[:2], errors_only(seen[2]), *seen[3:]),
    "help": lambda command, seen: run(["help", *command.split()]),
    "version": lambda command, seen: run(["version"]),
}
# Values that look like something else, and what the first line of the answer to each is, on standard output or error.
HOSTILE = ["-5", "--json", "--", "-", "-q", "-qh", "--root=x", "--a=", "=", "=x", "a=b", "{}", "[a]", "%%", "true", "a b", "!", "\u00e9", ""]
ANSWERS = {
    "root": (["get", "url"], "kratix-status: error: open {}/metadata: No such file or directory"),
    "metadata-dir": (["get", "url"], "kratix-status: error: open {}: No such file or directory"),
    "input-dir": (["get", "only"], "kratix-status: error: open {}: No such file or directory"),
    "lock-timeout": (["set", "a", "b"],
                     "kratix-status: error: option --lock-timeout {}: must be seconds or a duration such as 10s or 500ms, at most a day (24h)"),
    "from": (["get", "url"], "kratix-status: error: option --from {}: unknown source"),
    "file": (["get", "url"], "kratix-status: error: open {}: No such file or directory"),
    "prefix": (["import", "in.yaml", "h=host"], "kratix-status: error: import: --prefix goes with --terraform"),
    "default": (["get", "missing"], "{}"),
    "output": (["get", "url"], "kratix-status: error: option -o {}: unknown format"),
    "reason": (["condition set", "Ready", "False"],
               "kratix-status: error: condition Ready.reason: must be a word in CamelCase, such as BackupFinished, not \"{}\""),
    "message": (["condition set", "Ready", "False", "--reason", "A"], ["condition", "get", "Ready", "message"]),
    "max-attempts": (["retry", "10m"], "kratix-status: error: option --max-attempts {}: must be a whole number, 1 or more"),
    "then-suspend": (["retry", "--max-attempts", "3", "10m"], ["get", "message"]),
    "timeout": (["publish"], "kratix-status: error: option --timeout {}: must be seconds or a duration such as 10s or 500ms, at most a day (24h)"),
    "min-interval": (["publish"], "kratix-status: error: option --min-interval {}: must be seconds or a duration such as 10s or 500ms, at most a day (24h)"),
    "directory": (["destination set", "zone=eu"], ["destination", "list"]),
    "condition": (["fail", "text"], "kratix-status: error: fail: --condition and --reason go together"),
}

failures = 0


def complain(what, words, expected, seen):
    global failures
    failures += 1
    if failures <= 20:
        print(f"{what}: kratix-status {' '.join(map(repr, words))}\n  expected {expected}\n  seen     {seen}")


def make_directories():
    shutil.rmtree("kratix", ignore_errors=True)
    METADATA.mkdir(parents=True)
    (METADATA / "status.yaml").write_bytes(STATUS)
    pathlib.Path("kratix/input").mkdir()
    pathlib.Path("kratix/input/object.yaml").write_text(OBJECT)
    pathlib.Path("secret.yaml").write_text(f"a: {SECRET}\n")
    pathlib.Path("in.yaml").write_text("host: {name: x}\nyes: a\n")
    pathlib.Path("one.yaml").write_text("other: 1\nurl: one\n")
    pathlib.Path("two.yaml").write_text("url: two\n")
    pathlib.Path("tf.json").write_text('{"name": {"sensitive": false, "type": "string", "value": "x"}}')


def text_of(name):
    path = METADATA / name
    return path.read_bytes() if path.exists() else None


def run(words, environment={}, then=None):
    """Exit code, standard output, standard error, status.yaml, and the other file that there is; and then as before. `then`: of another run."""
    fixed = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "KRATIX_ROOT": "kratix", "KRATIX_PIPELINE_NAME": "gate",
             "SOURCE_DATE_EPOCH": "1700000000"}
    for each in (words, then):
        if each is not None:
            done = subprocess.run([BINARY, *each], env={**fixed, **environment}, stdin=subprocess.DEVNULL, capture_output=True,
                                  close_fds=False, check=False)
    status, other = text_of("status.yaml"), None
    if status != STATUS:
        (METADATA / "status.yaml").write_bytes(STATUS)
    for name in ("workflow-control.yaml", "destination-selectors.yaml"):
        if text_of(name) is not None:
            other = text_of(name)
            (METADATA / name).unlink()
    return done.returncode, done.stdout, done.stderr, status, other


def first_line(seen):
    return (seen[1] + errors_only(seen[2])).decode().split("\n")[0]


def errors_only(text):
    return b"".join(line for line in text.splitlines(True) if not line.startswith(b"kratix-status: warning: "))


def dry_run(command, seen):
    if command == "quote" or (seen[3] == STATUS and seen[4] is None):
        return seen[1]
    return seen[4] if seen[4] is not None else seen[3]


def read_help():
    """Every command, with its own options: name, letter or None, whether it takes a value; and those of every command."""
    def options_in(text, title):
        found = re.search(rf"\n{title}:\n((?:  .*\n)+)", text)
        lines = re.findall(r"^ {2}(?:-(\w), | {4})--([a-z-]+)( [A-Z]+)? ", found.group(1) if found else "", re.M)
        return [(name, letter or None, bool(value)) for letter, name, value in lines]

    overview = run(["help"])[1].decode()
    names = re.findall(r"^  ([a-z-]+) ", re.search(r"\nCommands:\n((?:  .*\n)+)", overview).group(1), re.M)
    commands = {}
    for name in names:
        text = run(["help", name])[1].decode()
        for full in dict.fromkeys(re.findall(rf"^  kratix-status ({name}(?: [a-z]+)?)\b", text, re.M)) if name in GROUPS else [name]:
            commands[full] = options_in(run(["help", *full.split()])[1].decode(), "Options")
    return commands, options_in(overview, "Options")


def spellings(option, value):
    """Every way to give an option and its value: a list of words each."""
    name, letter, takes_value = option
    if not takes_value:
        return [[f"--{name}"]] + ([[f"-{letter}"], [f"-{letter}{letter}"]] if letter else [])
    forms = [[f"--{name}", value], [f"--{name}={value}"]]
    if letter:
        forms += [[f"-{letter}", value], [f"-q{letter}", value]] + ([[f"-{letter}{value}"], [f"-q{letter}{value}"]] if value else [])
    return forms


def lines(command, operands, words):
    """The command line with `words` at every place where the options of `command` may be, beside other options and "--"."""
    front = command.split()
    yield [*front, *words, *operands]
    yield [*front, *words, "-q", *operands]
    yield [*front, "--lock-timeout", "3", *words, *operands]
    if command == "condition set":
        for at in range(1, len(operands) + 1):
            if operands[at - 1] not in ("--reason", "--message"):
                yield [*front, *operands[:at], *words, *operands[at:]]
        yield [*front, *words, *operands[2:], "--", *operands[:2]]
    elif not any(operand.startswith("-") for operand in operands):
        yield [*front, *words, "--", *operands]


def quiet(command, seen):
    return GLOBAL["quiet"](command, seen)


def check(what, words, expected, environment={}, then=None):
    """`expected`: what is seen of the run; standard error without the warnings."""
    seen = run(words, environment, then)
    seen = (*seen[:2], errors_only(seen[2]), *seen[3:])
    if seen != expected:
        complain(what, words, expected, seen)


def own():
    """The options of one command: they have an effect, the same in every form; the last one counts."""
    for command, options in read_help()[0].items():
        for option in options:
            row = OWN.get((command, option[0]))
            if row is None:
                complain("no row in OWN", [command, "--" + option[0]], "", "")
                continue
            operands, value, other = (*row, None, None)[:3]
            expected = quiet(command, run([*command.split(), *spellings(option, value)[0], *operands]))
            for what, words in ("without the option", []), ("with another value", spellings(option, other)[0] if other else []):
                if (command, option[0]) in WITHOUT_EFFECT_HERE:
                    continue
                if quiet(command, run([*command.split(), *words, *operands])) == expected:
                    complain("no effect, " + what, [command, "--" + option[0]], "another outcome", expected)
            for form in spellings(option, value):
                for earlier in spellings(option, other or value) + [[]]:
                    for words in lines(command, operands, [*earlier, *form]):
                        check("own option", words, expected)


def everywhere():
    """The options of every command: with each command, before and behind its name."""
    commands, options = read_help()
    for command in commands:
        if command not in OPERANDS:
            complain("no row in OPERANDS", [command], "", "")
            continue
        plain = run([*command.split(), *OPERANDS[command]])
        for option in options:
            row = GLOBAL[option[0]]
            value, environment = row if isinstance(row, tuple) else (None, {})
            expected = quiet(command, plain if isinstance(row, tuple) else row(command, plain))
            name, *subcommand = command.split()
            for form in spellings(option, value):
                places = [[*form, name, *subcommand], ["-q", *form, "--", name, *subcommand], [*form, "-q", name, *subcommand]]
                if subcommand:
                    places.append([name, *form, *subcommand])
                for words in places:
                    check("option before the command", [*words, *OPERANDS[command]], expected, environment)
                if command != "quote":
                    for words in lines(command, OPERANDS[command], form):
                        check("option behind the command", words, expected, environment)


def values():
    """A value is data, whatever it looks like."""
    commands, options = read_help()
    known = {option for own_options in commands.values() for option in own_options if option[2]} | {option for option in options if option[2]}
    for option in sorted(known):
        if option[0] not in ANSWERS:
            complain("no row in ANSWERS", ["--" + option[0]], "", "")
            continue
        (command, *operands), answer = ANSWERS[option[0]]
        for value in HOSTILE:
            shown = value or ('""' if "option -" in answer else "")
            expected = value if isinstance(answer, list) else answer.format(shown)
            if (option[0], value) == ("reason", "true"):
                expected = ""
            elif (option[0], value) == ("file", "-"):  # standard input, which is empty
                expected = ""
            elif option[0] == "directory" and value:
                expected += "\tzone=eu"
            elif value == "" and option[0] in ("root", "metadata-dir", "input-dir", "directory", "file"):
                expected = f"kratix-status: error: option --{option[0]}: is empty"
            for form in spellings(option, value):
                for words in lines(command, operands, form):
                    # MESSAGE is seen with another command.
                    is_empty_directory = option[0] == "directory" and value == ""
                    then = answer if isinstance(answer, list) and not is_empty_directory else None
                    seen = first_line(run(words, then=then))
                    if seen != expected:
                        complain("value", words, expected, seen)


def operands():
    """What follows the first operand is data, whatever it looks like and whether or not there are options in front."""
    commands, options = read_help()
    words = {word for option in options + sum(commands.values(), []) for form in spellings(option, "x") for word in form}
    for command in commands:
        front = command.split()
        if command in ("quote", "condition set"):
            continue
        own_words = {f"--{name}" for name, _, _ in commands[command]} | {"-q", "--root=x", "--", "--help"}
        for word in sorted(words | set(HOSTILE) if command == "set" else own_words):
            expected = quiet(command, run([*front, "x", word]))
            for line in ["-q", *front, "x", word], [*front, "-q", "x", word], [*front, "--", "x", word], [*front, "-q", "--", "x", word]:
                check("operand", line, expected)
            if command == "set" and first_line(run([*front, "-q", "x", word], then=["get", "x"])) != word:
                complain("not data", [*front, "-q", "x", word], word, expected)
    for word in sorted(words | set(HOSTILE)):
        for line in ["quote", word], ["-q", "quote", word], ["-q", "--", "quote", word]:
            if json.loads(run(line)[1]) != word:
                complain("not data", line, word, run(line))


def check_error(words, expected):
    seen = run(words)
    if (seen[0], first_line(seen), seen[3:]) != (2, "kratix-status: error: " + expected, (STATUS, None)):
        complain("error", words, expected, seen)


def errors():
    """A value too few, or one too many."""
    commands, options = read_help()
    for command, own_options in commands.items():
        if command == "quote":
            continue
        for name, letter, takes_value in own_options + options:
            front = command.split()
            if takes_value:
                metavar = re.search(rf"--{name} ([A-Z]+)", run(["help", *front])[1].decode()).group(1)
                check_error([*front, "--" + name], f"option --{name}: needs a value: --{name} {metavar}")
                check_error([*front, "-q", "--" + name], f"option --{name}: needs a value: --{name} {metavar}")
                for short in (["-" + letter], ["-q" + letter]) if letter else ():
                    check_error([*front, *short], f"option -{letter}: needs a value: -{letter} {metavar}")
            else:
                for value in ("", "1", "true", "false", "{}", "=", "--"):
                    check_error([*front, f"--{name}={value}", *OPERANDS[command]], f"option --{name}: takes no value")
    for name, _, takes_value in options:
        if takes_value:
            check_error(["--" + name], re.sub(r"\$", name, f"option --$: needs a value: --$ {'DURATION' if name == 'lock-timeout' else 'DIR'}"))


def unknown():
    """An option of another command is none of this one; nor is a letter, or what is only nearly an option."""
    commands, options = read_help()
    names = {name for own_options in commands.values() for name, _, _ in own_options}
    letters = {letter for own_options in [*commands.values(), options] for _, letter, _ in own_options if letter}
    for command, own_options in commands.items():
        if command == "quote":
            continue
        front = command.split()
        for name in sorted(names - {name for name, _, _ in own_options}):
            check_error([*front, "--" + name, *OPERANDS[command]], f"option --{name}: unknown")
            check_error([*front, f"--{name}=x", *OPERANDS[command]], f"option --{name}: unknown")
        mine = {letter for _, letter, _ in own_options + options if letter}
        for letter in sorted((letters | set("xvV5\u00e9")) - mine):
            check_error([*front, "-" + letter, *OPERANDS[command]], f"option -{letter}: unknown")
            check_error([*front, f"-q{letter}x", *OPERANDS[command]], f"option -q{letter}x: unknown")
        for word in ("---", "---x", "-q-", "-q--", "-q-quiet", "-q-version", "-q--help", "- x", "-!"):
            check_error([*front, word, *OPERANDS[command]], f"option {word}: unknown")


def main():
    make_directories()
    {"own": own, "global": everywhere, "values": values, "operands": operands, "errors": errors, "unknown": unknown}[sys.argv[1]]()
    if failures > 20:
        print(f"and {failures - 20} more")
    return 1 if failures else 0


sys.exit(main())
