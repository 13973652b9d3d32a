#!/usr/bin/env python3
"""Calls one function of Kratix's SDK contract after the other with kratix-sdk.

A line in is {"name", "dir", "call", "args"}: `dir` holds input/, metadata/ and output/, `call` is the function as the
contract names it, `args` are its arguments as strings, JSON where they are not strings there. Its line out is {"name",
"json"} with what the function gave, null if that is nothing, or {"name", "error"}.
"""
import json
import sys
from datetime import timedelta
from pathlib import Path

import kratix_sdk
from kratix_sdk import DestinationSelector, Status

# "5m" for the one duration that the test asks for: the SDK takes a timedelta.
DURATIONS = {"5m": timedelta(minutes=5)}


def kind_of(resource):
    kind = resource.get_group_version_kind()
    return f"{kind.group}/{kind.version} {kind.kind}"


RESOURCE = {
    "ReadResourceInput": lambda resource: resource.data,
    "GetValue": lambda resource, path: resource.get_value(path),
    "GetStatus": lambda resource: resource.get_status().to_dict(),
    "GetName": lambda resource: resource.get_name(),
    "GetNamespace": lambda resource: resource.get_namespace(),
    "GetGroupVersionKind": kind_of,
    "GetLabels": lambda resource: resource.get_labels(),
    "GetAnnotations": lambda resource: resource.get_annotations(),
}


def changed(sdk, change):
    status = sdk.read_status()
    change(status)
    sdk.write_status(status)


def selectors_of(text):
    return [DestinationSelector(directory=each.get("directory", ""), match_labels=each["matchLabels"]) for each in json.loads(text)]


SDK = {
    "ReadPromiseInput": lambda sdk: sdk.read_promise_input().get_name(),
    "ReadStatus": lambda sdk: sdk.read_status().to_dict(),
    "Status.Get": lambda sdk, path: sdk.read_status().get(path),
    "Status.Set": lambda sdk, path, value: changed(sdk, lambda status: status.set(path, value)),
    "Status.Remove": lambda sdk, path: changed(sdk, lambda status: status.remove(path)),
    "WriteStatus": lambda sdk, text: sdk.write_status(Status(json.loads(text))),
    "WriteSuspend": lambda sdk, message: sdk.write_suspend(message),
    "WriteRetryAfter": lambda sdk, duration, message: sdk.write_retry_after(DURATIONS[duration], message),
    "ReadDestinationSelectors": lambda sdk: [{"directory": each.directory, "matchLabels": each.match_labels}
                                             for each in sdk.read_destination_selectors()],
    "WriteDestinationSelectors": lambda sdk, text: sdk.write_destination_selectors(selectors_of(text)),
    "WriteOutput": lambda sdk, path, content: sdk.write_output(path, content.encode()),
    "WorkflowAction": lambda sdk: sdk.workflow_action(),
    "WorkflowType": lambda sdk: sdk.workflow_type(),
    "PromiseName": lambda sdk: sdk.promise_name(),
    "PipelineName": lambda sdk: sdk.pipeline_name(),
    "IsPromiseWorkflow": lambda sdk: sdk.is_promise_workflow(),
    "IsResourceWorkflow": lambda sdk: sdk.is_resource_workflow(),
    "IsConfigureAction": lambda sdk: sdk.is_configure_action(),
    "IsDeleteAction": lambda sdk: sdk.is_delete_action(),
}


def answer(request):
    top = Path(request["dir"])
    kratix_sdk.set_input_dir(top / "input")
    kratix_sdk.set_metadata_dir(top / "metadata")
    kratix_sdk.set_output_dir(top / "output")
    sdk, arguments = kratix_sdk.KratixSDK(), request.get("args", [])
    if request["call"] in RESOURCE:
        return RESOURCE[request["call"]](sdk.read_resource_input(), *arguments)
    return SDK[request["call"]](sdk, *arguments)


for line in sys.stdin:
    request = json.loads(line)
    try:
        reply = {"json": answer(request)}
    except Exception as cause:  # any failure is this line's answer
        reply = {"error": f"{type(cause).__name__}: {cause}"}
    print(json.dumps({"name": request["name"], **reply}), flush=True)
