// The library as a filter of JSON objects, one a line in, one a line out, flushed at once: the counterpart of the
// programs in go/ and python/.
//
//   {"name", "op": "read", "yaml"} or "yaml_base64"
//       -> {"name", "json", "findings": [{"rule", "line", "column", "message"}], "yaml"}: what the reader makes of
//          the document, and what the writer writes for it (or "write_error")
//       -> {"name", "error", "kind"}: it refuses it
//   {"name", "op": "write", "json"}
//       -> {"name", "yaml"} or {"name", "error", "kind"}
//   {"name", "op": "go-duration", "yaml"}
//       -> {"name", "json": NANOSECONDS}, as a string: what the text is to Go
//   {"name", "op": "duration", "yaml"}
//       -> {"name", "json": {"nanoseconds", "retryAfter"}}: what `retry` makes of the text
//   {"name", "op": "read-control", "yaml"}
//       -> {"name", "json": {"suspend", "message", "retryAfter"}}: workflow-control.yaml as Kratix reads it
//   {"name", "op": "write-control", "json": {"suspend", "message", "retryAfter"}}
//       -> {"name", "yaml"}
//
//   {"name", "op": "status-writer", "yaml", "existing": <status>, "completed": <bool>}
//       -> {"name", "json"}: the status that the status-writer would send for that status.yaml, if the Pipeline is
//          the last one ("completed") or is not; or {"name", "error", "kind"}
//
// Each may fail: {"name", "error", "kind"}. "op" may be left out: a line with "json" is to be written, one without it
// to be read. "kind" is the exit code that the error would have. A line that is no such object ends the program with
// exit code 1, the end of the input with 0.
#include <iostream>
#include <string>

#include "kratix/duration.h"
#include "kratix/status_writer.h"
#include "kratix_status/json.h"
#include "kratix_status/workflow_control.h"
#include "kratix_status/yaml.h"
#include "validate/rules.h"
#include "yaml/base64.h"

namespace {

using namespace kratix_status;

std::string message_of(const Error& error) {
  std::string message = error.context.empty() ? error.cause : error.context + ": " + error.cause;
  if (!error.fix.empty()) message += " (" + error.fix + ")";
  return message;
}

void add_error(Map& answer, const Error& error) {
  answer.set("error", message_of(error));
  answer.set("kind", Value::integer(static_cast<int>(error.kind)));
}

Value to_value(const Finding& finding) {
  Map map;
  map.set("rule", std::string(rule(finding.rule).name));
  map.set("line", Value::integer(static_cast<std::int64_t>(finding.at.line)));
  map.set("column", Value::integer(static_cast<std::int64_t>(finding.at.column)));
  map.set("message", finding.message);
  return map;
}

void read(const Result<Document>& document, Map& answer) {
  if (!document) return add_error(answer, document.error());
  List findings;
  for (const Finding& finding : document->findings) findings.push_back(to_value(finding));
  answer.set("json", document->value);
  answer.set("findings", std::move(findings));
  const auto rewritten = write_yaml(document->value);
  if (rewritten) {
    answer.set("yaml", *rewritten);
  } else {
    answer.set("write_error", message_of(rewritten.error()));
  }
}

void write(const Value& value, Map& answer) {
  const auto text = write_yaml(value);
  if (!text) return add_error(answer, text.error());
  answer.set("yaml", *text);
}

void merge(std::string_view text, const Map& request, Map& answer) {
  const auto document = read_yaml(text, "status.yaml");
  if (!document) return add_error(answer, document.error());
  const Value* const existing = request.find("existing");
  const Value* const completed = request.find("completed");
  // bin/merge is Kratix of August 2025: it reads no workflow-control.yaml and keeps no record of Pipelines, and the
  // previous statuses here have none.
  const WriterRun run{.is_last_pipeline = completed && *completed == Value(true), .now = "now"};
  std::vector<std::string> warnings;
  const auto status = written_status(existing && existing->is_map() ? existing->as_map() : Map{},
                                     document->value.as_map(), run, warnings);
  if (!status) return add_error(answer, status.error());
  answer.set("json", *status);
}

void go_duration(std::string_view text, Map& answer) {
  const auto nanoseconds = parse_go_duration(text);
  if (!nanoseconds) return add_error(answer, nanoseconds.error());
  answer.set("json", std::to_string(*nanoseconds));
}

void duration(std::string_view text, Map& answer) {
  const auto duration = parse_duration(text);
  if (!duration) return add_error(answer, duration.error());
  Map map;
  map.set("nanoseconds", std::to_string(duration->nanoseconds));
  map.set("retryAfter", duration->text);
  answer.set("json", std::move(map));
}

void read_control(std::string_view text, Map& answer) {
  const auto document = read_yaml(text, "workflow-control.yaml");
  if (!document) return add_error(answer, document.error());
  const auto control = read_workflow_control(document->value, "workflow-control.yaml");
  if (!control) return add_error(answer, control.error());
  Map map;
  map.set("suspend", control->suspend);
  map.set("message", control->message);
  map.set("retryAfter", control->retry_after);
  answer.set("json", std::move(map));
}

// REQUIRES: the three fields, of their types
void write_control(const Map& map, Map& answer) {
  const auto text = write_workflow_control({.suspend = map.find("suspend")->as_boolean(),
                                            .message = map.find("message")->as_string(),
                                            .retry_after = map.find("retryAfter")->as_string()});
  if (!text) return add_error(answer, text.error());
  answer.set("yaml", *text);
}

struct Operation {
  std::string_view name;
  void (*run)(std::string_view text, Map& answer);
};

constexpr Operation operations[] = {
    {"go-duration", go_duration}, {"duration", duration}, {"read-control", read_control}};

void handle_text(const Value* op, std::string_view text, Map& answer) {
  for (const Operation& operation : operations) {
    if (op && *op == Value(std::string(operation.name))) return operation.run(text, answer);
  }
  read(read_yaml(text, "status.yaml"), answer);
}

// False if `request` is none.
bool handle(const Map& request, Map& answer) {
  if (const Value* const name = request.find("name")) answer.set("name", *name);
  const Value* const op = request.find("op");
  const Value* const value = request.find("json");
  if (op && *op == Value("write-control")) {
    if (value == nullptr || !value->is_map()) return false;
    write_control(value->as_map(), answer);
    return true;
  }
  if (op ? *op == Value("write") : value != nullptr) {
    if (value == nullptr) return false;
    write(*value, answer);
    return true;
  }
  std::string bytes;
  const Value* const text = request.find("yaml");
  const Value* const coded = request.find("yaml_base64");
  if (text && text->is_string()) {
    bytes = text->as_string();
  } else if (!coded || !coded->is_string() || !decode_base64(coded->as_string(), bytes)) {
    return false;
  }
  if (op && *op == Value("status-writer"))
    merge(bytes, request, answer);
  else
    handle_text(op, bytes, answer);
  return true;
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  std::cin.tie(nullptr);
  for (std::string line; std::getline(std::cin, line);) {
    const auto request = parse_json(line);
    Map answer;
    if (!request || !request->is_map() || !handle(request->as_map(), answer)) {
      std::cerr << "driver: not a request: " << line.substr(0, 200) << "\n";
      if (!request) std::cerr << message_of(request.error()) << "\n";
      return 1;
    }
    std::cout << to_json(answer) << std::endl;
  }
}
