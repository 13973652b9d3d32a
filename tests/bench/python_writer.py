#!/usr/bin/env python3
"""A command of kratix-status as a Pipeline in Python does it, with kratix-sdk or with PyYAML alone.

    python_writer.py sdk|pyyaml|pyyaml-c ROOT set VALUE      message
    python_writer.py ... ROOT nested VALUE                   initialLoginDetails.username, over what is published
    python_writer.py ... ROOT get                            message
    python_writer.py ... ROOT merge FILE                     the keys of FILE
    python_writer.py sdk ROOT publish VALUE                  message, and to the cluster

Neither locks, syncs or replaces the file in one step; they are measured as they come.
"""

import sys


def with_sdk(root, command, operand):
    import kratix_sdk as ks
    import yaml

    ks.set_metadata_dir(f"{root}/metadata")
    ks.set_input_dir(f"{root}/input")
    sdk = ks.KratixSDK()
    status = sdk.read_status()
    if command == "get":
        print(status.get("message"))
        return
    if command in ("set", "publish"):
        status.set("message", operand)
    if command == "nested":
        published = sdk.read_resource_input().get_status().to_dict().get("initialLoginDetails") or {}
        status.set("initialLoginDetails", {**published, **status.to_dict().get("initialLoginDetails", {})})
        status.set("initialLoginDetails.username", operand)
    if command == "merge":
        with open(operand, encoding="utf-8") as file:
            merge(status.to_dict(), yaml.safe_load(file))
    sdk.write_status(status)
    if command == "publish":
        sdk.publish_status(sdk.read_resource_input(), status)


def with_pyyaml(root, command, operand, loader, dumper):
    import yaml

    def read(path):
        with open(path, encoding="utf-8") as file:
            return yaml.load(file, getattr(yaml, loader)) or {}

    path = f"{root}/metadata/status.yaml"
    status = read(path)
    if command == "get":
        print(status["message"])
        return
    if command == "set":
        status["message"] = operand
    if command == "nested":
        published = read(f"{root}/input/object.yaml")["status"].get("initialLoginDetails") or {}
        status["initialLoginDetails"] = {**published, **status.get("initialLoginDetails", {}), "username": operand}
    if command == "merge":
        merge(status, read(operand))
    with open(path, "w", encoding="utf-8") as file:
        yaml.dump(status, file, Dumper=getattr(yaml, dumper))


def merge(into, values):
    for key, value in values.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value


def main(how, root, command, operand=""):
    if how == "sdk":
        with_sdk(root, command, operand)
    elif how == "pyyaml":
        with_pyyaml(root, command, operand, "SafeLoader", "SafeDumper")
    else:
        with_pyyaml(root, command, operand, "CSafeLoader", "CSafeDumper")


main(*sys.argv[1:])
