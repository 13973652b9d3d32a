// Checks conditions field by field against the rules of metav1.Condition.
#include "kratix_status/conditions.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>

#include "kratix/kubernetes_names.h"
#include "kratix/managed.h"
#include "kratix_status/pipeline.h"
#include "value/ascii.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

bool all_of(std::string_view text, bool (*is_fine)(char)) { return std::all_of(text.begin(), text.end(), is_fine); }

bool is_status(std::string_view text) { return text == "True" || text == "False" || text == "Unknown"; }
bool is_anything(std::string_view /*text*/) { return true; }

// A hint at the status that `true` or UNKNOWN was meant to be; empty if `text` is nothing like a status.
std::string status_in_other_case(std::string_view text) {
  std::string word = lower(text);
  if (!word.empty()) word.front() = static_cast<char>(word.front() & ~0x20);
  return is_status(word) ? "did you mean " + word + "?" : std::string();
}

struct FieldRule {
  std::string_view name;
  std::size_t longest;  // characters
  bool (*is_fine)(std::string_view value);
  RuleId id;  // if it is not fine
  std::string_view problem;
};

constexpr FieldRule rules[] = {
    {condition_fields[0], max_condition_type, is_condition_type, RuleId::condition_type,
     "must be a name such as DatabaseReady or example.com/DatabaseReady"},
    {condition_fields[1], SIZE_MAX, is_status, RuleId::condition_status, "must be True, False or Unknown"},
    {condition_fields[2], max_condition_reason, is_condition_reason, RuleId::condition_reason,
     "must be a word in CamelCase, such as BackupFinished"},
    {condition_fields[3], max_condition_message, is_anything, RuleId::condition_too_long, ""},
    {condition_fields[4], SIZE_MAX, is_date_time, RuleId::condition_time,
     "must be a time such as 2024-08-21T10:27:45Z"},
};

int two_digits(std::string_view text, std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); }

// Whether such a day and such a time of day exist. REQUIRES: 0000-00-00T00:00:00, in digits
bool is_real_time(std::string_view text) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = two_digits(text, 0) * 100 + two_digits(text, 2);
  const int month = two_digits(text, 5);
  const int day = two_digits(text, 8);
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (day > days[month - 1] + (month == 2 && leap ? 1 : 0)) return false;
  return two_digits(text, 11) < 24 && two_digits(text, 14) < 60 && two_digits(text, 17) < 60;
}

// +02:00
bool is_offset(std::string_view text) {
  if (!has_shape(text, "+00:00") && !has_shape(text, "-00:00")) return false;
  return two_digits(text, 1) < 24 && two_digits(text, 4) < 60;
}

class ConditionCheck {
 public:
  using Found = std::function<bool(const ConditionProblem&)>;

  ConditionCheck(WorkflowType workflow, const Found& found) : workflow_(workflow), found_(found) {}

  void check(const List& conditions) {
    for (item_ = 0; item_ < conditions.size() && !stopped_; ++item_) {
      if (conditions[item_].is_map())
        check_condition(conditions[item_].as_map());
      else
        note(RuleId::condition_not_a_map, {},
             "must be a map with type, status, reason, message and lastTransitionTime");
    }
  }

 private:
  void note(RuleId id, std::string field, std::string message, std::string fix = {}) {
    stopped_ = stopped_ || !found_({id, item_, std::move(field), std::move(message), std::move(fix)});
  }

  void check_condition(const Map& condition) {
    for (const FieldRule& rule : rules) check_field(rule, condition.find(rule.name));
    for (const Map::Entry& entry : condition) {
      if (stopped_) return;
      const bool known = std::any_of(std::begin(rules), std::end(rules),
                                     [&](const FieldRule& rule) { return rule.name == entry.key; });
      if (!known)
        note(RuleId::condition_field_unknown, entry.key, "is not a field of a condition, and Kubernetes drops it");
    }
    if (const Value* type = condition.find("type"); type != nullptr && type->is_string()) check_type(type->as_string());
  }

  void check_field(const FieldRule& rule, const Value* value) {
    const std::string field(rule.name);
    if (value == nullptr) {
      return note(RuleId::condition_field_missing, field, "is missing",
                  "a condition has type, status, reason, message and lastTransitionTime");
    }
    if (!value->is_string()) {
      return note(RuleId::condition_field_not_a_string, field,
                  "must be a string, not " + std::string(describe(value->kind())));
    }
    const std::string& text = value->as_string();
    if (count_characters(text) > rule.longest) {
      note(RuleId::condition_too_long, field,
           "must not be longer than " + std::to_string(rule.longest) + " characters");
    } else if (!rule.is_fine(text)) {
      constexpr std::size_t worth_showing = 80;
      const std::string shown = text.size() > worth_showing ? "" : ", not \"" + text + "\"";
      note(rule.id, field, std::string(rule.problem) + shown,
           rule.id == RuleId::condition_status ? status_in_other_case(text) : std::string());
    }
  }

  void check_type(const std::string& type) {
    if (const Managed* managed = find_managed_condition_type(type, workflow_)) {
      note(RuleId::condition_type_reserved, "type", type + " is managed by Kratix: " + std::string(managed->effect),
           "choose a type of your own");
    }
    if (!types_.insert(type).second)
      note(RuleId::condition_type_duplicate, "type", type + " appears twice; Kratix keeps one condition of a type");
  }

  const WorkflowType workflow_;
  std::size_t item_ = 0;
  std::set<std::string_view> types_;
  const Found& found_;
  bool stopped_ = false;
};

std::optional<ConditionProblem> first_problem(const List& conditions, WorkflowType workflow) {
  std::optional<ConditionProblem> first;
  find_condition_problems(conditions, workflow, [&](const ConditionProblem& problem) {
    first = problem;
    return false;
  });
  return first;
}

Error refused(const ConditionProblem& problem, std::string place) {
  if (!problem.field.empty()) place += "." + problem.field;
  return kratix_status::refused(std::move(place), problem.message, problem.fix);
}

}  // namespace

void find_condition_problems(const List& conditions, WorkflowType workflow,
                             const std::function<bool(const ConditionProblem&)>& found) {
  ConditionCheck(workflow, found).check(conditions);
}

Outcome check_conditions(const Value& value, WorkflowType workflow) {
  if (!value.is_list()) {
    return refused("key conditions", "must be a list of conditions, not " + std::string(describe(value.kind())),
                   "give each condition type, status, reason, message and lastTransitionTime");
  }
  const std::optional<ConditionProblem> problem = first_problem(value.as_list(), workflow);
  if (!problem) return Done{};
  return refused(*problem, "conditions[" + std::to_string(problem->item) + "]");
}

Outcome check_condition(const Value& condition, const std::string& place, WorkflowType workflow) {
  const std::optional<ConditionProblem> problem = first_problem(List{condition}, workflow);
  return problem ? Outcome(refused(*problem, place)) : Done{};
}

bool is_condition_type(std::string_view text) { return is_qualified_name(text); }

bool is_condition_reason(std::string_view text) {
  const auto is_inner = [](char c) { return is_alphanumeric(c) || c == '_' || c == ',' || c == ':'; };
  if (text.empty() || !is_letter(text.front()) || !all_of(text, is_inner)) return false;
  return is_alphanumeric(text.back()) || text.back() == '_';
}

bool is_date_time(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (!has_shape(text.substr(0, shape.size()), shape) || !is_real_time(text)) return false;
  text.remove_prefix(shape.size());
  if (text.starts_with('.')) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (end == 1) return false;
    text.remove_prefix(end);
  }
  return text == "Z" || is_offset(text);
}

}  // namespace kratix_status
