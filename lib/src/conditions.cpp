#include "kratix_status/conditions.h"

#include <algorithm>
#include <set>

#include "kratix_status/text.h"

namespace kratix_status {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }

bool all_of(std::string_view text, bool (*is_fine)(char)) { return std::all_of(text.begin(), text.end(), is_fine); }

// [a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*
bool is_dns_subdomain(std::string_view text) {
  while (true) {
    const std::string_view label = text.substr(0, text.find('.'));
    const auto is_end = [](char c) { return is_lower(c) || is_digit(c); };
    const auto is_inner = [](char c) { return is_lower(c) || is_digit(c) || c == '-'; };
    if (label.empty() || !is_end(label.front()) || !is_end(label.back()) || !all_of(label, is_inner)) return false;
    if (label.size() == text.size()) return true;
    text.remove_prefix(label.size() + 1);
  }
}

struct FieldRule {
  std::string_view name;
  std::string_view (*problem)(std::string_view value);  // empty if there is none
};

std::string_view type_problem(std::string_view value) {
  if (count_characters(value) > max_condition_type) return "must not be longer than 316 characters";
  return is_condition_type(value) ? "" : "must be a name such as DatabaseReady or example.com/DatabaseReady";
}

std::string_view status_problem(std::string_view value) {
  return value == "True" || value == "False" || value == "Unknown" ? "" : "must be True, False or Unknown";
}

std::string_view reason_problem(std::string_view value) {
  if (count_characters(value) > max_condition_reason) return "must not be longer than 1024 characters";
  return is_condition_reason(value) ? "" : "must be a word in CamelCase, such as BackupFinished";
}

std::string_view message_problem(std::string_view value) {
  return count_characters(value) > max_condition_message ? "must not be longer than 32768 characters" : "";
}

std::string_view time_problem(std::string_view value) {
  return is_date_time(value) ? "" : "must be a time such as 2024-08-21T10:27:45Z";
}

constexpr FieldRule rules[] = {
    {condition_fields[0], type_problem},   {condition_fields[1], status_problem},
    {condition_fields[2], reason_problem}, {condition_fields[3], message_problem},
    {condition_fields[4], time_problem},
};

Error refuse(std::string place, std::string cause, std::string cure = {}) {
  return {ErrorKind::refused, std::move(place), std::move(cause), std::move(cure), {}};
}

}  // namespace

Outcome check_condition(const Value& condition, const std::string& place, WorkflowType workflow) {
  if (!condition.is_map())
    return refuse(place, "must be a map with type, status, reason, message and lastTransitionTime");
  for (const FieldRule& rule : rules) {
    const std::string field = place + "." + std::string(rule.name);
    const Value* value = condition.as_map().find(rule.name);
    if (value == nullptr)
      return refuse(field, "is missing", "a condition has type, status, reason, message and lastTransitionTime");
    if (!value->is_string()) return refuse(field, "must be a string, not " + std::string(describe(value->kind())));
    if (const std::string_view problem = rule.problem(value->as_string()); !problem.empty()) {
      const std::string& text = value->as_string();
      constexpr std::size_t worth_showing = 80;
      return refuse(field,
                    std::string(problem) + (text.size() > worth_showing ? "" : ", not \"" + printable(text) + "\""));
    }
  }
  for (const Map::Entry& entry : condition.as_map()) {
    const bool known =
        std::any_of(std::begin(rules), std::end(rules), [&](const FieldRule& rule) { return rule.name == entry.key; });
    if (!known) {
      return refuse(place + "." + printable(entry.key), "is not a field of a condition, and Kubernetes drops it");
    }
  }
  const std::string& type = condition.as_map().find("type")->as_string();
  if (const Managed* managed = find_managed_condition_type(type, workflow)) {
    return refuse(place + ".type", type + " is managed by Kratix: " + std::string(managed->effect),
                  "choose a type of your own");
  }
  return Done{};
}

Outcome check_conditions(const Value& value, WorkflowType workflow) {
  if (!value.is_list()) {
    return refuse("key conditions", "must be a list of conditions, not " + std::string(describe(value.kind())),
                  "give each condition type, status, reason, message and lastTransitionTime");
  }
  std::set<std::string_view> types;
  for (std::size_t i = 0; i < value.as_list().size(); ++i) {
    const Value& item = value.as_list()[i];
    const std::string place = "conditions[" + std::to_string(i) + "]";
    if (Outcome outcome = check_condition(item, place, workflow); !outcome) return outcome;
    const std::string& type = item.as_map().find("type")->as_string();
    if (!types.insert(type).second)
      return refuse(place + ".type", type + " stands twice; Kratix keeps one condition of a type");
  }
  return Done{};
}

bool is_condition_type(std::string_view text) {
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    if (!is_dns_subdomain(text.substr(0, slash))) return false;
    text.remove_prefix(slash + 1);
  }
  const auto is_inner = [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; };
  return !text.empty() && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) && all_of(text, is_inner);
}

bool is_condition_reason(std::string_view text) {
  const auto is_inner = [](char c) { return is_alphanumeric(c) || c == '_' || c == ',' || c == ':'; };
  if (text.empty() || !is_letter(text.front()) || !all_of(text, is_inner)) return false;
  return is_alphanumeric(text.back()) || text.back() == '_';
}

bool is_date_time(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00T00:00:00";
  if (text.size() <= shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == '0' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
  }
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int year = number(0) * 100 + number(2);
  const int month = number(5);
  if (month < 1 || month > 12 || number(11) > 23 || number(14) > 59 || number(17) > 59) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  if (number(8) < 1 || number(8) > days[month - 1] + (month == 2 && leap ? 1 : 0)) return false;
  text.remove_prefix(shape.size());
  if (text.front() == '.') {
    const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
    if (end == 1) return false;
    text.remove_prefix(end);
  }
  if (text == "Z") return true;
  const bool offset = text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' && is_digit(text[1]) &&
                      is_digit(text[2]) && is_digit(text[4]) && is_digit(text[5]);
  return offset && (text[1] - '0') * 10 + (text[2] - '0') < 24 && text[4] < '6';
}

}  // namespace kratix_status
