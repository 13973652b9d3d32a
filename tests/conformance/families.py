"""Families of documents for the corpus: hazards of Kratix's reader, each crossed with every place it may stand in.

Each function yields (name, document); a document is text, or bytes where it may not be UTF-8. Names are "family/what".
Nothing here says what a document means: make-corpus asks Kratix's own reader.
"""

import values

# What readers type by its letters, and what changes the structure around it.
TYPED = list(dict.fromkeys(
    values.BOOLEANS + values.NEAR_BOOLEANS + values.NULLS[1:] + values.INTEGERS + values.FLOATS + values.TIMES
    + values.VERSIONS))
STRUCTURAL = [mark for mark in values.MARKS if mark not in TYPED] + ["é", "日本語", "😀", "yes", "~", "12"] + [
    f"a{mark}b" for mark in " \t\u00a0\u0085\u2028\u2029\u200b\ufeff"]

# Where a scalar may stand; {} is the scalar as it is spelled.
PLACES = {
    "value": "a: {}\nz: 1\n",
    "value-eof": "a: {}",
    "key": "{}: a\nz: 1\n",
    "item": "a:\n- {}\n- z\n",
    "item-map": "a:\n- k: {}\n  z: 1\n",
    "flow-item": "a: [{}, z]\n",
    "flow-value": "a: {{k: {}, z: 1}}\n",
    "flow-key": "a: {{{}: k, z: 1}}\n",
    "own-line": "a:\n  {}\nz: 1\n",
    "continued": "a: b\n  {}\nz: 1\n",
    "complex-key": "? {}\n: a\n",
    "str-tag": "a: !!str {}\nz: 1\n",
    "anchored": "a: &x {}\nz: *x\n",
    "commented": "a: {} # c\nz: 1\n",
}
PLACES_OF_TYPED = ["value", "key", "item", "flow-value", "flow-key", "str-tag"]
QUOTES = {"'": "single", '"': "double"}


def scalars():
    for place in PLACES_OF_TYPED:
        for index, spelling in enumerate(TYPED):
            yield f"typed-{place}/{index:03}", PLACES[place].format(spelling)
    for place, template in PLACES.items():
        for index, spelling in enumerate(STRUCTURAL):
            yield f"mark-{place}/{index:03}", template.format(spelling)


def quoted_scalars():
    harmless = [s for s in TYPED + STRUCTURAL if not set(s) & set("'\"\\")]
    for quote, style in QUOTES.items():
        for start in range(0, len(harmless), 8):
            some = [quote + s + quote for s in harmless[start:start + 8]]
            yield f"typed-{style}/{start:03}", "".join(f"k{i}: {s}\n{s}: v\n" for i, s in enumerate(some))


TAGS = (
    "!!str !!int !!float !!bool !!null !!binary !!timestamp !!map !!seq !!set !!omap !!merge !!unknown ! !local "
    "!<tag:yaml.org,2002:str> !<!x> !e!x"
).split()
TAGGED = [
    "x", "12", "010", "1.5", "yes", "~", "", '"3"', "'x y'", "aGk=", "/w==", "2001-01-01", "[1]", "{b: 1}",
    "|\n  t", "<<",
]


def tags():
    for i, tag in enumerate(TAGS):
        for j, content in enumerate(TAGGED):
            yield f"tagged/{i:02}-{j:02}", f"a: {tag} {content}\n"
        yield f"tagged-key/{i:02}", f"{tag} 1: a\n"
        yield f"tagged-root/{i:02}", f"{tag}\na: 1\n"


ANCHORED = {
    "map": "base: &b {x: 1, v: 2}\n",
    "list": "base: &b [1, 2]\n",
    "scalar": "base: &b 1\n",
    "block": "base: &b\n  x: 1\n  deep:\n    q: [r]\n",
    "null": "base: &b\n",
    "string": 'base: &b "yes"\n',
}
ALIASED = {
    "value": "a: *b\n",
    "list": "a: [*b, *b]\n",
    "key": "*b : v\n",
    "flow-key": "a: {*b : v}\n",
    "no-space": "a: {k: *b}\n",
    "colon": "a: *b: c\n",
    "comma": "a: [*b,*b]\n",
    "merge": "a:\n  <<: *b\n",
    "merge-after": "a:\n  x: 9\n  <<: *b\n",
    "merge-before": "a:\n  <<: *b\n  x: 9\n",
    "merge-list": "a:\n  <<: [*b, {w: 3}]\n",
    "merge-twice": "a:\n  <<: *b\n  <<: {x: 7}\n",
    "merge-root": "<<: *b\n",
    "merge-quoted": 'a:\n  "<<": *b\n',
    "merge-tagged": "a:\n  !!merge <<: *b\n",
    "merge-str": "a:\n  !!str <<: *b\n",
    "merge-flow": "a: {<<: *b, z: 1}\n",
    "redefined": "a: *b\nc: &b 5\nd: *b\n",
    "tagged": "a: !!str *b\n",
    "anchored": "a: &c *b\n",
    "nested": "a: &c [*b]\nd: [*c, *c]\n",
    "self": "a: &s {x: *s}\n",
    "unknown": "a: *nobody\n",
}
ANCHOR_NAMES = ["a-b", "a_b", "1", "a.b", "a:b", "a/b", "é", "a,b", "a]", "", "a!b", "-", "a b", "A" * 200]


def anchors():
    for form, base in ANCHORED.items():
        for use, text in ALIASED.items():
            yield f"anchor-{use}/{form}", base + text
    for index, name in enumerate(ANCHOR_NAMES):
        yield f"anchor-name/{index:02}", f"a: &{name} v\nb: *{name}\n"


BLOCKS = {
    "one": "  x\n",
    "two": "  x\n  w\n",
    "gap": "  x\n\n  w\n",
    "no-end": "  x\n  w",
    "trailing": "  x\n\n\n",
    "leading": "\n\n  x\n",
    "more": "  x\n    w\n  v\n",
    "more-gap": "  x\n\n    w\n\n  v\n",
    "more-first": "    x\n  w\n",
    "less": "    x\n   w\n",
    "blank-only": "\n\n",
    "empty": "",
    "spaces-only": "   \n  \n",
    "tab": "  \tx\n  w\n",
    "tab-blank": "  x\n\t\n  w\n",
    "comment": "  x\n# c\n",
    "hash": "  # x\n  w # v\n",
    "dash": "  - x\n  - w\n",
    "document": "  x\n  ---\n  w\n",
    "column-0": "x\n",
    "unicode": "  é日本😀\n  w\n",
    "crlf": "  x\r\n  w\r\n",
    "nel": "  x\u0085  w\n",
    "ls": "  x\u2028  w\n",
    "end-spaces": "  x  \n  w \n",
}
HEADERS = [
    "|1", "|2", "|3", "|9", "|0", "|10", "|2-", "|-2", "|+1", ">1+", ">-1", "|--", "|+-", "|2 3", "| # c",
    "|# c", "|x",
    "|-x", "| x", "|\t", "|\t# c", "|- ", ">2 # c", "!!str |", "&x |", "| &x",
]
AROUND_BLOCKS = {
    "list": "a:\n- {}\n  x\n  w\n- z\n",
    "list-deep": "a:\n  - k: {}\n      x\n     w\n    j: z\n",
    "root": "{}\n x\n",
    "flow": "a: [{}\n x]\n",
    "key": "? {}\n  x\n: v\n",
    "same-indent": "a:\n  b: {}\n  x\n  c: 1\n",
}


def block_scalars():
    for style, word in (("|", "literal"), (">", "folded")):
        for chomp, ending in (("", "clip"), ("-", "strip"), ("+", "keep")):
            for name, body in BLOCKS.items():
                yield f"block-{word}-{ending}/{name}", f"a: {style}{chomp}\n{body}b: 1\n"
    for index, header in enumerate(HEADERS):
        for name, body in (("two", "  x\n  w\n"), ("one", " x\n"), ("more", "    x\n  w\n")):
            yield f"block-header/{index:02}-{name}", f"a: {header}\n{body}"
    for place, template in AROUND_BLOCKS.items():
        for header in ("|", ">", "|-", ">+", "|2"):
            yield f"block-in-{place}/{header}", template.format(header)


ESCAPES = list("0abtnvfre \"/\\N_LP'cdghijklmoqszABCDXYZ\t\nIé") + [
    "x41", "x4", "xg1", "xff", "x00", "x7f", "x85", "u0000", "u00e9", "u2028", "uFEFF", "uFFFE", "ud83d\\ude00",
    "ud800",
    "u12", "U0001f600", "U00110000", "U0001f60", "\n  ", " \n  ",
]
QUOTED = {
    "fold": "x\n  w",
    "fold-blank": "x\n\n  w",
    "fold-blanks": "x\n\n\n  w",
    "fold-spaces": "x   \n   w",
    "fold-tab": "x\t\n\tw",
    "lead": "\n  x",
    "trail": "x\n  ",
    "one-break": "\n",
    "two-breaks": "\n\n",
    "three-breaks": "\n\n\n",
    "spaces-break": "  \n  ",
    "column-0": "x\nw",
    "document-start": "x\n---\nw",
    "document-end": "x\n...\nw",
    "document-like": "x\n  --- w",
    "dashes": "x\n---w",
    "hash": "x # w",
    "hash-line": "x\n  # w",
    "colon": "x: w",
    "crlf": "x\r\n  w",
    "cr": "x\r  w",
    "nel": "x\u0085w",
    "ls": "x\u2028w",
    "ps": "x\u2029w",
    "nel-blank": "x \u0085 w",
    "tab": "x\tw",
    "only-tab": "\t",
    "nbsp": "x\u00a0\n\u00a0w",
    "unicode": "é\n  日本\n  😀",
    "nul": "x\x00w",
    "del": "x\x7fw",
}


def quoted_lines():
    for index, escape in enumerate(ESCAPES):
        yield f"escape-value/{index:02}", f'a: "x\\{escape}w"\n'
        yield f"escape-key/{index:02}", f'"x\\{escape}w": a\n'
    for name, body in QUOTED.items():
        for quote, style in QUOTES.items():
            yield f"quoted-{style}/{name}", f"a: {quote}{body}{quote}\nb: 1\n"
            yield f"quoted-flow-{style}/{name}", f"a: [{quote}{body}{quote}]\nb: 1\n"


ENCODINGS = (
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be cp1252 latin-1 shift_jis"
).split()
NOT_UTF8 = {
    "lone-continuation": b"\x80",
    "overlong-2": b"\xc0\x80",
    "overlong-3": b"\xe0\x80\x80",
    "overlong-4": b"\xf0\x80\x80\x80",
    "surrogate": b"\xed\xa0\xbd",
    "above": b"\xf4\x90\x80\x80",
    "f5": b"\xf5\x80\x80\x80",
    "fe": b"\xfe",
    "ff": b"\xff",
    "cut-2": b"\xc3",
    "cut-3": b"\xe6\x97",
    "cut-4": b"\xf0\x9f\x98",
    "latin": b"caf\xe9",
}
AROUND_BYTES = {
    "value": (b"a: x", b"w\n"),
    "key": (b"x", b"w: 1\n"),
    "comment": (b"a: 1 # x", b"\n"),
    "quoted": (b'a: "x', b'w"\n'),
    "end": (b"a: x", b""),
    "late": (b"a: 1\n---\nb: x", b"\n"),
}

# What may be on the lines before the first key.
TWO_MARKS = {"nothing": "", "comment": "# c\n", "comments": "# c\n# d\n", "break": "\n", "blank": " \n"}
SURROGATE_BORDERS = "\ud7ff\U00010000\U000103ff\U00010400\U0010fc00\U0010ffff\ue000"


def encodings():
    text = "a: é\nb: [1, 日本, 😀]\n"
    little = b"\xff\xfe" + "a: ".encode("utf-16-le")
    for name in ENCODINGS:
        # Python's utf-16 and utf-32 follow the machine's order of bytes.
        mark = "\ufeff" if name in ("utf-16", "utf-32") else ""
        yield f"encoding/{name}", (mark + text).encode(name + "-le" if mark else name, "replace")
    yield "encoding/utf-16-be-bom", ("\ufeff" + text).encode("utf-16-be")
    yield "encoding/utf-16-crlf", "\ufeffa: 1\r\nb: 2\r\n".encode("utf-16-le")
    yield "encoding/utf-16-odd", little + b"x"
    yield "encoding/utf-16-lone-high", little + b"\x3d\xd8x\x00"
    yield "encoding/utf-16-lone-low", little + b"\x00\xdex\x00"
    for name in ("utf-16-le", "utf-16-be", "utf-8"):
        for place, start in TWO_MARKS.items():
            yield f"encoding-two-marks/{name}-{place}", ("\ufeff\ufeff" + start + "message: x\n").encode(name)
    for name in ("utf-16-le", "utf-16-be"):
        for character in SURROGATE_BORDERS:
            yield f"encoding-surrogates/{name}-{ord(character):x}", f"\ufeffa: x{character}w\n".encode(name)
    for name, data in NOT_UTF8.items():
        for place, (before, after) in AROUND_BYTES.items():
            yield f"not-utf8-{place}/{name}", before + data + after


CHARACTERS = [
    0x00, 0x01, 0x08, 0x0B, 0x0C, 0x0E, 0x1B, 0x1F, 0x7F, 0x80, 0x84, 0x86, 0x9F, 0xA0,
    0xAD, 0x200B, 0x200E, 0xD7FF,
    0xE000, 0xFDD0, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1FFFE, 0x10FFFF,
]
AROUND_CHARACTERS = {
    "value": "a: x{}w\n",
    "key": "x{}w: 1\n",
    "comment": "a: 1 # x{}\n",
    "double": 'a: "x{}w"\n',
    "single": "a: 'x{}w'\n",
    "block": "a: |\n  x{}w\n",
    "late": "a: 1\n---\nb: x{}\n",
}


def characters():
    for code in CHARACTERS:
        for place, template in AROUND_CHARACTERS.items():
            yield f"character-{place}/{code:04x}", template.format(chr(code))


BROKEN_LINES = {
    "map": "a: 1\nb:\n  c: 2\n  d: [3, 4]\n",
    "literal": "a: |\n  x\n\n  w\nb: 1\n",
    "folded": "a: >-\n  x\n  w\n\n  v\n",
    "keep": "a: |+\n  x\n\n\nb: 1\n",
    "double": 'a: "x\n  w\n\n  v"\n',
    "single": "a: 'x\n\n\n  w'\n",
    "plain": "a: x\n  w\n\n  v\nb: 1\n",
    "comment": "# c\na: 1 # d\n# e\nb: 2\n",
    "documents": "---\na: 1\n---\nb: 2\n",
    "flow": "a: {\n  b: 1,\n  c: 2\n}\n",
    "list": "a:\n- b\n-\n  c\n- d: 1\n  e: 2\n",
    "directive": "%YAML 1.1\n---\na: 1\n",
}
BREAKS = {"crlf": "\r\n", "cr": "\r", "nel": "\u0085", "ls": "\u2028", "ps": "\u2029", "lfcr": "\n\r"}


def line_breaks():
    for name, text in BROKEN_LINES.items():
        for label, line_end in BREAKS.items():
            yield f"break-{label}/{name}", text.replace("\n", line_end)
        half = len(text) // 2
        yield f"break-mixed/{name}", text[:half].replace("\n", "\r\n") + text[half:]


def nesting():
    for depth in (10, 50, 100, 199, 200, 201, 399, 400, 401, 500):
        yield f"deep-flow-list/{depth}", "a: " + "[" * depth + "1" + "]" * depth + "\n"
        yield f"deep-flow-map/{depth}", "{a: " * depth + "1" + "}" * depth + "\n"
        yield f"deep-list/{depth}", "a:\n" + "- " * depth + "1\n"
        yield f"deep-open/{depth}", "a: " + "[" * depth + "\n"
        if depth <= 100:
            yield f"deep-mixed/{depth}", "a: " + "[{b: " * depth + "1" + "}]" * depth + "\n"
            yield f"deep-block/{depth}", "".join(" " * i + "a:\n" for i in range(depth)) + " " * depth + "1\n"


def long_keys():
    for length in range(1022, 1027):
        key = "k" * length
        yield f"long-plain/{length}", f"{key}: 1\n"
        yield f"long-double/{length}", f'"{key[2:]}": 1\n'
        yield f"long-flow/{length}", "a: {" + key + ": 1}\n"
        yield f"long-item/{length}", f"a:\n- {key}: 1\n"
    for length in (1024, 1025):
        key = "k" * length
        yield f"long-single/{length}", f"'{key[2:]}': 1\n"
        yield f"long-escaped/{length}", '"' + "\\n" * (length // 2 - 1) + "k" * (length % 2) + '": 1\n'
        yield f"long-nested/{length}", f"a:\n  {key} : 1\n"
        yield f"long-unicode/{length}", "é" * length + ": 1\n"
        yield f"long-complex/{length}", f"? {key}\n: 1\n"
    long = "v" * 1100
    yield "long-other/value", "a: " + "v " * 550 + "\n"
    yield "long-other/quoted-value", f'a: "{long}"\n'
    yield "long-other/flow-value", f"a: ['{long}', 1]\n"
    yield "long-other/json-root", f'{{"message": "{long}"}}\n'
    yield "long-other/flow-map", "{" + "k" * 600 + ": {" + "j" * 600 + ": 1}}\n"
    yield "long-other/list-as-key", "a: [" + "v, " * 400 + "v]: 1\n"
    yield "long-other/behind-alias", f"a: &x 1\n? *x\n: {long}\n"


CUT = [
    'message: "Ready: \\u00e9 \\"x\\""\nurl: \'it\'\'s\'\nlist: [1, {a: b}]\nnote: |-\n  one\n\n  two\n'
    "ref: &r !!str 12\nuse: *r\n? k\n: >+\n  f\n\n# c\n---\nz: 1\n",
    'conditions:\n- type: Ready\n  status: "True"\n  lastTransitionTime: "2026-01-02T03:04:05Z"\n  reason: Done\n'
    "  message: 'été 日本 😀'\niam: {user: u, keys: [a, b], none: ~}\n",
]


def truncated():
    for index, text in enumerate(CUT):
        data = text.encode()
        for cut in range(len(data)):
            yield f"truncated-{index}/{cut:03}", data[:cut]


# Plain scalars within [] and {} that hold or end in a colon.
COLONS = ["C:", "a::", ":a:", "http://x:80:", "it's:", "'q':", '"q":', "two words:", "a b: c:", "1:", "1.5:", "12:30:", "~:", "yes:",
          "<<:", "null:", ".inf:", "0x1:", "é:", "a?b:", "a#b:", "a #b:", "-:", "- a:", "?:", "? a:", "!t a:", "!!str 1:", "!!int 1:",
          "&x a:", "*x:", "|:", "%a:", "@a:", "`a:", "a\tb:", "a\n  b:", "a:\n", "a: ", "a:#", "a: #b", ":", "::", "a\\:", "---:", "...:",
          "'q'C:", '"q"C:', "''C:", "[]C:", "'a' b:"]
AROUND_COLONS = {
    "item": "a: [{}, z]\n",
    "last-item": "a: [z, {}]\n",
    "value": "a: {{k: {}, z: 1}}\n",
    "last-value": "a: {{k: {}}}\nb: 1\n",
    "key": "a: {{{}, z: 1}}\n",
    "last-key": "{{z: 1, {}}}\n",
    "before-bracket": "a: [{}[z]]\n",
    "before-brace": "a: [{}{{z: 1}}]\n",
    "twice": "a: [{0}, b, {{k: {0}}}]\n",
}


def flow_colons():
    for place, template in AROUND_COLONS.items():
        for index, text in enumerate(COLONS):
            yield f"flow-colon-{place}/{index:02}", template.format(text)
    yield "flow-colon-many/16", "a: [" + "b:, " * 16 + "z]\n"
    yield "flow-colon-many/17", "a: [" + "b:, " * 17 + "z]\n"
    for length in (1020, 1021, 1022, 1023, 1024, 1025):
        yield f"flow-colon-long/{length}", "{" + "k" * length + ":, z: 1}\n"


# What stands behind a root that has ended: Kratix's parser looks one token further.
TAILS = ["'", '"', "'x'", "@", "`", "%", "|", "&", "&x", "*", "*x", "!<", "!", "]", "}", "[", "{", ",", ":", ": x", "- x", "-", "? x",
         "x", "x: 1", "#x", " #x", "\t'", "--- x", "--- '", "---", "...", "... '", "...\n'", "---\n'", "%YAML 1.2", "\ufeff", "\ufeff'", '"\\/"', '{"b": "x\\/y"}', '["\\/"', '&x "\\/"', '"\\/": 1', "[x:]", "- '\\/'", '"\\\'"']
ROOTS = {
    "one-line": "{a: 1}",
    "two-lines": "{a: 1\n}",
    "line-in-list": "{a: [1,\n 2]}",
    "block": "a: 1\n",
    "block-deeper": "  a: 1\n",
    "block-of-flow": "a: [1,\n 2]\n",
    "quoted-key": '"a": "1\n 2"\n',
    "literal": "a: |\n  x\n",
}


def tails():
    for root, text in ROOTS.items():
        for index, tail in enumerate(TAILS):
            yield f"tail-{root}/{index:02}", f"{text}{tail}\n"
            yield f"tail-line-{root}/{index:02}", f"{text}\n{tail}"


FAMILIES = [
    scalars, quoted_scalars, tags, anchors, block_scalars, quoted_lines, encodings, characters, line_breaks, nesting,
    long_keys, truncated, flow_colons, tails,
]

# What pipeline scripts write, {} being a shell variable that they put in as it is.
SCRIPTS = {
    "heredoc": "message: {}\nurl: https://acme.example.com\n",
    "heredoc-quoted": 'message: "{}"\nready: true\n',
    "heredoc-single": "message: 'Instance {} is ready'\n",
    "nested": "message: Deployed\ndatabase:\n  host: db.{}.svc\n  password: {}\n",
    "appended": "message: Pending\nbucket: logs\nmessage: {}\n",
    "condition": "conditions:\n- type: Ready\n  status: \"True\"\n  reason: Done\n  message: {}\n",
    "list": "hosts:\n  - {}\n  - fixed\nmessage: two hosts\n",
    "flow": "message: ok\nlabels: {{team: {}, tier: \"1\"}}\n",
    "json": '{{"message": "{}", "count": 3}}\n',
    "block": "message: |\n  Log follows\n  {}\nlast: yes\n",
    "comment": "message: {} # set by pipeline\nversion: {}\n",
}
ARGUMENTS = [
    "", "acme", "two words", "1.10", "1234e56", "5e3d1a2", "yes", "null", "~", "012", "0x1f", "12:30",
    "2026-01-02", "a: b",
    "50% #1", "it's", 'say "hi"', "C:\\temp", "${NAME}", "{{ .name }}", "[warn] low disk", "*", "&ref",
    "!important",
    "@daily", "- dash", "line one\nline two", "été 日本 😀", "postgres://u:p@db:5432/x?y=z", "-----BEGIN KEY-----",
]


def pipelines():
    for script, template in SCRIPTS.items():
        for index, argument in enumerate(ARGUMENTS):
            fields = template.count("{}")
            yield f"script-{script}/{index:02}", template.format(*[argument] * fields)
