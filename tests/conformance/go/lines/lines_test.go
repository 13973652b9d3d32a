package lines

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func run(t *testing.T, input string, handle func(Request) (Answer, error)) string {
	t.Helper()
	var output bytes.Buffer
	if err := serve(strings.NewReader(input), &output, handle); err != nil {
		t.Fatal(err)
	}
	return output.String()
}

func expect(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestAPanicIsTheAnswerToItsLineAlone(t *testing.T) {
	got := run(t, `{"name":"a"}`+"\n"+`{"name":"b","yaml":"x"}`, func(request Request) (Answer, error) {
		if request.Name == "a" {
			panic("gone")
		}
		document, err := request.Document()
		return Text(document), err
	})
	expect(t, got, `{"name":"a","error":"panic: gone"}`+"\n"+`{"name":"b","yaml":"x"}`+"\n")
}

func TestAnErrorIsAnswered(t *testing.T) {
	got := run(t, `{"name":"a"}`+"\n", func(Request) (Answer, error) { return Answer{}, errors.New("no <map>") })
	expect(t, got, `{"name":"a","error":"no <map>"}`+"\n")
}

func TestDocumentsThatAreNotUTF8TravelInBase64(t *testing.T) {
	got := run(t, `{"name":"a","yaml_base64":"/w=="}`+"\n", func(request Request) (Answer, error) {
		document, err := request.Document()
		return Text(document), err
	})
	expect(t, got, `{"name":"a","yaml_base64":"/w=="}`+"\n")
}

func TestNumbersKeepTheirKind(t *testing.T) {
	value, err := Decode([]byte(`[1, 1.0, -0, 9007199254740993, 1e2, "<&>"]`))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := Value(value)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, string(answer.JSON), `[1,1,-0,9007199254740993,100,"<&>"]`+"\n")
}
