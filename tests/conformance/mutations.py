"""Documents that nobody thought of: those of the corpus with a few random changes, and random pieces of YAML after what
begins a document or ends it."""

import random

LONGEST = 3000  # characters; larger documents cost much and are mostly repetition
PIECES = [
    "[", "]", "{", "}", ",", ", ", ":", ": ", "- ", "? ", "?", "&a ", "&x:", "*a", "!", "! ", "!,", "!t ", "!!str ", "!!int ",
    "!!null ", "!!binary ", "!<x> ", "!<tag:yaml.org,2002:str> ", "|", "|-\n", "|2\n", ">\n", "'", "''", "'x'", '"', '""', '"x"',
    "\\", "\\'", "\\/", "\\x41", "\\N", "\\\n", "\n", "\n  ", "  ", "\t", "\r", "\u0085", "\u2028", "\ufeff", "#", " # ", "---\n",
    "...\n", "%YAML 1.1\n---\n", "%YAML 001.1\n", "%TAG ! tag:yaml.org,2002:\n---\n", "%a b\n", "<<", "<<: ", "=", "~", "null",
    "yes", "0", "0x1F", "1_0", ".inf", "@", "`", "a", "x: ", "x:,", "x?", ":x", "é",
]
STARTS = ["{a: 1}", "{a: 1}\n", "{}", "a: 1\n", "a: 1\n---", "a: 1\n--- ", "a: 1\n...\n", "%", "%YAML ", "%TAG ", "{a: [", "a: [",
          "a: {", "{a: 1, ", "a:\n- "]


def changed(chance, text, others):
    at = chance.randrange(len(text) + 1)
    match chance.randrange(6):
        case 0 | 1: return text[:at] + chance.choice(PIECES) + text[at:]
        case 2: return text[:at] + chance.choice(PIECES) + text[at + 1:]
        case 3: return text[:at] + text[at + chance.choice([1, 1, 2, 5]):]
        case 4: return text[:at]
    other = chance.choice(others)
    start = chance.randrange(len(other) + 1)
    return text[:at] + other[start:start + chance.choice([3, 10, 40])] + text[at:]


def documents(corpus, seed, count):
    """`count` documents made of those in `corpus`."""
    chance = random.Random(seed)
    texts = [document["yaml"] for document in corpus if len(document.get("yaml", "")) in range(1, LONGEST)]
    for number in range(count):
        if number % 3 == 0:
            text = chance.choice(STARTS) + "".join(chance.choices(PIECES, k=chance.randrange(1, 9)))
        else:
            text = chance.choice(texts)
            for _ in range(chance.choice([1, 1, 1, 2, 3, 5])):
                text = changed(chance, text, texts)
        yield {"name": f"mutation/{seed}/{number}", "yaml": text}
