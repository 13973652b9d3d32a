#!/usr/bin/env python3
"""Values that are hard to write as YAML: hostile strings, border numbers, random nested maps.

    values.py strings                     every hostile string, as value and as key:   {"name", "json"} a line
    values.py numbers                     every border number
    values.py random [SEED [COUNT]]       COUNT random maps (1000) from SEED (1); the seed is printed on stderr

The same seed gives the same values on every machine and with every Python from 3.10 on. Integers stay within 2^53, and
strings are made of whole code points: what kratix-status has to write faithfully, and Kratix to read back.
"""

import json
import random
import struct
import sys

# Words and numbers that one reader or another takes for something else than text.
BOOLEANS = "y Y n N yes Yes YES no No NO on On ON off Off OFF true True TRUE false False FALSE".split()
NEAR_BOOLEANS = "yEs oN nO tRUE fALSE yess t f T F".split()
NULLS = ["", "~", "null", "Null", "NULL", "nULL", "nil", "None", "~x"]
INTEGERS = (
    "0 -0 +0 +1 -1 42 007 010 0644 014 08 0189 098765432109 001234567012 012345678901 0o14 0O14 0o10 0x10 0X10 0xff "
    "0xDEADBEEF -0x1 0b11 -0b11 0B11 1_000 1__000 1_ _1 0x_FF 0_7 +_1 "
    "9007199254740991 9007199254740992 9007199254740993 "
    "9223372036854775807 9223372036854775808 -9223372036854775808 18446744073709551615 18446744073709551616 "
    "123456789012345678901234567890"
).split()
FLOATS = (
    "1.0 1.10 1. .5 5. -.5 +.5 . .. 1e3 1E3 1e+3 1e-3 12e3 12.e3 7e3 0.1e5 1e10 0e12345 1e400 -1e400 12e4567 1234e56 "
    "1e1_0 .5_0 1_0.5 3.14159265358979 1.7976931348623157e308 5e-324 2.2250738585072014e-308 0x1p4 0x1.8p1 .e3 e3 1e "
    ".inf -.inf +.inf .Inf .INF .nan .NaN .NAN inf NaN Infinity -Infinity"
).split()
TIMES = (
    "1:30 12:30:45 190:20:30 -1:30 1:60 01:02:03 2001-12-14 2001-1-1 2023-01-01T00:00:00Z 2001-12-14t21:59:43.10-05:00 "
    "20230101"
).split() + ["2001-12-14 21:59:43.10 -5"]
VERSIONS = "1.2.3 v1.10 1.20 1.30.0 3.9e1 0.10.0-rc.1 1.2.3+b1 2e5 8e2 0e0 5e3d1a2 1e5f000".split()
MARKS = (
    "- ? : , [ ] { } # & * ! | > ' \" % @ ` = << - -- --- ... -5 -a ?a :a ,a [a] {a} #a &a *a !a !!str |- >+ "
    "%YAML @a `a =a <<a a: a# :// ::1 a:b a,b a[ a{ a] a} a& a* a!"
).split() + [
    "- a", "? a", ": a", "a: b", "a #b", "a : b", "a, b", "[a, b", "{a: b", "!a b", "&a b", "*a b", "| a",
    "> a", "--- a",
    "... a", "'a", "a'", "''", "'a'", '"a', 'a"', '""', '"a"', "it's", "\\", "\\n", "a\\", '\\"', "a\\b",
    "%a b", "@a b",
    "null # no", "key: [1, 2", "${NAME}", "$(date)", "{{ .name }}", "<no value>", "%s", "C:\\temp\\new",
]
BLANKS = [
    " ", "  ", " a", "a ", " a ", "a  b", "\t", "\ta", "a\t", "a\tb", "a \t b", " \t ", "\u00a0", "a\u00a0", "\u3000a",
]
BREAKS = [
    "\n", "\n\n", "a\n", "a\n\n", "\na", "\n\na", "a\nb", "a\n\nb", "a\n\n\nb\n\n", " a\nb", "a\n b", "a \nb",
    "a\n\tb", "\ta\nb",
    "\n a", " \na", "a\n ", "a\n \n", "\n \n", "a\n---\nb", "---\n", "a\n...\n", "# a\nb", "a\n# b",
    "a: b\nc: d\n", "- a\n- b\n",
    "\r", "\r\n", "a\rb", "a\r\nb", "a\r\n", "\ra", "a\r", "a\n\rb", "a\n%YAML 1.2\n",
    "line one\n  indented\n\nlast line\n",
]
UNICODE = [
    "é", "ü ß", "日本語", "Привет", "עברית", "😀", "a😀b", "e\u0301", "\u200b", "\u200d", "\u202e", "\u00ad",
    "\ufeff", "a\ufeffb",
    "\ufffd", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U0010ffff", "\U00010000", "\ue000", "\ud7ff", "𝕏",
    "１２", "ÿ", "¼",
    "\u0085", "a\u0085b", "\u0085a", "a\u0085", "\u2028", "a\u2028b", "a\u2028", "\u2029", "a\u2029b",
    "\u2028\u2029", "a\n\u0085b",
    "a\u2028 b", " \u2029a", "é: ü", "é #", "日本語\nにほんご\n",
]
CONTROL_CODES = [*range(0, 9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0x80, 0x84, 0x86, 0x90, 0x9F, 0xA0]
CONTROLS = [chr(code) for code in CONTROL_CODES] + [
    "a\x00b", "a\x07", "\x1b[31mred\x1b[0m", "a\x7fb", "a\x9fb", "\x00\n", "a\x0bb\n", "a\x0c\nb",
]
LONG = [
    "a" * 79, "a" * 80 + " b",
    "word " * 40, "x" * 1022, "x" * 1023, "x" * 1024, "x" * 1025, "é" * 1024, "é" * 1025, '"' * 511,
    '"' * 512, "\\" * 600, "a b" * 400, "yes\n" * 300, "\x01" * 300, "😀" * 260, "0" * 1030, " " * 90 + "a",
]
EVERYDAY = [
    "Instance acme provisioned with preconfigured system metrics", "https://example.com/a?b=c&d=e#f",
    "postgres://u@db:5432/x?y=:p@z",
    "arn:aws:s3:::bucket/key", "10.0.0.1", "fe80::1", "2001:db8::/32", "user@example.com",
    "-----BEGIN KEY-----\nabc=\n-----END KEY-----\n",
    "app.kubernetes.io/name", "100%", "~/.kube/config", "5m", "1h30m", "10Gi", "250m", "1e2-9f", "8e3b1c2",
    "0755", "3.10", "N/A", "no ",
    '{"a": 1}', "[1, 2]", "a=b", "key=value,other=value", "Fri, 3 Jan", "@daily", "* * * * *", "!important",
    "<html>", "a & b", "50% off!",
    "status", "message", "kratix", "conditions",
]

STRINGS = list(dict.fromkeys(
    BOOLEANS + NEAR_BOOLEANS + NULLS + INTEGERS + FLOATS + TIMES + VERSIONS + MARKS + BLANKS + BREAKS + UNICODE
    + CONTROLS + EVERYDAY + LONG))

NUMBERS = [
    0, -0.0, 1, -1, 9, 10, 255, -256, 2**31 - 1, 2**31, 2**32, 2**53 - 1, 2**53, -(2**53), 0.1, -0.1, 0.5, 1.5,
    1e-7, 1e-5, 0.0001,
    1e15 + 0.5, 1e16, 1e17, 123456789012345680.0, 1e20, 1e21, 1e22, 1.5e300, 1.7976931348623157e308,
    -1.7976931348623157e308,
    2.2250738585072014e-308, 5e-324, -5e-324, 3.141592653589793, 2.718281828459045e-10, 1 / 3, 2 / 3, 0.1 + 0.2,
    100.0, 1e2, 1e100, 4.35,
    9007199254740993.0, 9223372036854775807.0, 18446744073709551616.0, 4503599627370496.5, 16777217,
    0.30000000000000004, 1e-320,
]

ALPHABETS = [
    "abcdefghijklmnopqrstuvwxyz", "ABCxyz0189", "0123456789", "0123456789abcdef", "0123456789.eE+-_",
    "yYnNoOfFtTrRuUeEsSlLaA~",
    " \t\n", "abc \n", "ab:#- ", ":,[]{}#&*!|>'\"%@`?-=<", "\"'\\/ \n", "a\r\n", "éüß日本語😀",
    "a\u0085\u2028\u2029 ", "\x00\x01\x07\x1b\x7f\x80\x9f",
    "\ufeff\ufffe\uffff\U0010ffff\ue000a",
]


def random_string(source):
    kind = source.random()
    if kind < 0.35:
        return source.choice(STRINGS[:-len(LONG)])
    if kind < 0.45:
        return "".join(source.choice(STRINGS[:-len(LONG)]) for _ in range(source.randint(2, 3)))
    letters = source.choice(ALPHABETS) + (source.choice(ALPHABETS) if kind > 0.8 else "")
    return "".join(source.choice(letters) for _ in range(source.randint(0, 12)))


def random_number(source):
    kind = source.random()
    if kind < 0.3:
        return source.choice(NUMBERS)
    if kind < 0.6:
        return source.randint(-1000, 1000)
    if kind < 0.7:
        return source.randint(-(2**53), 2**53)
    if kind < 0.85:
        return source.randint(-(10**6), 10**6) / 10 ** source.randint(0, 6)
    while True:
        number = struct.unpack("<d", source.getrandbits(64).to_bytes(8, "little"))[0]
        if number - number == 0:
            return number


def random_value(source, depth):
    kind = source.random()
    if depth > 0 and kind < 0.2:
        return [random_value(source, depth - 1) for _ in range(source.randint(0, 4))]
    if depth > 0 and kind < 0.4:
        return random_map(source, depth - 1)
    if kind < 0.8:
        return random_string(source)
    return random_number(source) if kind < 0.92 else source.choice([None, True, False])


def random_map(source, depth, size=4):
    return {random_string(source): random_value(source, depth) for _ in range(source.randint(0, size))}


# Types of conditions, few enough to meet again on the other side.
TYPES = ["Ready", "Other", "ConfigureWorkflowCompleted", "Reconciled", "", "yes", "example.com/Ready", "é\n\u2028"]


def random_condition(source):
    kind = source.random()
    if kind < 0.1:
        return random_value(source, 2)
    condition = random_map(source, 1, 3)
    if kind < 0.9:
        condition["type"] = source.choice(TYPES) if kind < 0.8 else random_string(source)
    elif kind < 0.95:
        condition["type"] = random_value(source, 1)
    return condition


def random_status(source):
    status = random_map(source, source.randint(0, 3), 5)
    if source.random() < 0.5:
        status["message"] = "Pending" if source.random() < 0.5 else random_value(source, 1)
    if source.random() < 0.7:
        conditions = [random_condition(source) for _ in range(source.randint(0, 6))]
        status["conditions"] = conditions if source.random() < 0.9 else random_value(source, 1)
    return status


def status_pairs(seed, count):
    """A previous status and a status.yaml, which have some of their keys in common."""
    source = random.Random(seed)
    for index in range(count):
        previous, incoming = random_status(source), random_status(source)
        for key in list(incoming):
            if source.random() < 0.3:
                previous[key] = random_value(source, 2)
        previous.pop("kratix", None)  # Kratix's own, with a shape of its own
        yield f"pair/{seed}/{index}", previous, incoming


def string_cases():
    for index, text in enumerate(STRINGS):
        yield f"string/{index}", {"value": text, "list": [text, {"in": text}], text: {text: text}}


def number_cases():
    for index, number in enumerate(NUMBERS):
        yield f"number/{index}", {"value": number, "list": [number, -number]}


def random_cases(seed, count):
    source = random.Random(seed)
    for index in range(count):
        yield f"random/{seed}/{index}", random_map(source, source.randint(0, 4), 5)


def main():
    what, *rest = sys.argv[1:] or [""]
    seed, count = (int(rest[0]) if rest else 1), (int(rest[1]) if len(rest) > 1 else 1000)
    if what == "random":
        print(f"values.py: seed {seed}, {count} maps", file=sys.stderr)
    cases = {"strings": string_cases, "numbers": number_cases, "random": lambda: random_cases(seed, count)}.get(what)
    if cases is None:
        sys.exit(__doc__)
    for name, value in cases():
        print(json.dumps({"name": name, "json": value}))


if __name__ == "__main__":
    main()
