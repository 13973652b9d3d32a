// Oracle answers, for each YAML document, what a reader that status.yaml meets makes of it.
//
//	oracle [-reader kratix|control|duration|yq|go-yaml-v3] [-versions]
//
// A line in: {"name", "yaml"} or {"name", "yaml_base64"}. A line out: {"name", "json"} or {"name", "error"}.
//
//   - kratix: status.yaml as Kratix's status-writer reads it (readStatusFile in work-creator/cmd/update_status.go):
//     sigs.k8s.io/yaml into a map of anything, a missing map being an empty one.
//   - control: workflow-control.yaml as the status-writer reads it (ReadWorkflowControlFile in
//     work-creator/lib/workflow_control.go, which no Kratix module that can be fetched holds yet): the three
//     fields, and the duration checked as Go's time.ParseDuration does.
//   - duration: the text as Go's time.ParseDuration reads it: nanoseconds, as a string.
//   - yq: the first document as `yq -o json` prints it; aliases and merge keys are not expanded.
//   - go-yaml-v3: the first document decoded into anything, as most Go programs but Kubernetes' own do.
//
// Keys that collide once they are strings (`yes` and `"true"`) are resolved by chance in Kratix, and so here.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/mikefarah/yq/v4/pkg/yqlib"
	logging "gopkg.in/op/go-logging.v1"
	yamlv3 "gopkg.in/yaml.v3"
	"sigs.k8s.io/yaml"

	"kratix-status/tests/conformance/lines"
)

var readers = map[string]func([]byte) (lines.Answer, error){
	"kratix":     readKratix,
	"control":    readControl,
	"duration":   readDuration,
	"yq":         readYq,
	"go-yaml-v3": readGoYAMLv3,
}

func main() {
	name := flag.String("reader", "kratix", "kratix, control, duration, yq or go-yaml-v3")
	versions := flag.Bool("versions", false, "print the modules that the readers come from")
	flag.Parse()
	if *versions {
		lines.Versions("sigs.k8s.io/yaml", "go.yaml.in/yaml/v2", "github.com/mikefarah/yq/v4", "go.yaml.in/yaml/v4",
			"gopkg.in/yaml.v3")
		return
	}
	read, ok := readers[*name]
	if !ok {
		fmt.Fprintf(os.Stderr, "oracle: no reader is called %q\n", *name)
		os.Exit(2)
	}
	logging.SetLevel(logging.CRITICAL, "yq-lib")
	lines.Serve(func(request lines.Request) (lines.Answer, error) {
		document, err := request.Document()
		if err != nil {
			return lines.Answer{}, err
		}
		return read(document)
	})
}

func readKratix(document []byte) (lines.Answer, error) {
	status := map[string]any{}
	if err := yaml.Unmarshal(document, &status); err != nil {
		return lines.Answer{}, err
	}
	if status == nil {
		status = map[string]any{}
	}
	return lines.Value(status)
}

func readControl(document []byte) (lines.Answer, error) {
	var control struct {
		Suspend    bool   `json:"suspend"`
		Message    string `json:"message"`
		RetryAfter string `json:"retryAfter"`
	}
	if err := yaml.Unmarshal(document, &control); err != nil {
		return lines.Answer{}, err
	}
	if control.RetryAfter != "" {
		if _, err := time.ParseDuration(control.RetryAfter); err != nil {
			return lines.Answer{}, err
		}
	}
	return lines.Value(control)
}

func readDuration(text []byte) (lines.Answer, error) {
	duration, err := time.ParseDuration(string(text))
	if err != nil {
		return lines.Answer{}, err
	}
	return lines.Value(strconv.FormatInt(int64(duration), 10))
}

func readYq(document []byte) (lines.Answer, error) {
	decoder := yqlib.NewYamlDecoder(yqlib.NewDefaultYamlPreferences())
	if err := decoder.Init(bytes.NewReader(document)); err != nil {
		return lines.Answer{}, err
	}
	node, err := decoder.Decode()
	if err != nil {
		return lines.Answer{}, err
	}
	var text, line bytes.Buffer
	if err := yqlib.NewJSONEncoder(yqlib.JsonPreferences{}).Encode(&text, node); err != nil {
		return lines.Answer{}, err
	}
	if err := json.Compact(&line, text.Bytes()); err != nil {
		return lines.Answer{}, err
	}
	return lines.Answer{JSON: line.Bytes()}, nil
}

func readGoYAMLv3(document []byte) (lines.Answer, error) {
	var value any
	if err := yamlv3.Unmarshal(document, &value); err != nil {
		return lines.Answer{}, err
	}
	if err := refuseTimes(value); err != nil {
		return lines.Answer{}, err
	}
	return lines.Value(value)
}

// JSON would print a time as a string and so hide that it is none.
func refuseTimes(value any) error {
	switch v := value.(type) {
	case time.Time:
		return fmt.Errorf("a time, not a string: %v", v)
	case []any:
		for _, item := range v {
			if err := refuseTimes(item); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, item := range v {
			if err := refuseTimes(item); err != nil {
				return err
			}
		}
	}
	return nil
}
