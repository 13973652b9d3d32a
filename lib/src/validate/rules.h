// The rules of validate: what a hand-written file can do wrong, as one table in the order of RuleId. docs/rules.md is
// made from it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "kratix_status/finding.h"

namespace kratix_status {

// An error fails the Pod, or loses what the author wrote, or is what kratix-status itself would refuse to write. A
// warning is legal to Kratix, and yet not what the author can have meant, or not what other readers see.
enum class Severity : std::uint8_t { error, warning };

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
