// What Kubernetes stores of a status, drops of it, and refuses.

#include "kratix/status_schema.h"
#include "support.h"

namespace kratix_status {

using test::map;

namespace {

// What is stored, or the error, and then each warning on a line of its own.
std::string stored(const char* sent, WorkflowType workflow = WorkflowType::resource) {
  std::vector<std::string> warnings;
  const Result<Map> status = stored_status(map(sent), workflow, warnings);
  std::string text = status ? to_json(Value(*status)) : test::outcome(status);
  for (const std::string& warning : warnings) text += "\n" + warning;
  return text;
}

std::string refusal(const char* key, const char* wanted, const char* found) {
  return std::string("refused: key ") + key + ": must be " + wanted + ", not " + found +
         ": Kubernetes refuses the whole status otherwise (fix it in status.yaml: until then the Pod fails, and the "
         "user "
         "sees nothing of the status)";
}

}  // namespace

TEST_CASE("what a resource's status may hold is stored as it is", "[status_schema]") {
  for (
      const char* sent : {
          "{}",
          R"({"message":"","observedGeneration":1,"workflows":0,"workflowsSucceeded":0,"workflowsFailed":0})",
          R"({"a":null,"b":{"c":null,"d":[null,{"e":null}]},"status":7,"version":1.5,"requiredBy":"x"})",
          R"({"kratix":{"workflows":{"pipelines":[{"name":"a","message":null}]}}})",
          R"({"conditions":[{"type":"A","status":"perhaps","reason":"","message":"m"},{}]})",
          R"({"conditions":[{"lastTransitionTime":"2024-08-21T10:27:45Z"},{"lastTransitionTime":"2024-08-21t10:27:45z"}]})",
      }) {
    CHECK(stored(sent) == sent);
  }
}

TEST_CASE("null in a field of the schema is dropped", "[status_schema]") {
  CHECK(stored(R"({"message":null,"a":null,"conditions":null,"workflows":null,"kratix":null})") == R"({"a":null})");
  CHECK(stored(R"({"conditions":[{"type":"A","message":null,"lastTransitionTime":null}]})") ==
        R"({"conditions":[{"type":"A"}]})");
}

TEST_CASE("a condition has five fields, and others are dropped", "[status_schema]") {
  CHECK(stored(R"({"conditions":[{"type":"A"},{"severity":"x","type":"B","a b":null,"observedGeneration":1}]})") ==
        R"({"conditions":[{"type":"A"},{"type":"B"}]})"
        "\nkey conditions[1].severity: Kubernetes drops it: its schema has no such field"
        "\nkey conditions[1].\"a b\": Kubernetes drops it: its schema has no such field"
        "\nkey conditions[1].observedGeneration: Kubernetes drops it: its schema has no such field");
}

TEST_CASE("what does not fit the schema is refused, and with it all else", "[status_schema]") {
  CHECK(stored(R"({"message":true})") == refusal("message", "a string", "a boolean"));
  CHECK(stored(R"({"message":{"a":1}})") == refusal("message", "a string", "a map"));
  CHECK(stored(R"({"message":[]})") == refusal("message", "a string", "a list"));
  CHECK(stored(R"({"workflows":"3"})") == refusal("workflows", "a whole number", "a string"));
  CHECK(stored(R"({"workflowsFailed":1.5})") == refusal("workflowsFailed", "a whole number", "a number"));
  CHECK(stored(R"({"kratix":"x"})") == refusal("kratix", "a map", "a string"));
  CHECK(stored(R"({"conditions":{}})") == refusal("conditions", "a list of conditions", "a map"));
  CHECK(stored(R"({"conditions":[{"type":"A"},null]})") == refusal("conditions[1]", "a map", "null"));
  CHECK(stored(R"({"conditions":["A"]})") == refusal("conditions[0]", "a map", "a string"));
  CHECK(stored(R"({"conditions":[{"type":1}]})") == refusal("conditions[0].type", "a string", "a number"));
  CHECK(stored(R"({"conditions":[{"status":true}]})") == refusal("conditions[0].status", "a string", "a boolean"));
  const char* time = "a time such as 2024-08-21T10:27:45Z";
  CHECK(stored(R"({"conditions":[{"lastTransitionTime":7}]})") ==
        refusal("conditions[0].lastTransitionTime", time, "a number"));
  CHECK(stored(R"({"conditions":[{"lastTransitionTime":"today"}]})") ==
        refusal("conditions[0].lastTransitionTime", time, "another string"));
}

TEST_CASE("a Promise's status keeps its own fields and no others", "[status_schema]") {
  const auto promise = WorkflowType::promise;
  const char* known =
      R"({"message":"m","status":"Available","version":"v1","kind":"Redis","apiVersion":"a/v1","requiredPromises":[],)"
      R"("requiredBy":[{}],"lastAvailableTime":"2024-08-21T10:27:45Z","observedGeneration":1,"workflows":1,)"
      R"("workflowsSucceeded":1,"workflowsFailed":0,"kratix":{},"conditions":[]})";
  CHECK(stored(known, promise) == known);
  CHECK(stored(R"({"url":{"a":1},"x\ny":null,"message":"m"})", promise) ==
        R"({"message":"m"})"
        "\nkey url: Kubernetes drops it: its schema has no such field"
        "\nkey \"x\\u000ay\": Kubernetes drops it: its schema has no such field");
  CHECK(stored(R"({"version":1.5})", promise) == refusal("version", "a string", "a number"));
  CHECK(stored(R"({"requiredBy":"x"})", promise) == refusal("requiredBy", "a list", "a string"));
}

TEST_CASE("requiredBy and requiredPromises of a Promise are lists of objects with fields of their own",
          "[status_schema]") {
  const auto promise = WorkflowType::promise;
  const char* known = R"({"requiredPromises":[{"name":"redis","version":"v1","state":"Available"},{}],)"
                      R"("requiredBy":[{"promise":{"name":"app","version":"v2"},"requiredVersion":"v1"}]})";
  CHECK(stored(known, promise) == known);
  CHECK(stored(R"({"requiredBy":[1]})", promise) == refusal("requiredBy[0]", "a map", "a number"));
  CHECK(stored(R"({"requiredBy":[{"promise":"app"}]})", promise) ==
        refusal("requiredBy[0].promise", "a map", "a string"));
  CHECK(stored(R"({"requiredBy":[{"promise":{"version":2}}]})", promise) ==
        refusal("requiredBy[0].promise.version", "a string", "a number"));
  CHECK(stored(R"({"requiredPromises":[{},null]})", promise) == refusal("requiredPromises[1]", "a map", "null"));
  CHECK(stored(R"({"requiredPromises":[{"state":true}]})", promise) ==
        refusal("requiredPromises[0].state", "a string", "a boolean"));
  CHECK(stored(R"({"requiredBy":[{"promise":{"name":"app","x":1},"version":"v1"}]})", promise) ==
        R"({"requiredBy":[{"promise":{"name":"app"}}]})"
        "\nkey requiredBy[0].promise.x: Kubernetes drops it: its schema has no such field"
        "\nkey requiredBy[0].version: Kubernetes drops it: its schema has no such field");
  CHECK(stored(R"({"requiredBy":[1]})") == R"({"requiredBy":[1]})");
}

TEST_CASE("a negative zero is the whole number 0", "[status_schema]") {
  Map sent;
  sent.set("workflowsFailed", Value::number(-0.0));
  std::vector<std::string> warnings;
  const Result<Map> status = stored_status(sent, WorkflowType::resource, warnings);
  REQUIRE(status);
  CHECK(to_json(Value(*status)) == R"({"workflowsFailed":0})");
}

TEST_CASE("a Promise's conditions keep metav1's rules, Kratix's own among them", "[status_schema]") {
  const auto promise = [](const char* fields) {
    std::string sent = R"({"conditions":[{"type":"a/B","status":"True","reason":"R","message":"",)"
                       R"("lastTransitionTime":"2024-08-21T10:27:45Z","observedGeneration":1},{)";
    sent += fields;
    sent += "}]}";
    return stored(sent.c_str(), WorkflowType::promise);
  };
  CHECK(promise(R"("type":"Available","status":"True","reason":"R","message":"m",)"
                R"("lastTransitionTime":"2024-08-21T10:27:45Z")")
            .find("refused") == std::string::npos);
  const std::string end =
      ": Kubernetes refuses the whole status otherwise (fix it in status.yaml: until then the Pod fails, and the user "
      "sees nothing of the status)";
  CHECK(promise(R"("type":"Available")") == "refused: key conditions[1].status: is missing" + end);
  CHECK(promise(R"("status":"True")") == "refused: key conditions[1].type: is missing" + end);
  CHECK(promise(R"("type":"Available","status":"yes")") ==
        "refused: key conditions[1].status: must be True, False or Unknown, not \"yes\"" + end);
  CHECK(promise(R"("type":"not this")") ==
        "refused: key conditions[1].type: must be a name such as DatabaseReady or example.com/DatabaseReady, not \"not "
        "this\"" +
            end);
}

}  // namespace kratix_status
