#include <optional>

#include "kratix/managed.h"
#include "kratix/status_checks.h"
#include "kratix_status/conditions.h"
#include "validate/parts.h"

namespace kratix_status {

namespace {

RuleId rule_of(ConditionProblem::Kind kind) {
  using Kind = ConditionProblem::Kind;
  switch (kind) {
    case Kind::not_a_map: return RuleId::condition_not_a_map;
    case Kind::missing_field: return RuleId::condition_field_missing;
    case Kind::not_a_string: return RuleId::condition_field_not_a_string;
    case Kind::bad_type: return RuleId::condition_type;
    case Kind::bad_status: return RuleId::condition_status;
    case Kind::bad_reason: return RuleId::condition_reason;
    case Kind::bad_time: return RuleId::condition_time;
    case Kind::too_long: return RuleId::condition_too_long;
    case Kind::unknown_field: return RuleId::condition_field_unknown;
    case Kind::reserved_type: return RuleId::condition_type_reserved;
    case Kind::duplicate_type: return RuleId::condition_type_duplicate;
  }
  return RuleId::condition_not_a_map;
}

// A missing field is missed in its condition, an unknown one stands at its key, any other at its value.
Position place_of(const ConditionProblem& problem, const YamlNode& item, const Places& places) {
  using Kind = ConditionProblem::Kind;
  if (problem.field.empty() || problem.kind == Kind::missing_field) return item.at;
  return problem.kind == Kind::unknown_field ? places.key(problem.field) : places.value(problem.field).at;
}

const YamlNode& item_of(const YamlNode& list, std::size_t item) {
  return list.kind == YamlNode::Kind::sequence && item < list.children.size() ? target_of(*list.children[item]) : list;
}

class StatusCheck {
 public:
  StatusCheck(const YamlNode& root, WorkflowType workflow, Remarks& remarks)
      : places_(root), workflow_(workflow), remarks_(remarks) {}

  void check(const Map& status) {
    for (const auto& [key, value] : status) {
      if (const Managed* managed = find_managed_key(key, workflow_)) {
        remarks_.add(RuleId::managed_key, places_.key(key), "key " + key + ": " + std::string(managed->effect));
        continue;
      }
      if (key == "message")
        check_message(value);
      else if (key == "conditions")
        check_conditions(value);
      else if (workflow_ == WorkflowType::promise)
        remarks_.add(RuleId::promise_key, places_.key(key),
                     "key " + key + ": the status of a Promise has no such field");
      else if (key.starts_with("status.") || (key == "status" && value.is_map()))
        remarks_.add(RuleId::status_wrapper, places_.key(key), "key " + key + ": Kratix publishes it below status");
    }
  }

 private:
  void check_message(const Value& value) {
    if (value.is_string()) return;
    remarks_.add(value.is_null() ? RuleId::message_null : RuleId::message_not_a_string, places_.value("message").at,
                 "message must be a string, not " + std::string(describe(value.kind())));
  }

  void check_conditions(const Value& value) {
    if (!value.is_list()) {
      return remarks_.add(RuleId::conditions_not_a_list, places_.value("conditions").at,
                          "conditions must be a list, not " + std::string(describe(value.kind())));
    }
    std::optional<Places> places;  // of the item at hand
    std::size_t item_number = 0;
    find_condition_problems(value.as_list(), workflow_, [&](const ConditionProblem& problem) {
      const YamlNode& item = item_of(target_of(places_.value("conditions")), problem.item);
      if (!places || item_number != problem.item) places.emplace(item);
      item_number = problem.item;
      std::string place = "conditions[" + std::to_string(problem.item) + "]";
      if (!problem.field.empty()) place += "." + problem.field;
      remarks_.add(rule_of(problem.kind), place_of(problem, item, *places), place + " " + problem.cause, problem.cure);
      return true;
    });
  }

  const Places places_;
  const WorkflowType workflow_;
  Remarks& remarks_;
};

void check_total_size(const Map& status, const YamlNode& root, Remarks& remarks) {
  std::vector<std::string> warnings;
  const Outcome outcome = check_size(status, warnings);
  if (!outcome) remarks.add(RuleId::status_too_large, root.at, "the status " + outcome.error().cause);
  for (const std::string& warning : warnings) remarks.add(RuleId::status_large, root.at, warning);
}

}  // namespace

void check_status(const Value& status, const YamlNode& root, WorkflowType workflow, Remarks& remarks) {
  StatusCheck(root, workflow, remarks).check(status.as_map());
  check_total_size(status.as_map(), root, remarks);
}

}  // namespace kratix_status
