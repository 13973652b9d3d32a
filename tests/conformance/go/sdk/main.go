// Sdk reads and writes the metadata directory with kratix-go, the SDK that Promise authors use from Go.
//
//	sdk [-versions]
//
// A line in, and its line out:
//
//   - {"name", "yaml"} or "yaml_base64": ReadStatus over that status.yaml: {"name", "json"}
//   - {"name", "dir"}: ReadStatus over the status.yaml in that directory: {"name", "json"}
//   - {"name", "json": <map>}: WriteStatus, and the file it wrote: {"name", "yaml"}
//   - {"name", "json": <map>, "dir"}: WriteStatus into that directory, which keeps the file: {"name", "yaml"}
//   - {"name", "suspend": <message>}: WriteSuspend, and its workflow-control.yaml: {"name", "yaml"}
//   - {"name", "retryAfter": <duration>, "message"}: WriteRetryAfter, likewise
//
// or {"name", "error"}. Where no directory is given, one is made for the line and removed after it.
package main

import (
	"flag"
	"os"
	"path/filepath"

	kratix "github.com/syntasso/kratix-go"

	"kratix-status/tests/conformance/lines"
)

func main() {
	versions := flag.Bool("versions", false, "print the modules that the functions come from")
	flag.Parse()
	if *versions {
		lines.Versions("github.com/syntasso/kratix-go", "github.com/syntasso/kratix", "sigs.k8s.io/yaml")
		return
	}
	lines.Serve(handle)
}

func handle(request lines.Request) (lines.Answer, error) {
	dir := request.Dir
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "conformance-sdk-"); err != nil {
			return lines.Answer{}, err
		}
		defer os.RemoveAll(dir)
	}
	sdk := kratix.New(kratix.WithMetadataDir(dir))
	switch {
	case request.Suspend != nil:
		return written(dir, "workflow-control.yaml", sdk.WriteSuspend(*request.Suspend))
	case request.RetryAfter != nil:
		return written(dir, "workflow-control.yaml", sdk.WriteRetryAfter(*request.RetryAfter, request.Message))
	case request.JSON != nil:
		status, err := lines.DecodeMap(request.JSON)
		if err != nil {
			return lines.Answer{}, err
		}
		return written(dir, "status.yaml", sdk.WriteStatus(kratix.NewStatusFromMap(status)))
	}
	return read(request, dir, sdk)
}

func written(dir, file string, err error) (lines.Answer, error) {
	if err != nil {
		return lines.Answer{}, err
	}
	document, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		return lines.Answer{}, err
	}
	return lines.Text(document), nil
}

func read(request lines.Request, dir string, sdk *kratix.KratixSDK) (lines.Answer, error) {
	document, err := request.Document()
	if err != nil {
		return lines.Answer{}, err
	}
	if request.Dir == "" {
		if err := os.WriteFile(filepath.Join(dir, "status.yaml"), document, 0o644); err != nil {
			return lines.Answer{}, err
		}
	}
	status, err := sdk.ReadStatus()
	if err != nil {
		return lines.Answer{}, err
	}
	values := status.ToMap()
	if values == nil {
		values = map[string]any{}
	}
	return lines.Value(values)
}
