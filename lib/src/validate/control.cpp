// Checks workflow-control.yaml: its fields, their types and durations, and whether it has any effect.
#include <optional>

#include "kratix/duration.h"
#include "kratix_status/finding.h"
#include "kratix_status/json.h"
#include "kratix_status/workflow_control.h"
#include "validate/parts.h"
#include "value/ascii.h"
#include "value/nearest.h"

namespace kratix_status {

namespace {

class ControlCheck {
 public:
  ControlCheck(const YamlNode& root, SortedFindings& findings) : root_(root), places_(root), findings_(findings) {}

  void check(const Map& control) {
    for (const auto& [key, value] : control) check_field(key, value);
    if (suspends_ && retries_) findings_.add({RuleId::suspend_and_retry, *retries_, "retryAfter overrides suspend"});
    if (!suspends_ && !retries_)
      findings_.add({RuleId::control_without_effect, root_.at, "the file holds neither suspend: true nor retryAfter"});
  }

 private:
  void check_field(const std::string& key, const Value& value) {
    const std::string_view field = control_field(key);
    if (field.empty()) return note_unknown(key);
    if (field != key) {
      findings_.add({RuleId::control_field_case, places_.key(key), key + " is spelt " + std::string(field),
                     "write " + std::string(field)});
    }
    const Position at = places_.value(key).at;
    if (value.is_null()) return;
    if (field == "suspend") {
      check_suspend(value, at);
    } else if (field == "retryAfter") {
      check_retry_after(value, at);
    } else if (value.is_list() || value.is_map()) {
      findings_.add({RuleId::control_message_not_a_string, at,
                     "message must be a string, not " + std::string(describe(value.kind()))});
    }
  }

  void note_unknown(const std::string& key) {
    const Position at = places_.key(key);
    if (lower(key) == "maxattempts") return findings_.add({RuleId::max_attempts, at, "Kratix does not know " + key});
    const std::string_view near = nearest(key, control_fields);
    findings_.add({RuleId::control_field_unknown, at, "Kratix ignores the field " + key,
                   near.empty() ? "" : "did you mean " + std::string(near) + "?"});
  }

  void check_suspend(const Value& value, Position at) {
    if (value.kind() == Value::Kind::boolean) {
      suspends_ = value.as_boolean();
    } else {
      suspends_ = true;  // what the author meant
      findings_.add({RuleId::suspend_not_a_boolean, at,
                     "suspend must be true or false, not " + std::string(describe(value.kind()))});
    }
  }

  // Kratix first turns a number or a boolean into text: 30 is "30".
  void check_retry_after(const Value& value, Position at) {
    if (value.is_list() || value.is_map()) {
      findings_.add({RuleId::retry_after_not_a_duration, at,
                     "retryAfter must be a duration, not " + std::string(describe(value.kind()))});
      retries_ = at;
      return;
    }
    const std::string text = value.is_string() ? value.as_string() : to_json(value);
    if (text.empty()) return;
    retries_ = at;
    const std::string shown = "retryAfter " + text;
    const Result<std::int64_t> duration = parse_go_duration(text);
    if (!duration) {
      findings_.add({RuleId::retry_after_not_a_duration, at, shown + ": " + duration.error().cause});
    } else if (*duration < shortest_retry) {
      findings_.add({RuleId::retry_after_not_positive, at, shown + " retries at once, endlessly"});
    }
  }

  const YamlNode& root_;
  const Places places_;
  SortedFindings& findings_;
  bool suspends_ = false;
  std::optional<Position> retries_;
};

}  // namespace

void check_control(const Map& control, const YamlNode& root, SortedFindings& findings) {
  ControlCheck(root, findings).check(control);
}

}  // namespace kratix_status
