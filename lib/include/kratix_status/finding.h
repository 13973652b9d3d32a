// What is wrong in a text, and where: the one type for it, from the YAML reader to validate.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kratix_status {

// A place in a text, from 1; the column counts code points.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
};

// What can be wrong in a file that Kratix reads. lib/src/validate/rules.cpp says what each one means, in the same
// order.
enum class RuleId : std::uint8_t {
  // Reading the file
  yaml_syntax,
  invalid_encoding,
  control_character,
  byte_order_mark,
  bad_alias,
  too_many_values,
  too_many_directives,
  alias_budget,
  too_deep,
  bad_tag,
  not_a_number,
  bad_key,
  key_collision,
  bad_merge_key,
  not_a_map,
  trailing_text,
  second_document,
  duplicate_key,
  rounded_number,
  // Spelling
  boolean_word,
  ambiguous_number,
  lost_spelling,
  ambiguous_text,
  timestamp,
  boolean_key,
  number_key,
  empty_value,
  null_text,
  comment_in_text,
  flow_colon,
  unknown_tag,
  anchor_with_colon,
  // The status
  managed_key,
  message_not_a_string,
  message_null,
  conditions_not_a_list,
  condition_not_a_map,
  condition_field_missing,
  condition_field_not_a_string,
  condition_type,
  condition_status,
  condition_reason,
  condition_time,
  condition_too_long,
  condition_field_unknown,
  condition_type_reserved,
  condition_type_duplicate,
  status_too_large,
  status_large,
  status_wrapper,
  promise_key,
  // workflow-control.yaml
  suspend_not_a_boolean,
  retry_after_not_a_duration,
  retry_after_not_positive,
  control_message_not_a_string,
  control_field_unknown,
  control_field_case,
  max_attempts,
  suspend_and_retry,
  control_without_effect,
  // destination-selectors.yaml
  selectors_not_a_list,
  selector_not_a_map,
  selector_without_labels,
  selector_label,
  selector_directory,
  selector_directory_twice,
  selector_field_unknown,
  selector_field_case,
  // Any of them
  secret,
  // The files
  file_too_large,
  file_unreadable,
  directory_unsearchable,
  symbolic_link,
  not_a_regular_file,
  misspelt_file_name,
};

inline constexpr std::size_t rule_count = static_cast<std::size_t>(RuleId::misspelt_file_name) + 1;

// Whether Kratix drops everything from such a finding on.
inline bool is_dropped_text(RuleId rule) { return rule == RuleId::trailing_text || rule == RuleId::second_document; }

struct Finding {
  RuleId rule = RuleId::yaml_syntax;
  Position at{};          // {} if it is nowhere in the text
  std::string message{};  // one line; may hold text of the file as it is
  std::string fix{};      // empty if the rule's own fits
  std::string excerpt{};  // the line with a caret; empty where it is not filled in
};

// What was found in one document that Kratix reads, in the order of the text; the first hundred for each rule, the
// others only counted.
class Findings {
 public:
  void add(Finding finding);

  bool empty() const { return kept_.empty(); }
  std::size_t size() const { return kept_.size(); }
  const Finding& front() const { return kept_.front(); }
  std::vector<Finding>::const_iterator begin() const { return kept_.begin(); }
  std::vector<Finding>::const_iterator end() const { return kept_.end(); }

  // How many there are beside those.
  std::size_t more() const { return more_; }

 private:
  std::vector<Finding> kept_;
  std::array<std::uint8_t, rule_count> kept_of_rule_{};
  std::size_t more_ = 0;
};

}  // namespace kratix_status
