// The rules of validate: what a hand-written file can do wrong, as one table. docs/rules.md is made from it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace kratix_status {

// An error fails the Pod, or loses what the author wrote, or is what kratix-status itself would refuse to write. A
// warning is legal to Kratix, and yet not what the author can have meant, or not what other readers see.
enum class Severity : std::uint8_t { error, warning };

// In the order of the table.
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
  // The files
  file_too_large,
  file_unreadable,
  folder_unsearchable,
  symbolic_link,
  not_a_regular_file,
  misspelt_file_name,
};

struct Rule {
  RuleId id;
  Severity severity;
  std::string_view name;  // stable: people write it into their scripts
  std::string_view meaning;
  std::string_view cure;
  std::string_view source;  // a file of Kratix, or the library or program that makes the rule
};

std::span<const Rule> rules();
const Rule& rule(RuleId id);

std::string_view name_of(Severity severity);

}  // namespace kratix_status
