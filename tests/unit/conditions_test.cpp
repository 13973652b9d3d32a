// The rules of conditions, field by field.

#include "kratix_status/conditions.h"
#include "kratix/managed.h"
#include "kratix_status/pipeline.h"
#include "support.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

Map good_condition() {
  return test::map(
      R"({"type":"Ready","status":"True","reason":"Done","message":"","lastTransitionTime":"2024-08-21T10:27:45Z"})");
}

std::string outcome_of(Map condition, WorkflowType workflow = WorkflowType::resource) {
  return test::outcome(check_conditions(Value(List{Value(std::move(condition))}), workflow));
}

std::string outcome_with(const std::string& field, Value value) {
  Map condition = good_condition();
  condition.set(field, std::move(value));
  return outcome_of(std::move(condition));
}

}  // namespace

TEST_CASE("a condition has five fields, all of them strings", "[conditions]") {
  CHECK(outcome_of(good_condition()) == "ok");
  CHECK(test::outcome(check_conditions(Value(List{}), WorkflowType::resource)) == "ok");
  for (const char* field : {"type", "status", "reason", "message", "lastTransitionTime"}) {
    const std::string place = std::string("refused: conditions[0].") + field;
    Map missing = good_condition();
    missing.erase(field);
    CHECK(outcome_of(missing) ==
          place + ": is missing (a condition has type, status, reason, message and lastTransitionTime)");
    CHECK(outcome_with(field, Value(true)) == place + ": must be a string, not a boolean");
    CHECK(outcome_with(field, Value()) == place + ": must be a string, not null");
    CHECK(outcome_with(field, Value::integer(1)) == place + ": must be a string, not a number");
  }
  CHECK(outcome_with("observedGeneration", Value("1")) ==
        "refused: conditions[0].observedGeneration: is not a field of a condition, and Kubernetes drops it");
  CHECK(outcome_with("a\nb", Value("1")) ==
        "refused: conditions[0].a\\nb: is not a field of a condition, and Kubernetes drops it");
}

TEST_CASE("conditions are a list of maps", "[conditions]") {
  struct Row {
    const char* value;
    const char* error;
  };
  const Row rows[] = {
      {"null",
       "refused: key conditions: must be a list of conditions, not null (give each condition type, status, reason, "
       "message and "
       "lastTransitionTime)"},
      {"{}",
       "refused: key conditions: must be a list of conditions, not a map (give each condition type, status, reason, "
       "message and "
       "lastTransitionTime)"},
      {"[7]", "refused: conditions[0]: must be a map with type, status, reason, message and lastTransitionTime"},
      {"[[]]", "refused: conditions[0]: must be a map with type, status, reason, message and lastTransitionTime"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    CHECK(test::outcome(check_conditions(test::json(row.value), WorkflowType::resource)) == row.error);
  }
}

TEST_CASE("a type stands once and is none of Kratix's own", "[conditions]") {
  Map other = good_condition();
  other.set("type", Value("Other"));
  const List two = {Value(good_condition()), Value(other)};
  CHECK(test::outcome(check_conditions(Value(two), WorkflowType::resource)) == "ok");
  const List twice = {Value(good_condition()), Value(other), Value(good_condition())};
  CHECK(test::outcome(check_conditions(Value(twice), WorkflowType::resource)) ==
        "refused: conditions[2].type: Ready appears twice; Kratix keeps one condition of a type");
  for (const WorkflowType workflow : {WorkflowType::resource, WorkflowType::promise}) {
    for (const Managed& row : managed_condition_types()) {
      Map condition = good_condition();
      condition.set("type", Value(std::string(row.name)));
      const bool managed = !row.only_on_promises || workflow == WorkflowType::promise;
      CHECK(outcome_of(condition, workflow) ==
            (managed ? "refused: conditions[0].type: " + std::string(row.name) +
                           " is managed by Kratix: " + std::string(row.effect) + " (choose a type of your own)"
                     : "ok"));
    }
  }
}

TEST_CASE("each field has its own rule", "[conditions]") {
  const std::string place = "refused: conditions[0].";
  struct Row {
    const char* field;
    std::string value;
    std::string outcome;
  };
  const Row rows[] = {
      {"status", "True", "ok"},
      {"status", "False", "ok"},
      {"status", "Unknown", "ok"},
      {"status", "true", place + "status: must be True, False or Unknown, not \"true\" (did you mean True?)"},
      {"status", "FALSE", place + "status: must be True, False or Unknown, not \"FALSE\" (did you mean False?)"},
      {"status", "unknown", place + "status: must be True, False or Unknown, not \"unknown\" (did you mean Unknown?)"},
      {"status", "yes", place + "status: must be True, False or Unknown, not \"yes\""},
      {"status", "", place + "status: must be True, False or Unknown, not \"\""},
      {"type", "", place + "type: must be a name such as DatabaseReady or example.com/DatabaseReady, not \"\""},
      {"type", "a b", place + "type: must be a name such as DatabaseReady or example.com/DatabaseReady, not \"a b\""},
      {"type", std::string(316, 'a'), "ok"},
      {"type", std::string(317, 'a'), place + "type: must not be longer than 316 characters"},
      {"reason", "", place + "reason: must be a word in CamelCase, such as BackupFinished, not \"\""},
      {"reason", "not done", place + "reason: must be a word in CamelCase, such as BackupFinished, not \"not done\""},
      {"reason", std::string(1024, 'a'), "ok"},
      {"reason", std::string(1025, 'a'), place + "reason: must not be longer than 1024 characters"},
      {"message", "", "ok"},
      {"message", "two\nlines", "ok"},
      {"message", std::string(32768, 'a'), "ok"},
      {"message", std::string(32769, 'a'), place + "message: must not be longer than 32768 characters"},
      {"lastTransitionTime", "yesterday",
       place + "lastTransitionTime: must be a time such as 2024-08-21T10:27:45Z, not \"yesterday\""},
      {"lastTransitionTime", "a\nb",
       place + "lastTransitionTime: must be a time such as 2024-08-21T10:27:45Z, not \"a\\nb\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.field, row.value.substr(0, 50));
    CHECK(outcome_with(row.field, Value(row.value)) == row.outcome);
  }
}

TEST_CASE("lengths are counted in characters, not in bytes", "[conditions]") {
  std::string message;
  for (int i = 0; i < 32768; ++i) message += "\xE2\x82\xAC";
  CHECK(outcome_with("message", Value(message)) == "ok");
  CHECK(outcome_with("message", Value(message + "x")) != "ok");
}

TEST_CASE("an error quotes a field whole or not at all", "[conditions]") {
  for (std::size_t length = 1; length < 100; ++length) {
    std::string reason;
    for (std::size_t i = 0; i < length; ++i) reason += "\xE2\x82\xAC";
    const std::string error = outcome_with("reason", Value(reason));
    CHECK(find_invalid_utf8(error) == std::string::npos);
    CHECK((error.find(reason) != std::string::npos || error.find('"') == std::string::npos));
  }
}

TEST_CASE("condition types follow Kubernetes's qualified names", "[conditions]") {
  for (const char* text :
       {"Ready", "a", "9", "DatabaseReady", "a-b_c.d", "example.com/Ready", "a/b", "a.b-c.d9/X-1", "9a/b"}) {
    CAPTURE(text);
    CHECK(is_condition_type(text));
  }
  for (const char* text :
       {"",      "-a",   "a-",   "_a",     "a.",   ".a",   "a b", "/a",  "a/",          "a/b/c", "A.com/x",
        "a_b/x", "-a/x", "a-/x", "a..b/x", ".a/x", "a./x", "a,b", "a:b", "caf\xC3\xA9", "a\n"}) {
    CAPTURE(text);
    CHECK_FALSE(is_condition_type(text));
  }
}

TEST_CASE("reasons follow metav1's pattern", "[conditions]") {
  for (const char* text : {"A", "a", "Done", "A9", "A_", "A,b", "A:b", "A,:_9"}) {
    CAPTURE(text);
    CHECK(is_condition_reason(text));
  }
  for (const char* text : {"", "9A", "_A", "A,", "A:", "A-b", "A b", "A.b", "A/b", "\xC3\xA9", "A\n"}) {
    CAPTURE(text);
    CHECK_FALSE(is_condition_reason(text));
  }
}

TEST_CASE("times follow RFC 3339 with a capital T and an offset", "[conditions]") {
  for (const char* text :
       {"2024-08-21T10:27:45Z", "2024-08-21T10:27:45.1Z", "2024-08-21T10:27:45.123456789Z", "2024-08-21T10:27:45+00:00",
        "2024-08-21T10:27:45-23:59", "2024-08-21T10:27:45.5+01:30", "2024-02-29T00:00:00Z", "2000-02-29T00:00:00Z",
        "2023-12-31T23:59:59Z", "0001-01-01T00:00:00Z"}) {
    CAPTURE(text);
    CHECK(is_date_time(text));
  }
  for (const char* text : {"",
                           "Z",
                           "2024-08-21",
                           "2024-08-21T10:27:45",
                           "2024-08-21 10:27:45Z",
                           "2024-08-21t10:27:45Z",
                           "2024-08-21T10:27:45z",
                           "2024-08-21T10:27Z",
                           "2024-8-21T10:27:45Z",
                           "24-08-21T10:27:45Z",
                           "2024-13-01T00:00:00Z",
                           "2024-00-01T00:00:00Z",
                           "2024-01-00T00:00:00Z",
                           "2024-01-32T00:00:00Z",
                           "2024-04-31T00:00:00Z",
                           "2023-02-29T00:00:00Z",
                           "1900-02-29T00:00:00Z",
                           "2024-08-21T24:00:00Z",
                           "2024-08-21T10:60:00Z",
                           "2024-08-21T10:00:60Z",
                           "2024-08-21T10:27:45.Z",
                           "2024-08-21T10:27:45.5",
                           "2024-08-21T10:27:45+1:00",
                           "2024-08-21T10:27:45+0100",
                           "2024-08-21T10:27:45+24:00",
                           "2024-08-21T10:27:45+01:60",
                           "2024-08-21T10:27:45+01:00Z",
                           "2024-08-21T10:27:45ZZ",
                           " 2024-08-21T10:27:45Z",
                           "2024-08-21T10:27:45Z ",
                           "2024-08-21T10:27:45UTC",
                           "now"}) {
    CAPTURE(text);
    CHECK_FALSE(is_date_time(text));
  }
}

}  // namespace kratix_status
