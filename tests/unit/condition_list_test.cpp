// One condition among those of a status.

#include <string>

#include "kratix/condition_list.h"
#include "kratix/managed.h"
#include "support.h"

namespace kratix_status {

namespace {

using test::json;
using test::map;

constexpr const char* now = "2024-08-21T10:27:45Z";
const NewCondition ready = {"Ready", "True", "Ok", "done"};

std::string condition(const std::string& type, const std::string& status, const std::string& time) {
  return R"({"type":")" + type + R"(","status":")" + status +
         R"(","reason":"Old","message":"old","lastTransitionTime":")" + time + "\"}";
}

std::string conditions(const std::string& items) { return "{\"conditions\":[" + items + "]}"; }

// The time that Ready, now True, gets.
std::string time_after(const std::string& file, const std::string& previous) {
  Map status = map(file);
  CHECK(test::outcome(set_condition(status, map(previous), ready, now, WorkflowType::resource)) == "ok");
  return find_condition(status, "Ready")->as_map().find("lastTransitionTime")->as_string();
}

std::string error_of(const std::string& file, const NewCondition& condition,
                     WorkflowType workflow = WorkflowType::resource) {
  Map status = map(file);
  const std::string outcome = test::outcome(set_condition(status, {}, condition, now, workflow));
  if (outcome != "ok") CHECK(status == map(file));
  return outcome;
}

}  // namespace

TEST_CASE("a condition gets all five fields, in the order that Kubernetes shows", "[condition_list]") {
  Map status;
  REQUIRE(set_condition(status, {}, ready, now, WorkflowType::resource).ok());
  CHECK(to_json(status) == R"({"conditions":[{"type":"Ready","status":"True","reason":"Ok","message":"done",)"
                           R"("lastTransitionTime":"2024-08-21T10:27:45Z"}]})");
}

TEST_CASE("it takes the place of the one of its type, and the others stay as they are", "[condition_list]") {
  const std::string set = R"({"type":"Ready","status":"True","reason":"Ok","message":"done","lastTransitionTime":")" +
                          std::string(now) + "\"}";
  struct Row {
    std::string file;
    std::string after;
  };
  const Row rows[] = {
      {"{}", conditions(set)},
      {R"({"a":1})", R"({"a":1,"conditions":[)" + set + "]}"},
      {R"({"conditions":null})", conditions(set)},
      {conditions(condition("Ready", "False", "t") + "," + condition("Ready", "True", "t") + "," +
                  condition("A", "x", "t") + "," + condition("Ready", "x", "t")),
       conditions(set + "," + condition("A", "x", "t"))},
      {conditions(""), conditions(set)},
      {conditions(condition("A", "True", "t")), conditions(condition("A", "True", "t") + "," + set)},
      {conditions(condition("Ready", "False", "t") + "," + condition("A", "x", "t")),
       conditions(set + "," + condition("A", "x", "t"))},
      {conditions(R"({"type":"Ready"},1,"x",null,[],{},{"type":7})"),
       conditions(set + R"(,1,"x",null,[],{},{"type":7})")},
      // Of two Kratix keeps the last, so none may be left behind the new one.
      {conditions("0," + condition("Ready", "False", "t") + ",1," + condition("Ready", "False", "t") + ",2"),
       conditions("0," + set + ",1,2")},
      {conditions(condition("ready", "True", "t")), conditions(condition("ready", "True", "t") + "," + set)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.file);
    Map status = map(row.file);
    CHECK(test::outcome(set_condition(status, {}, ready, now, WorkflowType::resource)) == "ok");
    CHECK(to_json(status) == row.after);
  }
}

TEST_CASE("the time of the last transition stays while the status is the same", "[condition_list]") {
  const std::string first = "2020-01-01T00:00:00Z";
  const std::string second = "2021-01-01T00:00:00Z";
  const auto in = [](const std::string& status, const std::string& time) {
    return conditions(condition("Ready", status, time));
  };
  CHECK(time_after("{}", "{}") == now);
  CHECK(time_after(in("True", first), "{}") == first);
  CHECK(time_after("{}", in("True", first)) == first);
  CHECK(time_after(in("True", second), in("True", first)) == second);
  CHECK(time_after(in("False", first), "{}") == now);
  CHECK(time_after("{}", in("False", first)) == now);
  CHECK(time_after("{}", in("Unknown", first)) == now);
  // The user never saw the False in between.
  CHECK(time_after(in("False", second), in("True", first)) == first);
  CHECK(time_after(in("True", second), in("False", first)) == second);
  // No time at all.
  CHECK(time_after(in("True", "yesterday"), in("True", first)) == first);
  CHECK(time_after(in("True", "yesterday"), "{}") == now);
  CHECK(time_after(conditions(R"({"type":"Ready","status":"True"})"), "{}") == now);
  CHECK(time_after(conditions(R"({"type":"Ready","status":true,"lastTransitionTime":"2020-01-01T00:00:00Z"})"), "{}") ==
        now);
  CHECK(time_after("{}", R"({"conditions":"none"})") == now);
  // Of another type.
  CHECK(time_after("{}", conditions(condition("Readyy", "True", first))) == now);
  // Kratix keeps the last of two.
  CHECK(time_after("{}", conditions(condition("Ready", "True", second) + "," + condition("Ready", "True", first))) ==
        first);
}

TEST_CASE("a condition that is not well-formed is refused, and nothing has changed", "[condition_list]") {
  const std::string file = conditions(condition("Ready", "True", "t"));
  CHECK(error_of(file, {"Ready", "true", "Ok", ""}) ==
        "refused: condition Ready.status: must be True, False or Unknown, not \"true\" (did you mean True?)");
  CHECK(error_of(file, {"Ready", "True", "all good", ""}) ==
        "refused: condition Ready.reason: must be a word in CamelCase, such as BackupFinished, not \"all good\"");
  CHECK(error_of(file, {"Ready", "True", "", ""}) ==
        "refused: condition Ready.reason: must be a word in CamelCase, such as BackupFinished, not \"\"");
  CHECK(error_of(file, {"Not ready", "True", "Ok", ""}) ==
        "refused: condition Not ready.type: must be a name such as DatabaseReady or example.com/DatabaseReady, not "
        "\"Not ready\"");
  CHECK(error_of(file, {std::string(317, 'a'), "True", "Ok", ""}) ==
        "refused: condition.type: must not be longer than 316 characters");
  CHECK(error_of(file, {"Ready", "True", "Ok", std::string(32769, 'a')}) ==
        "refused: condition Ready.message: must not be longer than 32768 characters");
  CHECK(error_of(file, {"Ready", "True", "Ok", std::string(32768, 'a')}).substr(0, 2) == "ok");
}

TEST_CASE("types that Kratix manages are refused by name", "[condition_list]") {
  for (const Managed& managed : managed_condition_types()) {
    const NewCondition condition = {std::string(managed.name), "True", "Ok", ""};
    const std::string text = "refused: condition " + condition.type + ".type: " + condition.type +
                             " is managed by Kratix: " + std::string(managed.effect) + " (choose a type of your own)";
    CHECK(error_of("{}", condition, WorkflowType::promise) == text);
    CHECK((error_of("{}", condition) == text) == !managed.only_on_promises);
  }
}

TEST_CASE("conditions that are no list are refused", "[condition_list]") {
  CHECK(error_of(R"({"conditions":"none"})", ready) ==
        "refused: key conditions: is a string, not a list of conditions (remove it first: kratix-status unset "
        "conditions)");
  CHECK(error_of(R"({"conditions":{}})", ready).find("is a map, not a list") != std::string::npos);
}

TEST_CASE("a condition is removed by its type, and an empty list with it", "[condition_list]") {
  struct Row {
    std::string file;
    bool removed;
    std::string after;
  };
  const std::string other = condition("A", "True", "t");
  const Row rows[] = {
      {"{}", false, "{}"},
      {R"({"conditions":"x"})", false, R"({"conditions":"x"})"},
      {conditions(""), false, conditions("")},
      {conditions(other), false, conditions(other)},
      {conditions(condition("Ready", "x", "t")), true, "{}"},
      {conditions(condition("Ready", "x", "t") + "," + other + R"(,{"type":"Ready"},1)"), true,
       conditions(other + ",1")},
  };
  for (const Row& row : rows) {
    CAPTURE(row.file);
    Map status = map(row.file);
    CHECK(remove_condition(status, "Ready") == row.removed);
    CHECK(to_json(status) == row.after);
  }
  Map untyped = map(conditions(R"({"type":""},{"status":"True"})"));
  CHECK_FALSE(remove_condition(untyped, ""));
  CHECK(find_condition(untyped, "") == nullptr);
}

}  // namespace kratix_status
