// Contract calls one function of Kratix's SDK contract after the other with kratix-go.
//
//	contract
//
// A line in is {"name", "dir", "call", "args"}: `dir` holds input/, metadata/ and output/, `call` is the function as the
// contract names it, `args` are its arguments as strings, JSON where they are not strings there. Its line out is {"name",
// "json"} with what the function gave, null if that is nothing, or {"name", "error"}. The call
// Kratix.ParseDestinationSelectors is Kratix's own reader of destination-selectors.yaml.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	kratix "github.com/syntasso/kratix-go"
	"github.com/syntasso/kratix/work-creator/lib"

	"kratix-status/tests/conformance/lines"
)

func main() { lines.Serve(handle) }

func handle(request lines.Request) (lines.Answer, error) {
	metadata := filepath.Join(request.Dir, "metadata")
	sdk := kratix.New(kratix.WithInputDir(filepath.Join(request.Dir, "input")), kratix.WithMetadataDir(metadata),
		kratix.WithOutputDir(filepath.Join(request.Dir, "output")))
	argument := func(i int) string {
		if i < len(request.Args) {
			return request.Args[i]
		}
		return ""
	}
	switch request.Call {
	case "ReadResourceInput", "GetValue", "GetStatus", "GetName", "GetNamespace", "GetGroupVersionKind", "GetLabels", "GetAnnotations":
		return resource(sdk, request.Call, argument(0))
	case "ReadPromiseInput":
		promise, err := sdk.ReadPromiseInput()
		if err != nil {
			return lines.Answer{}, err
		}
		return lines.Value(promise.GetPromise().Name)
	case "ReadStatus", "Status.Get", "Status.Set", "Status.Remove":
		return status(sdk, request.Call, argument(0), argument(1))
	case "WriteStatus":
		values := map[string]any{}
		if err := json.Unmarshal([]byte(argument(0)), &values); err != nil {
			return lines.Answer{}, err
		}
		return nothing(sdk.WriteStatus(kratix.NewStatusFromMap(values)))
	case "WriteSuspend":
		return nothing(sdk.WriteSuspend(argument(0)))
	case "WriteRetryAfter":
		return nothing(sdk.WriteRetryAfter(argument(0), argument(1)))
	case "ReadDestinationSelectors":
		selectors, err := sdk.ReadDestinationSelectors()
		if err != nil {
			return lines.Answer{}, err
		}
		return lines.Value(selectors)
	case "WriteDestinationSelectors":
		var selectors []kratix.DestinationSelector
		if err := json.Unmarshal([]byte(argument(0)), &selectors); err != nil {
			return lines.Answer{}, err
		}
		return nothing(sdk.WriteDestinationSelectors(selectors))
	case "Kratix.ParseDestinationSelectors":
		text, err := os.ReadFile(filepath.Join(metadata, "destination-selectors.yaml"))
		if err != nil {
			return lines.Answer{}, err
		}
		selectors, err := lib.ParseDestinationSelectors(text)
		if err != nil {
			return lines.Answer{}, err
		}
		return lines.Value(selectors)
	case "WriteOutput":
		return nothing(sdk.WriteOutput(argument(0), []byte(argument(1))))
	case "WorkflowAction":
		return lines.Value(sdk.WorkflowAction())
	case "WorkflowType":
		return lines.Value(sdk.WorkflowType())
	case "PromiseName":
		return lines.Value(sdk.PromiseName())
	case "PipelineName":
		return lines.Value(sdk.PipelineName())
	case "IsPromiseWorkflow":
		return lines.Value(sdk.IsPromiseWorkflow())
	case "IsResourceWorkflow":
		return lines.Value(sdk.IsResourceWorkflow())
	case "IsConfigureAction":
		return lines.Value(sdk.IsConfigureAction())
	case "IsDeleteAction":
		return lines.Value(sdk.IsDeleteAction())
	}
	return lines.Answer{}, fmt.Errorf("unknown call %q", request.Call)
}

func nothing(err error) (lines.Answer, error) {
	if err != nil {
		return lines.Answer{}, err
	}
	return lines.Value(nil)
}

func resource(sdk *kratix.KratixSDK, call, path string) (lines.Answer, error) {
	resource, err := sdk.ReadResourceInput()
	if err != nil {
		return lines.Answer{}, err
	}
	switch call {
	case "GetValue":
		value, err := resource.GetValue(path)
		if err != nil {
			return lines.Answer{}, err
		}
		return lines.Value(value)
	case "GetStatus":
		status, err := resource.GetStatus()
		if err != nil {
			return lines.Answer{}, err
		}
		return lines.Value(status.ToMap())
	case "GetName":
		return lines.Value(resource.GetName())
	case "GetNamespace":
		return lines.Value(resource.GetNamespace())
	case "GetGroupVersionKind":
		kind := resource.GetGroupVersionKind()
		return lines.Value(kind.GroupVersion().String() + " " + kind.Kind)
	case "GetLabels":
		return lines.Value(resource.GetLabels())
	case "GetAnnotations":
		return lines.Value(resource.GetAnnotations())
	}
	unstructured := resource.ToUnstructured()
	return lines.Value(unstructured.Object)
}

func status(sdk *kratix.KratixSDK, call, path, value string) (lines.Answer, error) {
	status, err := sdk.ReadStatus()
	if err != nil {
		return lines.Answer{}, err
	}
	switch call {
	case "Status.Get":
		return lines.Value(status.Get(path))
	case "Status.Set":
		err = status.Set(path, value)
	case "Status.Remove":
		err = status.Remove(path)
	default:
		return lines.Value(status.ToMap())
	}
	if err != nil {
		return lines.Answer{}, err
	}
	return nothing(sdk.WriteStatus(status))
}
