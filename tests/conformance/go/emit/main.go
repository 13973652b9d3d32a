// Emit writes each JSON value as the YAML that a foreign emitter makes of it.
//
//	emit [-emitter kubectl|yq|yq-strenv|go-yaml-v2|go-yaml-v3] [-versions]
//
// A line in: {"name", "json"}. A line out: {"name", "yaml"} (or "yaml_base64") or {"name", "error"}.
//
//   - kubectl: sigs.k8s.io/yaml's Marshal, which kratix-go's WriteStatus uses as well.
//   - yq: yq's own encoder over the nodes that its JSON reader makes: a tag, a text and no style.
//   - yq-strenv: what `v=STRING yq -i '.key = strenv(v)'` makes of a file with the other keys, for {"key": STRING, ...}.
//   - go-yaml-v2, go-yaml-v3: those modules' Marshal.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"

	"github.com/mikefarah/yq/v4/pkg/yqlib"
	yamlv2 "go.yaml.in/yaml/v2"
	logging "gopkg.in/op/go-logging.v1"
	yamlv3 "gopkg.in/yaml.v3"
	"sigs.k8s.io/yaml"

	"kratix-status/tests/conformance/lines"
)

var emitters = map[string]func(any) ([]byte, error){
	"kubectl":    yaml.Marshal,
	"yq":         emitYq,
	"yq-strenv":  emitYqStrenv,
	"go-yaml-v2": yamlv2.Marshal,
	"go-yaml-v3": yamlv3.Marshal,
}

func main() {
	name := flag.String("emitter", "kubectl", "kubectl, yq, yq-strenv, go-yaml-v2 or go-yaml-v3")
	versions := flag.Bool("versions", false, "print the modules that the emitters come from")
	flag.Parse()
	if *versions {
		lines.Versions("sigs.k8s.io/yaml", "go.yaml.in/yaml/v2", "github.com/mikefarah/yq/v4", "go.yaml.in/yaml/v4",
			"gopkg.in/yaml.v3")
		return
	}
	emit, ok := emitters[*name]
	if !ok {
		fmt.Fprintf(os.Stderr, "emit: no emitter is called %q\n", *name)
		os.Exit(2)
	}
	logging.SetLevel(logging.CRITICAL, "yq-lib")
	lines.Serve(func(request lines.Request) (lines.Answer, error) {
		value, err := lines.Decode(request.JSON)
		if err != nil {
			return lines.Answer{}, err
		}
		document, err := emit(value)
		if err != nil {
			return lines.Answer{}, err
		}
		return lines.Text(document), nil
	})
}

func emitYq(value any) ([]byte, error) {
	node, err := yqNode(value)
	if err != nil {
		return nil, err
	}
	var document bytes.Buffer
	err = yqlib.NewYamlEncoder(yqlib.NewDefaultYamlPreferences()).Encode(&document, node)
	return document.Bytes(), err
}

func emitYqStrenv(value any) ([]byte, error) {
	object, _ := value.(map[string]any)
	text, ok := object["key"].(string)
	if !ok {
		return nil, fmt.Errorf("a map with a string as key is needed")
	}
	delete(object, "key")
	before, err := emitYq(object)
	if err != nil {
		return nil, err
	}
	if err := os.Setenv("v", text); err != nil {
		return nil, err
	}
	yqlib.InitExpressionParser()
	preferences := yqlib.NewDefaultYamlPreferences()
	after, err := yqlib.NewStringEvaluator().Evaluate(".key = strenv(v)", string(before),
		yqlib.NewYamlEncoder(preferences), yqlib.NewYamlDecoder(preferences))
	return []byte(after), err
}

func yqNode(value any) (*yqlib.CandidateNode, error) {
	scalar := func(tag, text string) (*yqlib.CandidateNode, error) {
		return &yqlib.CandidateNode{Kind: yqlib.ScalarNode, Tag: tag, Value: text}, nil
	}
	switch v := value.(type) {
	case nil:
		return scalar("!!null", "null")
	case bool:
		return scalar("!!bool", strconv.FormatBool(v))
	case int64:
		return scalar("!!int", strconv.FormatInt(v, 10))
	case float64:
		if v == float64(int64(v)) {
			return scalar("!!int", strconv.FormatInt(int64(v), 10))
		}
		return scalar("!!float", fmt.Sprint(v))
	case string:
		return scalar("!!str", v)
	case []any:
		node := &yqlib.CandidateNode{Kind: yqlib.SequenceNode, Tag: "!!seq"}
		for _, item := range v {
			child, err := yqNode(item)
			if err != nil {
				return nil, err
			}
			node.AddChild(child)
		}
		return node, nil
	case map[string]any:
		return yqMap(v)
	}
	return nil, fmt.Errorf("no YAML for %T", value)
}

func yqMap(object map[string]any) (*yqlib.CandidateNode, error) {
	keys := make([]string, 0, len(object))
	for key := range object {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	node := &yqlib.CandidateNode{Kind: yqlib.MappingNode, Tag: "!!map"}
	for _, name := range keys {
		key, err := yqNode(name)
		if err != nil {
			return nil, err
		}
		child, err := yqNode(object[name])
		if err != nil {
			return nil, err
		}
		node.AddKeyValueChild(key, child)
	}
	return node, nil
}
