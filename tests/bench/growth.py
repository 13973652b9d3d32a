"""How the instructions of a command grow with its input, for documents and operands that a hostile or careless author
could give: the exponent of the size, by doubling it. 1 is linear."""

import math
import pathlib
import tempfile

import callgrind


class Case:
    """`make(n)` gives the arguments and what the files hold: "status", "object" and others by their names. A command that
    refuses its input ends with `code`, or one of these."""

    def __init__(self, command, shape, make, size, code=0):
        self.command, self.shape, self.make, self.size, self.code = command, shape, make, size, code

    def count(self, binary, size):
        arguments, files = self.make(size)
        with tempfile.TemporaryDirectory() as temporary:
            directory = pathlib.Path(temporary)
            for name in ("input", "metadata"):
                (directory / name).mkdir()
            places = {"status": directory / "metadata/status.yaml", "object": directory / "input/object.yaml"}
            for name, text in files.items():
                places.get(name, directory / name).write_text(text)
            arguments = [argument.replace("{directory}", temporary) for argument in arguments]
            return callgrind.count([str(binary), *arguments], directory, self.code)

    def counts(self, binary, doublings):
        """At `size`, twice that, and so on; None where the command did not end as it should."""
        return [self.count(binary, self.size << step) for step in range(doublings + 1)]


def exponent(counts):
    """Of the doubling with the greatest."""
    return max(math.log2(more / fewer) for fewer, more in zip(counts, counts[1:]))


def keys(n, indent=""):
    return "".join(f"{indent}k{number}: 1\n" for number in range(n))


def tags(n):
    return "".join(f"%TAG !e{number}! x\n" for number in range(n)) + "---\na: 1\n"


def conditions(n):
    return "conditions:\n" + "".join(
        f"  - type: Type{number}\n    status: \"True\"\n    reason: Ready\n    message: \"\"\n"
        "    lastTransitionTime: \"2024-08-21T10:27:45Z\"\n" for number in range(n))


def status(text, *arguments):
    return list(arguments), {"status": text}


def names(n, form="k{}"):
    return [form.format(number) for number in range(n)]


def at_depth(n):
    return "a: " + "[" * 512 + "1," * n + "]" * 512 + "\n"


UNSET = [
    Case("unset", "its keys, front first", lambda n: status(keys(n), "unset", *names(n)), 2000),
    Case("unset", "its keys, back first", lambda n: status(keys(n), "unset", *reversed(names(n))), 2000),
    Case("unset", "the keys of a map in it", lambda n: status("m:\n" + keys(n, "  "), "unset", *names(n, "m.k{}")), 2000),
    Case("unset", "the same map, published",
         lambda n: (["unset", *names(n, "m.k{}")], {"object": "status:\n  m:\n" + keys(n, "    ")}), 2000),
    Case("unset", "the first item of a list, each time",
         lambda n: status("a:\n" + "- 1\n" * n, "unset", *["a[0]"] * n), 2000),
    Case("unset", "a field of each condition, all wrong",
         lambda n: status("conditions:\n" + "- x: 1\n" * n, "unset", *names(n, "conditions[{}].x")), 1000),
]
TAGS = [
    Case("get", "directives in status.yaml", lambda n: status(tags(n), "get", "--from", "file", "a"), 4000, 4),
    Case("get", "directives in object.yaml",
         lambda n: (["get", "--from", "object", "a"], {"object": tags(n)}), 4000, 4),
    Case("set", "directives", lambda n: status(tags(n), "set", "b", "1"), 4000, 4),
    Case("set", "directives of a second document", lambda n: status("a: 1\n...\n" + tags(n), "set", "b", "1"), 4000, 4),
    Case("merge", "directives", lambda n: (["merge", "{directory}/x"], {"x": tags(n)}), 4000, 3),
]
# Only reading: each level adds to the indentation of all lines below it, so what `set` writes grows with the square.
LEVELS = [
    Case("get", "levels of `- `, up to 1,000", lambda n: status("a:\n" + "- " * n + "1\n", "get", "a"), 250),
    Case("validate", "levels of `- `, up to 1,000", lambda n: status("a:\n" + "- " * n + "1\n", "validate"), 250),
]
HELD = [*UNSET, *TAGS, *LEVELS]
OTHERS = [
    Case("set", "open brackets", lambda n: status("a: " + "[" * n, "set", "b", "1"), 100_000, 4),
    Case("get", "open brackets", lambda n: status("a: " + "{a: " * n, "get", "b"), 100_000, 4),
    Case("validate", "open brackets", lambda n: status("a: " + "[" * n, "validate"), 100_000, (0, 1)),
    Case("get", "items below 512 open brackets", lambda n: status(at_depth(n), "get", "b"), 1000, 1),
    Case("set", "keys", lambda n: status(keys(n), "set", "b", "1"), 2000),
    Case("set", "keys in braces", lambda n: status("{" + keys(n).replace("\n", ", ") + "}\n", "set", "b", "1"), 2000),
    Case("set", "the same key", lambda n: status("k: 1\n" * n, "set", "b", "1"), 2000),
    Case("set", "items of a list", lambda n: status("a: [" + "1, " * n + "]\n", "set", "b", "1"), 4000),
    Case("set", "aliases", lambda n: status("b: &b [1]\na: [" + "*b, " * n + "]\n", "set", "b", "1"), 2000),
    Case("condition set", "conditions", lambda n: status(conditions(n), "condition", "set", "X", "True", "--reason", "R"), 200),
    Case("set", "wrong conditions", lambda n: status("conditions: [" + "{}, " * n + "]\n", "set", "b", "1"), 2000),
    Case("validate", "wrong conditions", lambda n: status("conditions: [" + "{}, " * n + "]\n", "validate"), 2000, 1),
    Case("validate", "the same key without a value", lambda n: status("a: {" + "a, " * n + "}\n", "validate"), 2000),
    Case("validate", "words that some read as booleans", lambda n: status("a: [" + "y, " * n + "]\n", "validate"), 2000),
    Case("merge", "keys", lambda n: (["merge", "{directory}/x"], {"x": keys(n)}), 2000),
    Case("preview", "keys on both sides",
         lambda n: (["preview"], {"status": keys(n), "object": "status:\n" + keys(n, "  ")}), 2000),
]


def rows(binary, say, doublings=2):
    """Of the table: command, what there is more and more of, how many, the instructions, the exponent."""
    found = []
    for case in [*HELD, *OTHERS]:
        say(f"growth: {case.command}, {case.shape}")
        counts = case.counts(binary, doublings)
        sizes = f"{case.size:,} to {case.size << doublings:,}"
        if None in counts:
            found.append([f"`{case.command}`", case.shape, sizes, "failed", ""])
        else:
            found.append([f"`{case.command}`", case.shape, sizes, f"{counts[0]:,} to {counts[-1]:,}", f"{exponent(counts):.2f}"])
    return found
