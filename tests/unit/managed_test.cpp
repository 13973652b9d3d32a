// The tables of what Kratix manages itself, and the checks that walk them.

#include <set>
#include <string>
#include <vector>

#include "kratix/limits.h"
#include "kratix/managed.h"
#include "kratix/status_checks.h"
#include "kratix_status/pipeline.h"
#include "support.h"

namespace kratix_status {

namespace {

constexpr WorkflowType workflows[] = {WorkflowType::resource, WorkflowType::promise};

}  // namespace

TEST_CASE("Kratix's own keys are known for each workflow, and no others", "[contract]") {
  struct Row {
    const char* key;
    bool on_resources;
    bool on_promises;
  };
  const Row rows[] = {
      {"kratix", true, true},
      {"observedGeneration", true, true},
      {"workflows", true, true},
      {"workflowsSucceeded", true, true},
      {"workflowsFailed", true, true},
      {"lastSuccessfulConfigureWorkflowTime", true, true},
      {"promiseVersion", true, true},
      {"resourceBindingVersion", true, true},
      {"healthStatus", true, true},
      {"status", false, true},
      {"version", false, true},
      {"kind", false, true},
      {"apiVersion", false, true},
      {"requiredPromises", false, true},
      {"requiredBy", false, true},
      {"lastAvailableTime", false, true},
      {"message", false, false},
      {"conditions", false, false},
      {"Kratix", false, false},
      {"kratix ", false, false},
      {"", false, false},
  };
  std::size_t managed = 0;
  for (const Row& row : rows) {
    CAPTURE(row.key);
    CHECK((find_managed_key(row.key, WorkflowType::resource) != nullptr) == row.on_resources);
    CHECK((find_managed_key(row.key, WorkflowType::promise) != nullptr) == row.on_promises);
    managed += row.on_promises ? 1 : 0;
  }
  CHECK(managed_keys().size() == managed);
}

TEST_CASE("Kratix's own condition types are known for each workflow, and no others", "[contract]") {
  struct Row {
    const char* type;
    bool on_resources;
    bool on_promises;
  };
  const Row rows[] = {
      {"ConfigureWorkflowCompleted", true, true},
      {"DeleteWorkflowCompleted", true, true},
      {"WorksSucceeded", true, true},
      {"Reconciled", true, true},
      {"PromiseAvailable", true, true},
      {"Available", false, true},
      {"RequirementsFulfilled", false, true},
      {"Ready", false, false},
      {"reconciled", false, false},
  };
  std::size_t managed = 0;
  for (const Row& row : rows) {
    CAPTURE(row.type);
    CHECK((find_managed_condition_type(row.type, WorkflowType::resource) != nullptr) == row.on_resources);
    CHECK((find_managed_condition_type(row.type, WorkflowType::promise) != nullptr) == row.on_promises);
    managed += row.on_promises ? 1 : 0;
  }
  CHECK(managed_condition_types().size() == managed);
}

TEST_CASE("every row of the tables says what happens and where it is written, once", "[contract]") {
  for (const auto table : {managed_keys(), managed_condition_types()}) {
    std::set<std::string_view> names;
    for (const Managed& row : table) {
      CAPTURE(row.name);
      CHECK_FALSE(row.name.empty());
      CHECK_FALSE(row.effect.empty());
      CHECK(row.source.ends_with(".go"));
      CHECK(names.insert(row.name).second);
    }
  }
}

TEST_CASE("each managed key is refused whatever its value, null included", "[contract]") {
  for (const WorkflowType workflow : workflows) {
    for (const Managed& row : managed_keys()) {
      const std::string key(row.name);
      const bool managed = !row.only_on_promises || workflow == WorkflowType::promise;
      const std::string error =
          "refused: key " + key + ": managed by Kratix: " + std::string(row.effect) + " (choose a key of your own)";
      for (const char* value : {"null", "\"x\"", "1", "{}", "[]"}) {
        CAPTURE(key, value);
        CHECK(test::outcome(check_key(key, test::json(value), workflow)) == (managed ? error : "ok"));
      }
    }
  }
}

TEST_CASE("message is a string and a key of one's own is anything", "[contract]") {
  const auto error = [](const std::string& kind) {
    return "refused: key message: must be a string, not " + kind +
           ": Kubernetes refuses the whole status otherwise (give it as one string: kratix-status set message TEXT)";
  };
  struct Row {
    const char* key;
    const char* value;
    std::string outcome;
  };
  const Row rows[] = {
      {"message", "\"\"", "ok"},
      {"message", "\"true\"", "ok"},
      {"message", "true", error("a boolean")},
      {"message", "42", error("a number")},
      {"message", "0.5", error("a number")},
      {"message", "null", error("null")},
      {"message", "[]", error("a list")},
      {"message", "{}", error("a map")},
      {"Message", "42", "ok"},
      {"bucket", "null", "ok"},
      {"bucket", "{\"kratix\":{\"message\":1}}", "ok"},
      {"", "1", "ok"},
      {"conditions", "[]", "ok"},
  };
  for (const Row& row : rows) {
    for (const WorkflowType workflow : workflows) {
      CAPTURE(row.key, row.value);
      CHECK(test::outcome(check_key(row.key, test::json(row.value), workflow)) == row.outcome);
    }
  }
  CHECK(check_key("conditions", Value("x"), WorkflowType::resource).error().context == "key conditions");
}

TEST_CASE("a status is warned of from 256 KiB on and refused beyond 1 MiB, as JSON", "[contract]") {
  struct Row {
    std::size_t bytes;
    const char* outcome;
    const char* warning;
  };
  const char* const too_large =
      "refused: status: would take 1025 KiB as JSON; Kubernetes stores at most about 1024 KiB (keep large data "
      "elsewhere, in a ConfigMap or a Secret, and its name in the status)";
  const Row rows[] = {
      {100, "ok", nullptr},
      {large_status_bytes, "ok", nullptr},
      {large_status_bytes + 1, "ok",
       "the status takes 257 KiB as JSON, which slows every reader of the object; the limit is 1024 KiB"},
      {max_status_bytes, "ok",
       "the status takes 1024 KiB as JSON, which slows every reader of the object; the limit is 1024 KiB"},
      {max_status_bytes + 1, too_large, nullptr},
  };
  for (const Row& row : rows) {
    CAPTURE(row.bytes);
    Map map;
    map.set("k", Value(std::string(row.bytes - 8, 'x')));
    REQUIRE(to_json(map).size() == row.bytes);
    std::vector<std::string> warnings;
    CHECK(test::outcome(check_size(map, warnings)) == row.outcome);
    CHECK(warnings == (row.warning == nullptr ? std::vector<std::string>{} : std::vector<std::string>{row.warning}));
  }
}

}  // namespace kratix_status
