// Checks a status: managed keys, message, conditions, and its size.
#include <optional>

#include "kratix/managed.h"
#include "kratix/status_checks.h"
#include "kratix_status/conditions.h"
#include "validate/parts.h"

namespace kratix_status {

namespace {

// A missing field is reported at its condition, an unknown field at its key, and any other at its value.
Position position_of(const ConditionProblem& problem, const YamlNode& item, const Places& places) {
  if (problem.field.empty() || problem.rule == RuleId::condition_field_missing) return item.at;
  if (problem.rule == RuleId::condition_field_unknown) return places.key(problem.field);
  return places.value(problem.field).at;
}

class StatusCheck {
 public:
  StatusCheck(const YamlNode& root, WorkflowType workflow, SortedFindings& findings)
      : places_(root), workflow_(workflow), findings_(findings) {}

  void check(const Map& status) {
    for (const auto& [key, value] : status) {
      if (const Managed* managed = find_managed_key(key, workflow_)) {
        findings_.add({RuleId::managed_key, places_.key(key), "key " + key + ": " + std::string(managed->effect)});
        continue;
      }
      if (key == "message")
        check_message(value);
      else if (key == "conditions")
        check_conditions(value);
      else if (workflow_ == WorkflowType::promise)
        findings_.add(
            {RuleId::promise_key, places_.key(key), "key " + key + ": the status of a Promise has no such field"});
      else if (key.starts_with("status.") || (key == "status" && value.is_map()))
        findings_.add({RuleId::status_wrapper, places_.key(key), "key " + key + ": Kratix publishes it below status"});
    }
  }

 private:
  void check_message(const Value& value) {
    if (value.is_string()) return;
    findings_.add({value.is_null() ? RuleId::message_null : RuleId::message_not_a_string, places_.value("message").at,
                   "message must be a string, not " + std::string(describe(value.kind()))});
  }

  void check_conditions(const Value& value) {
    if (!value.is_list()) {
      return findings_.add({RuleId::conditions_not_a_list, places_.value("conditions").at,
                            "conditions must be a list, not " + std::string(describe(value.kind()))});
    }
    std::optional<Places> places;  // of the item at hand
    std::size_t item_number = 0;
    find_condition_problems(value.as_list(), workflow_, [&](const ConditionProblem& problem) {
      const YamlNode& item = item_of(target_of(places_.value("conditions")), problem.item);
      if (!places || item_number != problem.item) places.emplace(item);
      item_number = problem.item;
      std::string place = "conditions[" + std::to_string(problem.item) + "]";
      if (!problem.field.empty()) place += "." + problem.field;
      findings_.add({problem.rule, position_of(problem, item, *places), place + " " + problem.message, problem.fix});
      return true;
    });
  }

  const Places places_;
  const WorkflowType workflow_;
  SortedFindings& findings_;
};

void check_total_size(const Map& status, const YamlNode& root, SortedFindings& findings) {
  std::vector<std::string> warnings;
  const Outcome outcome = check_size(status, warnings);
  if (!outcome) findings.add({RuleId::status_too_large, root.at, "the status " + outcome.error().cause});
  for (const std::string& warning : warnings) findings.add({RuleId::status_large, root.at, warning});
}

}  // namespace

void check_status(const Value& status, const YamlNode& root, WorkflowType workflow, SortedFindings& findings) {
  StatusCheck(root, workflow, findings).check(status.as_map());
  check_total_size(status.as_map(), root, findings);
}

}  // namespace kratix_status
