// workflow-control.yaml: what is written, what Kratix reads, and how often a Pipeline was retried.
#include "kratix_status/workflow_control.h"

#include <string>

#include "kratix_status/yaml.h"
#include "support.h"

namespace kratix_status {

namespace {

using test::map;

// "suspend|message|retryAfter", or the error.
std::string read(const std::string& text) {
  const Result<Document> document = read_yaml(text, "control.yaml");
  if (!document) return test::whole(document.error());
  const Result<WorkflowControl> control = read_workflow_control(document->value, "control.yaml");
  if (!control) return test::whole(control.error());
  return std::string(control->suspend ? "true" : "false") + "|" + control->message + "|" + control->retry_after;
}

}  // namespace

TEST_CASE("the file holds what was asked for, and reads back", "[workflow_control]") {
  struct Row {
    WorkflowControl control;
    const char* text;
  };
  const Row rows[] = {
      {{.suspend = true}, "suspend: true\n"},
      {{.suspend = true, .message = "Waiting: for \"ops\""}, "suspend: true\nmessage: \"Waiting: for \\\"ops\\\"\"\n"},
      {{.retry_after = "24h"}, "retryAfter: \"24h\"\n"},
      {{.message = "yes", .retry_after = "1h30m"}, "retryAfter: \"1h30m\"\nmessage: \"yes\"\n"},
  };
  for (const Row& row : rows) {
    const Result<std::string> text = write_workflow_control(row.control);
    REQUIRE(test::outcome(text) == "ok");
    CHECK(*text == row.text);
    CHECK(row.control.stops());
    CHECK(read(*text) == std::string(row.control.suspend ? "true" : "false") + "|" + row.control.message + "|" +
                             row.control.retry_after);
  }
  CHECK_FALSE(WorkflowControl{.message = "x"}.stops());
}

TEST_CASE("a hand-written file is read as Kratix reads it", "[workflow_control]") {
  const std::pair<const char*, const char*> rows[] = {
      {"", "false||"},
      {"null", "false||"},
      {"suspend: true\n", "true||"},
      {"suspend: yes\n", "true||"},
      {"suspend: off\n", "false||"},
      {"Suspend: true\nMESSAGE: x\nRETRYAFTER: 5s\n", "true|x|5s"},
      {"suspend: false\nSuspend: true\n", "false||"},
      {"suspend: true\nSuspend: false\n", "true||"},
      {"suspend: null\nmessage: ~\nretryAfter:\n", "false||"},
      {"message: 5\n", "false|5|"},
      {"message: true\n", "false|true|"},
      {"suspended: true\nretry: 5s\nmaxAttempts: 3\n", "false||"},
      {"retryAfter: 0s\n", "false||0s"},
      {"retryAfter: -5m\n", "false||-5m"},
      {"retryAfter: 1h30m\nsuspend: false\n", "false||1h30m"},
      {"retryAfter: ''\nsuspend: true\n", "true||"},
  };
  for (const auto& [text, fields] : rows) {
    CAPTURE(text);
    CHECK(read(text) == fields);
  }
}

TEST_CASE("what Kratix fails at is malformed, with the fix", "[workflow_control]") {
  const std::string rewrite = " (write the file with kratix-status suspend)";
  const std::pair<std::string, std::string> rows[] = {
      {"suspend: 'true'\n", "suspend must be true or false, not a string" + rewrite},
      {"suspend: 1\n", "suspend must be true or false, not a number" + rewrite},
      {"Suspend: [true]\n", "Suspend must be true or false, not a list" + rewrite},
      {"message: [a]\n", "message must be a string, not a list" + rewrite},
      {"message: {a: b}\n", "message must be a string, not a map" + rewrite},
      {"retryAfter: {}\n", "retryAfter must be a string, not a map" + rewrite},
      {"retryAfter: 30\n", "retryAfter: duration \"30\": has no unit (write 30s)"},
      {"retryAfter: 1d\n", "retryAfter: duration \"1d\": Go has no unit d (write it in hours: 1d is 24h)"},
      {"retryAfter: true\n",
       "retryAfter: duration \"true\": a number is expected (give numbers with units, such as 30s, 1h30m or 1d)"},
  };
  for (const auto& [text, error] : rows) {
    CAPTURE(text);
    CHECK(read(text) == "malformed: control.yaml: " + error);
  }
  CHECK(read("[]").starts_with("malformed: control.yaml"));
  CHECK(read("suspend: [\n").starts_with("malformed: control.yaml:"));
}

TEST_CASE("attempts are those of the Pipeline's own entry", "[workflow_control]") {
  struct Row {
    const char* previous;
    std::int64_t attempts;
  };
  const Row rows[] = {
      {"{}", 0},
      {R"({"kratix":{"workflows":{"pipelines":[{"name":"other","attempts":7},{"name":"gate","attempts":3}]}}})", 3},
      {R"({"kratix":{"workflows":{"pipelines":[{"name":"gate"}]}}})", 0},
      {R"({"kratix":{"workflows":{"pipelines":[{"name":"gate","attempts":"3"}]}}})", 0},
      {R"({"kratix":{"workflows":{"pipelines":{"name":"gate","attempts":3}}}})", 0},
      {R"({"kratix":{"workflows":[]}})", 0},
      {R"({"kratix":null})", 0},
      {R"({"kratix":{"workflows":{"pipelines":[1,null,{"name":1},{"attempts":2},{"name":"gate","attempts":9}]}}})", 9},
  };
  for (const Row& row : rows) {
    CAPTURE(row.previous);
    CHECK(attempts_so_far(map(row.previous), "gate") == row.attempts);
  }
}

}  // namespace kratix_status
