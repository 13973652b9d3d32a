"""hostile.py TABLE: hostile strings as values and as keys, through the binary in $KRATIX_STATUS_BINARY.

Tables: values, keys, quote, assignments, imports, together, blocks, alone, shown. Works in the current directory, under kratix/. Prints each
string that did not come back byte for byte, and exits with 1 if there was one. Where PyYAML can be imported, it has to
see the same in the file.
"""
import json
import os
import re
import subprocess
import sys

try:
    import yaml
    LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
except ImportError:
    yaml = None

BINARY = os.environ["KRATIX_STATUS_BINARY"]
STATUS = "kratix/metadata/status.yaml"

WORDS = """y Y n N yes Yes YES no No NO yEs on On ON off Off OFF true True TRUE tRue false False FALSE null Null NULL nULL
~ nil none None undefined .inf .Inf .INF -.inf +.inf .nan .NaN .NAN inf nan Infinity NaN
0 00 01 007 010 0o10 0O10 0x10 0X1F 0b11 0B1 0b12 1_000 _1 1_ 1__0 +1 -1 -0 +0 -0.0 1. .5 -.5 +.5 1.0 1.10 1.2.3 v1.2.3
1e3 1E3 1e+3 1e-3 12e3 1234e56 0e12345 12e4567 1e400 -1e400 5e6b7c8 e12 1e 1e+ 0x 0xg 0b 0o 0.1e1 .1e1 ._1
9007199254740993 123456789012345678901234567890 -9223372036854775808 18446744073709551616
1:30 12:30:45 190:20:30 -1:30 1:2:3:4 2023-01-01 2023-1-1 2023-01-01T00:00:00Z 2023-01-01t00:00:00+01:00 0001-01-01
= << <<: <<<<<<< - -- --- ---- ... .... ? : :: , , [ ] { } [] {} [a,b] {a:b} {a:1} & &a * *a ! !! !a !!str !!int !!binary
| |- |+ > >- >+ % %YAML %TAG @ @a ` `a` # #a a#b a:b a: :a a:: http://x:1 ::1 127.0.0.1:80 host:port
' '' "' " "" \\" \\ \\n \\\\ \\x41 \\u0041 \\/ / // C:\\dir a'b it's a"b "a" 'a' "a 'a
-foo --json --help --print --once -- -q -5 -h - _ . .. a.b a[0] a.b=c a=b a:=b a@=b =b :=1 @=f @f
{{name}} {{.Values.x}} ${name} $name $(date) `date` %s %d %% $$ \\$ \\0 ;ls &&ls |ls *.yaml ~/x !! !$
message status kratix conditions null: true: "null" 'true' (null) <nil> <no_value> nil: []: {}: key:value""".split()

SPACED = [
    "", " ", "  ", "\t", "\n", "\n\n", "\r", "\r\n", "\r\r", " \n", "\n ", "\t\n", "a\n", "a\n\n", "\na", "\n\na", "a\nb",
    "a\n\nb", "a\n b", " a\nb", "a \nb", "a\n\tb", "a\r\nb", "a\rb", "a\nb\n\n\n", " a", "a ", "  a  ", "\ta", "a\t",
    "a\tb", "a: b", "a : b", "a:\tb", "a:\nb", ": a", ": ", "a #b", "a # b", " # a", "# a", "#", "\n#", "a\n# b", "- a",
    "-\ta", "? a", "- - a", "a: - b", "key: {a: 1}", "[a, b]", "{a: 1, b: 2}", '{"a": 1}', '["a"]', '{"a":"\\/"}',
    "--- a", "---\na", "a\n---\nb", "a\n...\nb", "...\n", "--- |\n a", "%YAML 1.2\n---\na", "| a", "|\n a", ">\n a",
    "& a", "* a", "! a", "!!str a", "!!python/object:x", "<<: *a", "a, b", "a ,b", "yes no", "null null", "1 2", "0x10 ",
    " true", "true ", "true\n", "\ntrue", "1\n", " 1", "1 ", "~ ", "y\n", "it's a \"test\"", "\\ ", " \\", "a\\\nb",
    "a\\", "\\\n", "\"\n\"", "'\n'", "a'\n'b", "Thu Jan 28 15:00:00 UTC 2021", "Mon, 02 Jan 2006 15:04:05 MST",
    "run 'vault kv list secret/default/x/' to see the secrets", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
    "a: |\n  b\n  c\n", "line 1\n  line 2\n\tline 3\n\n\nline 6 ", "<html>&amp;</html>", "$(rm -rf /)", "%{x} #{y}",
    "postgres://u@h:5432/d?sslmode=off#x:p@y", "key=value key:=1 key@=file", "100%", "50 %", "1,000", "1 000", "$1.00",
]

UNICODE = [
    "\u0085", "a\u0085b", "\u2028", "a\u2028b", "\u2029", "a\u2029b", "\u0085\n\u2028", " \u0085 ", "\ufeff", "a\ufeffb",
    "\ufeffa", "a\n\ufeffb", "\u00a0", " \u00a0 ", "a\u00a0b", "\u200b", "\u200d", "\u200e", "\u202e abc", "\u2066x\u2069",
    "\ufffe", "\uffff", "\ufffd", "\ufffc", "\ufdd0", "\U0001fffe", "\U0010ffff", "\U00010000", "\ud7ff", "\ue000",
    "\U0001f600", "a \U0001f468\u200d\U0001f469\u200d\U0001f467 b", "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627",
    "\u65e5\u672c\u8a9e", "e\u0301", "\u00e9", "\u0301", "\u00df", "\u0130", "\u0001", "\u0007", "\u0008", "\u000b",
    "\u000c", "\u001b[31mred\u001b[0m", "\u001f", "\u007f", "\u0080", "\u0084", "\u0086", "\u009f", "a\u0001b", "a\u007fb",
    "a\u009bb", "\u00ad", "\u061c", "\u180e", "\u2000", "\u3000", "\uff1a", "\uff03", "\u2018a\u2019", "\u201ca\u201d",
    "\u0661\u0662", "\u00bd", "\u2160", "\u00a0true", "true\u00a0", "\u3000a",
]

LONG = ["x" * 79, "x" * 80, "x" * 81, "a b " * 40, "a" * 997, "a" * 1000, "a" * 1001, "a" * 1024, "a" * 1025, '"' * 512, "\n" * 500,
        "\u00e9" * 1022, "\U0001f600" * 300, " " * 2000, "- " * 900, "word " * 400 + "\n" + "word " * 400]
VERY_LONG = ["x" * 50000, "\\" * 30000, "\u0085" * 20000, ("line\n" * 9 + "\n") * 1000]

HOSTILE = list(dict.fromkeys(WORDS + SPACED + UNICODE + LONG))


class Failures:
    def __init__(self):
        self.count = 0

    def add(self, what, text, expected, seen):
        self.count += 1
        if self.count <= 20:
            print(f"{what}: {ascii(text)[:200]}\n  expected {ascii(expected)[:300]}\n  seen     {ascii(seen)[:300]}")


failures = Failures()


def run(*arguments, given=None):
    """The standard output, or None, and the failure noted."""
    done = subprocess.run([BINARY, *arguments], input=given, stdin=None if given is not None else subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode == 0 and not done.stderr:
        return done.stdout
    failures.add(f"exit code {done.returncode}", arguments, b"", done.stderr)
    return None


def fresh():
    if os.path.exists(STATUS):
        os.remove(STATUS)


def quoted(key):
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " else f"\\u{ord(c):04X}" for c in escaped) + '"'


def check(what, text, expected, seen):
    if seen is not None and seen != expected:
        failures.add(what, text, expected, seen)


def check_file(expected, text):
    """What PyYAML sees in the file."""
    if yaml is None:
        return
    with open(STATUS, "rb") as file:
        try:
            seen = yaml.load(file.read(), LOADER)
        except yaml.YAMLError as error:
            seen = error
    check("PyYAML", text, expected, seen)


def json_of(output):
    return None if output is None else json.loads(output)


def check_value(text, key="k"):
    check("get", text, text.encode() + b"\n", run("get", key))
    check("get -o json", text, text, json_of(run("get", "-o", "json", key)))


def values():
    for text in HOSTILE + VERY_LONG:
        fresh()
        if run("set", "k", text) is not None:
            check_value(text)
            check_file({"k": text}, text)


def keys():
    for text in HOSTILE:
        fresh()
        path = quoted(text)
        if run("set", "--", "top." + path, "v") is None:
            continue
        check("get by key", text, b"v\n", run("get", "--", "top." + path))
        check("get by [key]", text, b"v\n", run("get", "--", f"top[{path}]"))
        check("map as JSON", text, {text: "v"}, json_of(run("get", "-o", "json", "top")))
        check_file({"top": {text: "v"}}, text)


def quote():
    """Every string as a segment of a KEY, made by `quote`: by itself, below a key, in brackets, and in assignments."""
    for number, text in enumerate(HOSTILE):
        printed = run("quote", text)
        if printed is None:
            continue
        key = printed.decode().removesuffix("\n")
        check("JSON of quote", text, text, json.loads(key))
        check("lines of quote", text, 1, len(printed.splitlines()))
        fresh()
        expected = {"m": {text: "w"}, "n": {text: {"x": "v"}}}
        whole = [] if text in ("kratix", "conditions", "m", "n") else [key + "=v"]  # Kratix's own in quotes, too
        expected.update({text: "v"} if whole else {})
        run("set", f"m.{key}=v", f"n[{key}].x=v", *whole)
        run("set", f"m.{key}", "w")
        check("get by quote", text, b"w\n", run("get", f"m.{key}"))
        check("the file as JSON", text, expected, json_of(run("get", "--from", "file", "-o", "json")))
        check_file(expected, text)
        if whole:
            run("set", key, "again")
            check("get of the whole key", text, b"again\n", run("get", key))
        if number % 5:
            continue
        check("exists by quote", text, b"", run("exists", f"n.{key}"))
        check("keys by quote", text, b"x\n", run("keys", f"n.{key}"))
        run("unset", f"m.{key}")
        run("append", f"m.{key}", "v")
        check("append by quote", text, {text: ["v"]}, json_of(run("get", "-o", "json", "m")))


def assignments():
    for text in HOSTILE:
        fresh()
        path = quoted(text)
        if run("set", "k=" + text, f"m.{path}={text}") is not None:
            check_value(text)
            check("get -o json m", text, {text: text}, json_of(run("get", "-o", "json", "m")))
        run("set", "f@=-", given=text.encode() + b"\n")
        check("set f@=-", text, text.encode() + b"\n", run("get", "f"))


def imports():
    """Every string as a field of a document, by its key and by a selector: printed, and imported into the status."""
    for text in HOSTILE:
        fresh()
        key = quoted(text)
        given = json.dumps({"m": {text: text}, "l": [{"other": 1}, {text: text, "v": text}]}).encode()
        by_selector = f"l[{key}={key}].v"
        check("get --file", text, text.encode() + b"\n", run("get", "--file", "-", "m." + key, given=given))
        check("get --file by selector", text, text.encode() + b"\n", run("get", "--file", "-", by_selector, given=given))
        run("import", "-", f"top.{key}=m.{key}", f"one={by_selector}", given=given)
        check("import", text, {"top": {text: text}, "one": text}, json_of(run("get", "--from", "file", "-o", "json")))
        check("get by selector", text, None if run("set", "--json", "l", json.dumps([{"k": text, "v": "x"}])) is None else b"x\n",
              run("get", f"l[k={key}].v"))
        outputs = json.dumps({text: {"sensitive": False, "type": "string", "value": text}}).encode()
        run("import", "--terraform", "--prefix", "tf", "-", text, given=outputs)
        check("import --terraform", text, {text: text}, json_of(run("get", "-o", "json", "tf")))


def together():
    """All in one file, as values and keys at once; `keys` prints what `get` takes."""
    fresh()
    everything = {"all": {text: text for text in HOSTILE}, "list": HOSTILE}
    given = json.dumps(everything).encode()
    run("merge", given=given)
    check("merge of JSON", "", everything, json_of(run("get", "--from", "file")))
    check_file(everything, "")
    with open(STATUS, "rb") as file:
        text = file.read()
    fresh()
    run("merge", given=text)
    check("merge of the file written", "", everything, json_of(run("get", "--from", "file")))
    fresh()
    single = [text for text in HOSTILE if text not in ("kratix", "conditions", "message")]
    for parent in ("single", ""):
        fresh()
        members = {text: text for text in single}
        run("-q", "merge", given=json.dumps({parent: members} if parent else members).encode())
        printed = run("keys", *([parent] if parent else [])).decode().split("\n")[:-1]
        check("number of keys printed", "", len(single), len(printed))
        for text, key in zip(single, printed):
            check("get of a key as `keys` prints it", key, text.encode() + b"\n", run("get", f"{parent}.{key}" if parent else key))


def scalar_values():
    return [chr(c) for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]


def blocks():
    """Every Unicode scalar value, in strings of 4096 in a row: as a value by file and by argument, and as a key."""
    every = scalar_values()
    for start in range(0, len(every), 4096):
        text = "".join(every[start:start + 4096])
        fresh()
        run("set", "k@=-", given=text.encode() + b"\n")
        check_value(text)
        text = text.replace("\0", "")
        run("set", "--", "m." + quoted(text), text)
        check("get by key", f"from {start:#x}", text.encode() + b"\n", run("get", "--", "m." + quoted(text)))


def alone():
    """Every Unicode scalar value as a value and a key of its own."""
    every = scalar_values()
    for start in range(0, len(every), 16384):
        fresh()
        expected = {c: c for c in every[start:start + 16384]}
        run("-q", "merge", given=json.dumps({"m": expected}, ensure_ascii=False).encode())
        check("get -o json", f"from {start:#x}", expected, json_of(run("get", "-o", "json", "m")))
        if start < 0x10000:
            check_file({"m": expected}, f"from {start:#x}")


# What a terminal obeys, what shows nothing, what reorders text: Cc, Cf, Zl, Zp, Default_Ignorable_Code_Point, U+FFFE and
# U+FFFF of Unicode.
INVISIBLE = [chr(c) for first, last in (
    (0x0, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE00FF),
    (0xE0FFE, 0xE0FFF)) for c in range(first, last + 1)]
COMMANDS = ["::error::x", " \u00a0::error::x", "##[error]x", "a ##vso[task.x]y"]


def is_command(line):
    return line.lstrip().startswith("::") or "##[" in line or "##vso[" in line.lower()


def as_yaml(value):
    """JSON that YAML 1.1 readers take: they know no surrogates."""
    return re.sub(r"\\ud[89ab]..\\ud[c-f]..", lambda pair: json.loads(f'"{pair[0]}"'), json.dumps(value))


def shown_by(*arguments, given=None, **variables):
    """Both streams in one, which must hold nothing invisible but line breaks and tabs, and no command of a CI runner."""
    done = subprocess.run([BINARY, *arguments], input=given, stdin=None if given is not None else subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, **variables})
    text = done.stdout.decode()
    # JSON, which `get` prints too, keeps what it could escape as surrogates alone.
    as_json = "json" in arguments or "merge-patch" in arguments or (arguments[0] == "get" and "-o" not in arguments)
    allowed = {"\n", "\t"} | {c for c in INVISIBLE if as_json and ord(c) > 0xFFFF}
    raw = sorted(set(text) & set(INVISIBLE) - allowed) + [line for line in text.split("\n") if is_command(line)]
    check(f"what {arguments} shows", "", [], raw)
    if done.returncode > 1 and arguments[-1] != "broken":
        failures.add(f"exit code {done.returncode}", arguments, b"", done.stdout)
    return text


def write_status(text):
    with open(STATUS, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def shown():
    """Nothing but `get` of a string, `keys` and --dry-run lets a hostile character or a CI command reach a terminal or a log."""
    pieces = [f"x{c}y" for c in INVISIBLE] + COMMANDS
    condition = [{"type": p, "status": "True", "reason": p, "message": p, "lastTransitionTime": p} for p in pieces]
    status = {"map": {p: p for p in pieces}, "conditions": condition}
    write_status(as_yaml(status))
    check("get", "", status, json.loads(shown_by("get")))
    check("get map", "", status["map"], json.loads(shown_by("get", "map")))
    check("get -o json", "", status, json.loads(shown_by("get", "-o", "json")))
    check("condition list -o json", "", condition, json.loads(shown_by("condition", "list", "-o", "json")))
    shown_by("condition", "list", "-o", "yaml")
    if yaml is not None:
        check("get -o yaml", "", status, yaml.load(shown_by("get", "-o", "yaml"), LOADER))
    for command in (["condition", "list"], ["validate"], ["validate", "-o", "json"]):
        shown_by(*command)
    write_status(as_yaml({"map": status["map"]}))
    check("preview -o json", "", status["map"], json.loads(shown_by("preview", "-o", "json"))["map"])
    check("preview -o merge-patch", "", status["map"], json.loads(shown_by("preview", "-o", "merge-patch"))["status"]["map"])
    for command in (["preview"], ["diff"], ["preview", "-o", "table"]):
        shown_by(*command)
    for piece in pieces:
        if ord(piece[1]) > 0xFFFF and ord(piece[1]) % 0x40 not in (0, 0x3F):
            continue  # two ends of each block are enough
        write_status(as_yaml({"message": piece}))
        name = piece.replace("\0", "")
        shown_by("preview", "-o", "table", KRATIX_OBJECT_NAME=name)
        # Messages about arguments and about the text of a file.
        shown_by("set", "--", "a" + name, "b", "broken")
        shown_by("condition", "get", "Reconciled", name, "broken")
        shown_by("validate", name.replace("/", ""), "broken")
        shown_by("import", "-", quoted(name), "broken")
        for text in (piece + ": [\n", "k: *" + piece, piece + "\n", "a: 1\n" + piece + ": x\n" + piece + ": y\n"):
            write_status(text)
            shown_by("validate")
            shown_by("diff", "broken")
            shown_by("get", "nothing", "broken")


if len(HOSTILE) < 150:
    sys.exit("the table has shrunk")
globals()[sys.argv[1]]()
if failures.count:
    sys.exit(f"{failures.count} failures in the table {sys.argv[1]}")
