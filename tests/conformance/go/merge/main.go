// Merge puts a status.yaml over a previous status with Kratix's own functions.
//
//	merge [-versions]
//
// A line in: {"name", "existing": <status>, "yaml": <status.yaml>, "completed": <bool>}. A line out: {"name", "json"},
// the status that Kratix would store, or {"name", "error"}. "existing" may be absent; "completed" says that this
// was the last Pipeline, and adds the condition ConfigureWorkflowCompleted with the present time.
//
// The functions are MergeStatuses and MarkAsCompleted of github.com/syntasso/kratix/work-creator/lib. MergeStatuses
// puts conditions in random order. The check that refuses a top-level key `kratix` is no part of them.
package main

import (
	"flag"

	"github.com/syntasso/kratix/work-creator/lib"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"sigs.k8s.io/yaml"

	"kratix-status/tests/conformance/lines"
)

func main() {
	versions := flag.Bool("versions", false, "print the modules that the functions come from")
	flag.Parse()
	if *versions {
		lines.Versions("github.com/syntasso/kratix", "sigs.k8s.io/yaml", "k8s.io/apimachinery")
		return
	}
	lines.Serve(merge)
}

func merge(request lines.Request) (lines.Answer, error) {
	document, err := request.Document()
	if err != nil {
		return lines.Answer{}, err
	}
	incoming := map[string]any{}
	if err := yaml.Unmarshal(document, &incoming); err != nil {
		return lines.Answer{}, err
	}
	// As the Kubernetes client gives it to the status-writer: integers are int64.
	existing := map[string]any{}
	if len(request.Existing) > 0 {
		if err := utiljson.Unmarshal(request.Existing, &existing); err != nil {
			return lines.Answer{}, err
		}
	}
	merged := lib.MergeStatuses(existing, incoming)
	if request.Completed {
		merged = lib.MarkAsCompleted(merged)
	}
	return lines.Value(merged)
}
