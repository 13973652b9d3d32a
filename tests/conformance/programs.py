"""The readers and emitters that `build` makes, and how to put requests through them.

Each is a filter of JSON objects (README.md). Commands name the directory that `build` made as {tools} and this one as {here}.
"""

import json
import subprocess
import sys
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
KRATIX = ["{tools}/bin/oracle"]
PYTHON = ["{tools}/venv/bin/python", "{here}/python/filter.py"]

READERS = {
    "Kratix (sigs.k8s.io/yaml)": KRATIX,
    "yq": [*KRATIX, "-reader", "yq"],
    "go-yaml v3": [*KRATIX, "-reader", "go-yaml-v3"],
    "PyYAML": [*PYTHON, "read", "pyyaml"],
    "PyYAML on libyaml": [*PYTHON, "read", "pyyaml-c"],
    "libyaml, YAML 1.2": [*PYTHON, "read", "libyaml-1.2"],
    "kratix-go": ["{tools}/bin/sdk"],
    "kratix-sdk": [*PYTHON, "read", "sdk"],
}
# A millisecond or more for each document, so that a hundred thousand take minutes. The most that each gets without
# and with CI=true; the SDKs read with parsers that are among the other readers.
SLOW_READERS = {"PyYAML": (2000, None), "kratix-go": (2000, 10_000), "kratix-sdk": (2000, 10_000)}

EMITTERS = {
    "kubectl": ["{tools}/bin/emit", "-emitter", "kubectl"],
    "yq": ["{tools}/bin/emit", "-emitter", "yq"],
    "go-yaml-v2": ["{tools}/bin/emit", "-emitter", "go-yaml-v2"],
    "go-yaml-v3": ["{tools}/bin/emit", "-emitter", "go-yaml-v3"],
    "kratix-go": ["{tools}/bin/sdk"],
    "kratix-python": [*PYTHON, "write", "sdk"],
    "pyyaml-c": [*PYTHON, "write", "pyyaml-c"],
    "pyyaml-unicode": [*PYTHON, "write", "pyyaml-unicode"],
    "pyyaml-flow": [*PYTHON, "write", "pyyaml-flow"],
    "pyyaml-indented": [*PYTHON, "write", "pyyaml-indented"],
    "psych": ["ruby", "{here}/ruby/filter.rb", "write"],
}


def through(command, tools, requests):
    """The program's answers, in the order of the requests."""
    command = [part.format(tools=tools, here=HERE) for part in command]
    text = "".join(json.dumps(request) + "\n" for request in requests)
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, check=True, encoding="utf-8")
    answers = [json.loads(line) for line in done.stdout.split("\n") if line]
    if len(answers) != len(requests):
        raise RuntimeError(f"{command} answered {len(answers)} of {len(requests)} lines")
    return answers


def document_of(answer):
    """The fields of a request or an answer that hold its YAML, with its name."""
    return {key: answer[key] for key in ("name", "yaml", "yaml_base64") if key in answer}


def same(one, other):
    """Equal as Kratix compares: numbers as 64-bit floats, maps without order, true unlike 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if is_number(one) and is_number(other):
        return float(one) == float(other)
    return type(one) is type(other) and one == other


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def same_answer(one, other):
    """Both failed, or both gave the same value."""
    if "error" in one or "error" in other:
        return "error" in one and "error" in other
    return same(one["json"], other["json"])


def run(main):
    """Exits with 0 if main() gives True, else with 1. Deep documents recurse in json: main() gets a large stack."""
    results = []
    sys.setrecursionlimit(100_000)
    threading.stack_size(512 << 20)
    thread = threading.Thread(target=lambda: results.append(main()))
    thread.start()
    thread.join()
    sys.exit(0 if results == [True] else 1)
