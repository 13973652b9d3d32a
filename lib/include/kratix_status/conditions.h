// The conditions of a status: the rules of metav1.Condition (k8s.io/apimachinery), narrowed by the schema that
// Kratix forces on every API (internal/controller/promise_controller.go, setStatusFieldsOnCRD), which prunes any
// field but these five: type, status, reason, message, lastTransitionTime.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "kratix_status/finding.h"
#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

inline constexpr std::string_view condition_fields[] = {"type", "status", "reason", "message", "lastTransitionTime"};

inline constexpr std::size_t max_condition_type = 316;        // characters
inline constexpr std::size_t max_condition_reason = 1024;     // characters
inline constexpr std::size_t max_condition_message = 32'768;  // characters

// A condition to set; Status adds lastTransitionTime.
struct NewCondition {
  std::string type{};
  std::string status{};
  std::string reason{};
  std::string message{};
};

struct ConditionProblem {
  RuleId rule;
  std::size_t item;     // from 0
  std::string field{};  // empty if the item itself is at fault
  std::string message{};
  std::string fix{};  // empty where there is none
};

// Calls `found` for each problem in a list of conditions, item by item, until it returns false.
void find_condition_problems(const List& conditions, WorkflowType workflow,
                             const std::function<bool(const ConditionProblem&)>& found);

// Checks that `value` is a list of well-formed conditions, each type once and none of them Kratix's own.
// Fails with ErrorKind::refused, naming the item and the field.
Outcome check_conditions(const Value& value, WorkflowType workflow);

// The same of one condition. `place` names it in messages: "conditions[0]".
Outcome check_condition(const Value& condition, const std::string& place, WorkflowType workflow);

// ([dns-subdomain]/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?
bool is_condition_type(std::string_view text);
// ^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$
bool is_condition_reason(std::string_view text);
// RFC 3339 with a capital T, and Z or an offset: 2024-08-21T10:27:45Z
bool is_date_time(std::string_view text);

}  // namespace kratix_status
