#!/usr/bin/env python3
"""Python's readers and emitters of status.yaml as a filter of JSON objects, one a line in, one a line out.

    filter.py read  sdk|pyyaml|pyyaml-c|libyaml-1.2
    filter.py write sdk|sdk-control|pyyaml|pyyaml-c|pyyaml-unicode|pyyaml-unicode-c|pyyaml-flow|pyyaml-indented
    filter.py versions

read:  {"name", "yaml"} or {"name", "yaml_base64"}, for sdk {"name", "dir"} as well: the status.yaml in that directory.
       Answers {"name", "json"} or {"name", "error"}. What JSON cannot say (a date, bytes, a key that is no string,
       .nan) is an error here, never turned into text.
write: {"name", "json"}; for sdk with "dir", the file stays there. sdk-control takes {"name", "suspend": message} or
       {"name", "retryAfter": seconds, "message"}. Answers {"name", "yaml"} or {"name", "error"}.

sdk is kratix-sdk's KratixSDK. libyaml-1.2 is libyaml's parser with YAML 1.2's core schema instead of 1.1's types.
Each line is answered and flushed before the next is read.
"""

import base64
import datetime
import json
import math
import re
import sys
import tempfile
import threading
from pathlib import Path

import yaml
from yaml.constructor import SafeConstructor
from yaml.cyaml import CParser
from yaml.resolver import BaseResolver


class CoreResolver(BaseResolver):
    """The implicit tags of YAML 1.2's core schema."""


for tag, pattern in (
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"),
):
    CoreResolver.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), None)


class CoreLoader(CParser, SafeConstructor, CoreResolver):
    def __init__(self, stream):
        CParser.__init__(self, stream)
        SafeConstructor.__init__(self)
        CoreResolver.__init__(self)

    def construct_core_int(self, node):
        base = {"0o": 8, "0x": 16}.get(node.value[:2], 10)
        return int(node.value[2:] if base != 10 else node.value, base)

    def construct_core_float(self, node):
        return float(re.sub(r"\.(?=inf|nan)", "", node.value.lower()))


CoreLoader.add_constructor("tag:yaml.org,2002:int", CoreLoader.construct_core_int)
CoreLoader.add_constructor("tag:yaml.org,2002:float", CoreLoader.construct_core_float)

LOADERS = {"pyyaml": yaml.SafeLoader, "pyyaml-c": yaml.CSafeLoader, "libyaml-1.2": CoreLoader}

DUMPERS = {
    "pyyaml": (yaml.SafeDumper, {}),
    "pyyaml-c": (yaml.CSafeDumper, {}),
    "pyyaml-unicode": (yaml.SafeDumper, {"allow_unicode": True, "sort_keys": False}),
    "pyyaml-unicode-c": (yaml.CSafeDumper, {"allow_unicode": True, "sort_keys": False}),
    "pyyaml-flow": (yaml.SafeDumper, {"default_flow_style": True}),
    "pyyaml-indented": (yaml.SafeDumper, {"default_style": "|", "indent": 4, "width": 40}),
}


def refuse_what_json_cannot_say(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ValueError(f"a key that is no string: {key!r}")
            refuse_what_json_cannot_say(item)
    elif isinstance(value, list):
        for item in value:
            refuse_what_json_cannot_say(item)
    elif isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"not a JSON number: {value}")
    elif isinstance(value, (datetime.date, bytes, set, tuple)):
        raise ValueError(f"a {type(value).__name__}, not a string: {value!r}")


def document_of(request):
    if "yaml_base64" in request:
        return base64.b64decode(request["yaml_base64"])
    return request["yaml"].encode()


def with_sdk(request, action):
    """Calls action(sdk, directory) with the SDK's metadata directory set to the request's, or to one made for it."""
    import kratix_sdk

    if "dir" in request:
        kratix_sdk.set_metadata_dir(request["dir"])
        return action(kratix_sdk.KratixSDK(), Path(request["dir"]))
    with tempfile.TemporaryDirectory(prefix="conformance-sdk-") as directory:
        kratix_sdk.set_metadata_dir(directory)
        return action(kratix_sdk.KratixSDK(), Path(directory))


def read(reader, request):
    def sdk_status(sdk, directory):
        if "dir" not in request:
            (directory / "status.yaml").write_bytes(document_of(request))
        return sdk.read_status().to_dict()

    if reader == "sdk":
        value = with_sdk(request, sdk_status)
    else:
        value = yaml.load(document_of(request), Loader=LOADERS[reader])
    refuse_what_json_cannot_say(value)
    return {"json": value}


def write(emitter, request):
    def sdk_status(sdk, directory):
        from kratix_sdk import Status

        sdk.write_status(Status(request["json"]))
        return (directory / "status.yaml").read_bytes().decode()

    def sdk_control(sdk, directory):
        if "suspend" in request:
            sdk.write_suspend(request["suspend"])
        else:
            seconds = datetime.timedelta(seconds=request["retryAfter"])
            sdk.write_retry_after(seconds, request.get("message", ""))
        return (directory / "workflow-control.yaml").read_bytes().decode()

    if emitter == "sdk":
        return {"yaml": with_sdk(request, sdk_status)}
    if emitter == "sdk-control":
        return {"yaml": with_sdk(request, sdk_control)}
    dumper, options = DUMPERS[emitter]
    return {"yaml": yaml.dump(request["json"], Dumper=dumper, **options)}


def serve(answer, kind):
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = answer(kind, request)
        except Exception as cause:  # any failure is this line's answer
            reply = {"error": f"{type(cause).__name__}: {cause}"}
        print(json.dumps({"name": request["name"], **reply}), flush=True)


def main():
    action, kind = (sys.argv[1:] + ["", ""])[:2]
    if action == "read" and kind in {"sdk", *LOADERS}:
        serve(read, kind)
    elif action == "write" and kind in {"sdk", "sdk-control", *DUMPERS}:
        serve(write, kind)
    elif action == "versions":
        from importlib.metadata import version

        print("\n".join(f"{name} {version(name)}" for name in ("kratix-sdk", "PyYAML")))
        print("libyaml", yaml._yaml.get_version_string())
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    # Deep documents recurse in PyYAML and json alike.
    sys.setrecursionlimit(100_000)
    threading.stack_size(512 << 20)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
