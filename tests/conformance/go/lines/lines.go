// Package lines frames the conformance programs: each is a filter of JSON objects, one a line in, one a line out.
//
// A line in is a Request; which of its fields count is for the program to say. A line out is an Answer with the
// same name: a value, a document, or an error. Every line in gives one line out, in order, flushed at once, so a
// driver may keep one process for any number of documents. A panic in a handler becomes that line's error.
// A line that is not a Request ends the program with exit code 1; the end of the input ends it with 0.
package lines

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"unicode/utf8"
)

// Request is one line of input. A document that is not valid UTF-8 travels in YAMLBase64.
type Request struct {
	Name       string          `json:"name"`
	YAML       *string         `json:"yaml"`
	YAMLBase64 *string         `json:"yaml_base64"`
	JSON       json.RawMessage `json:"json"`
	Existing   json.RawMessage `json:"existing"`
	Completed  bool            `json:"completed"`
	Dir        string          `json:"dir"`
	Suspend    *string         `json:"suspend"`
	RetryAfter *string         `json:"retryAfter"`
	Message    string          `json:"message"`
	Call       string          `json:"call"`
	Args       []string        `json:"args"`
}

// Document is the request's YAML text, nil if it has none.
func (r Request) Document() ([]byte, error) {
	switch {
	case r.YAML != nil:
		return []byte(*r.YAML), nil
	case r.YAMLBase64 != nil:
		return base64.StdEncoding.DecodeString(*r.YAMLBase64)
	}
	return nil, nil
}

// Answer is one line of output: exactly one of JSON, YAML, YAMLBase64, Error is set.
type Answer struct {
	Name       string          `json:"name"`
	JSON       json.RawMessage `json:"json,omitempty"`
	YAML       *string         `json:"yaml,omitempty"`
	YAMLBase64 *string         `json:"yaml_base64,omitempty"`
	Error      string          `json:"error,omitempty"`
}

// Value answers with a value; HTML's characters are left as they are.
func Value(value any) (Answer, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return Answer{}, err
	}
	return Answer{JSON: text.Bytes()}, nil
}

// Text answers with a document, in base64 where it is not valid UTF-8.
func Text(document []byte) Answer {
	if utf8.Valid(document) {
		text := string(document)
		return Answer{YAML: &text}
	}
	coded := base64.StdEncoding.EncodeToString(document)
	return Answer{YAMLBase64: &coded}
}

// Decode reads JSON into Go values with integers kept as int64 and all other numbers as float64.
func Decode(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	return plain(value)
}

// DecodeMap is Decode for a value that has to be a map.
func DecodeMap(text []byte) (map[string]any, error) {
	value, err := Decode(text)
	if err != nil {
		return nil, err
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("a map is needed, not %T", value)
	}
	return object, nil
}

func plain(value any) (_ any, err error) {
	switch v := value.(type) {
	case json.Number:
		if number, err := v.Int64(); err == nil && !strings.HasPrefix(string(v), "-0") {
			return number, nil
		}
		return v.Float64()
	case []any:
		for i := range v {
			if v[i], err = plain(v[i]); err != nil {
				return nil, err
			}
		}
	case map[string]any:
		for key := range v {
			if v[key], err = plain(v[key]); err != nil {
				return nil, err
			}
		}
	}
	return value, nil
}

// Versions prints the modules that the program was built from, to be kept with any figures made by it.
func Versions(modules ...string) {
	info, _ := debug.ReadBuildInfo()
	for _, dependency := range info.Deps {
		for _, module := range modules {
			if dependency.Path == module {
				fmt.Println(dependency.Path, dependency.Version)
			}
		}
	}
}

// Serve answers standard input's lines on standard output until the input ends, then exits.
func Serve(handle func(Request) (Answer, error)) {
	if err := serve(os.Stdin, os.Stdout, handle); err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
		os.Exit(1)
	}
}

func serve(in io.Reader, out io.Writer, handle func(Request) (Answer, error)) error {
	reader := bufio.NewReaderSize(in, 1<<20)
	writer := bufio.NewWriterSize(out, 1<<20)
	encoder := json.NewEncoder(writer)
	encoder.SetEscapeHTML(false)
	for {
		line, err := reader.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			var request Request
			if err := json.Unmarshal(line, &request); err != nil {
				return err
			}
			if err := encoder.Encode(answer(request, handle)); err != nil {
				return err
			}
			if err := writer.Flush(); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func answer(request Request, handle func(Request) (Answer, error)) (reply Answer) {
	defer func() {
		if cause := recover(); cause != nil {
			reply = Answer{Name: request.Name, Error: fmt.Sprint("panic: ", cause)}
		}
	}()
	reply, err := handle(request)
	if err != nil {
		reply = Answer{Error: err.Error()}
	}
	reply.Name = request.Name
	return reply
}
