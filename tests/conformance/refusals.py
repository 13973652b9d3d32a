"""The kinds of documents that Kratix reads and kratix-status refuses: how to tell each, why, and what to do about it."""

import base64
import re


class Kind:
    def __init__(self, name, message, reason, fix, document=None):
        self.name, self.reason, self.fix = name, reason, fix
        self.message = re.compile(message)
        self.document = document

    def holds(self, text, error):
        return bool(self.message.search(error)) and (self.document is None or bool(self.document.search(text)))


# The first that holds is a refusal's kind.
KINDS = [
    Kind("more than 16 plain scalars that end in `:` within `[]` or `{}`", "found unexpected ':'",
         "Kratix reads `C:` in `[C:, x]` as text, libyaml reports an error: each such scalar costs another pass over the file",
         'quote it: `["C:", x]`'),
    Kind("a tag without a value within `[]` or `{}`", r"a tag without a value within \[\] or \{\}",
         "Kratix loses the item: it reads `[!, z]` as a list of one", 'quote it: `["!", z]`'),
    Kind("a byte order mark that is not the first character", "byte order mark",
         "two files were probably joined with `cat`: Kratix makes it an invisible part of the next key, or drops it",
         "remove it, or escape it in a quoted scalar: `\"\\uFEFF\"`"),
    Kind("bytes that are not UTF-8 after the first document", "is not valid UTF-8",
         "whether Kratix reads that far depends on the length of the file", "remove the second document"),
    Kind("more than 16 quoted scalars with the escape `\\'`", "found unknown escape character",
         "Kratix's parser accepts `\\'`, libyaml does not: each such scalar costs another pass over the file",
         "write `'` without the backslash", re.compile(r"(?:(?:\\'|:[],}]).*?){16}", re.S)),
    Kind("more than 512 levels of `[]` and `{}`", "deeper than 512",
         "for each token libyaml checks every open bracket", "write the outer levels in block style"),
    Kind("an infinity as the message of workflow-control.yaml", "cannot publish",
         "Kratix reads it as the text `+Inf`, as Go spells it", 'quote it: `message: ".inf"`', re.compile(r"\Amessage: [-+]?\.inf", re.I)),
    Kind("two keys that become the same text", "at random",
         "`0` and `\"0\"`, `yes` and `\"true\"`: Kratix keeps one of them, by chance", "quote the keys, or remove one of them"),
]


def text_of(document):
    if "yaml" in document:
        return document["yaml"]
    return base64.b64decode(document["yaml_base64"]).decode("utf-8", "replace")


def kind_of(document, error):
    """The name of the refusal's kind, None if it is of none: such a refusal is not explained."""
    text = text_of(document)
    return next((kind.name for kind in KINDS if kind.holds(text, error)), None)
