"""A Pipeline's directories for the bench: the tutorial's status and object.yaml, larger statuses, and files to merge."""

import contextlib
import pathlib
import re
import tempfile

TUTORIAL = pathlib.Path(__file__).resolve().parents[2] / "examples/elastic-cloud/test"
OBJECT_BYTES = 4096
BY_HAND = """\
# What `run` has made
message: 'Instance example provisioned with preconfigured system metrics'
initialLoginDetails: {username: "elastic", passwordSecretName: 'example-es-elastic-user'}
"""


def object_yaml():
    """The tutorial's object as Kratix hands it over, with initialLoginDetails published, and padded to 4 KiB."""
    text = (TUTORIAL / "input/object.yaml").read_text()
    text += "  initialLoginDetails:\n    passwordSecretName: example-es-elastic-user\n    username: elastic\n  instances:\n"
    number = 0
    while len(text) < OBJECT_BYTES:
        text += f"  - endpoint: https://instance-{number}.example.com:9200\n    ready: true\n"
        number += 1
    return text


def status_yaml(size):
    """The tutorial's status; beyond its own size with a list of what a Promise may have set up."""
    text = (TUTORIAL / "expected/metadata/status.yaml").read_text()
    if size <= len(text):
        return text
    parts = [text, "instances:\n"]
    total = len(text)
    number = 0
    while total < size or number == 0:
        parts.append(
            f"  - name: instance-{number:06}\n"
            f'    endpoint: "https://instance-{number:06}.example.com:9200"\n'
            f"    replicas: {number % 7}\n"
            "    ready: true\n"
            "    labels:\n"
            f"      zone: eu-west-{number % 3}\n"
            f'      note: "{number}: set up, and checked"\n')
        total += len(parts[-1])
        number += 1
    return "".join(parts)


def by_hand(size):
    """The status of `size` bytes in the way that people write YAML: with comments, single quotes and other indentation."""
    text = re.sub(r'"([^"\\\n]*)"', r"'\1'", status_yaml(size))
    return "# What `run` has made\n" + text.replace("\n  - name:", "\n# next\n  -   name:").replace("\n    ", "\n      ")


def merge_yaml(number):
    """50 keys, 25 of them within a map."""
    flat = "".join(f"merged{index}: round {number}\n" for index in range(25))
    return flat + "merged:\n" + "".join(f"  key{index}: round {number}\n" for index in range(25))


def fill(directory, size, rounds):
    """A Pipeline's directories with a status of `size` bytes (0: the tutorial's) as kratix-status writes it."""
    for name in ("input", "metadata", "merge"):
        (directory / name).mkdir(parents=True)
    (directory / "input/object.yaml").write_text(object_yaml())
    (directory / "metadata/status.yaml").write_text(status_yaml(size))
    for number in range(rounds):
        (directory / f"merge/{number}.yaml").write_text(merge_yaml(number))


@contextlib.contextmanager
def filled(base, size=0):
    """A directory within `base`, filled for one round."""
    with tempfile.TemporaryDirectory(dir=base) as temporary:
        directory = pathlib.Path(temporary)
        fill(directory, size, 1)
        yield directory


def first_round(command):
    return [argument.replace("{n}", "0") for argument in command]


def size_shown(size):
    return f"{size >> 20} MiB" if size >= 1 << 20 else f"{size >> 10} KiB"
