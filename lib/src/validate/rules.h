// The rules of validate: what a hand-written file can do wrong, as one table in the order of RuleId. docs/rules.md is
// made from it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "kratix_status/finding.h"

namespace kratix_status {

// An error fails the Pod, loses what the author wrote, or is something that kratix-status refuses to write. A warning
// is something that Kratix accepts, but that the author can hardly have meant, or that other readers understand
// differently.
enum class Severity : std::uint8_t { error, warning };

struct Rule {
  RuleId id;
  Severity severity;
  std::string_view name;  // stable: people write it into their scripts
  std::string_view meaning;
  std::string_view fix;
  std::string_view source;  // who makes the rule: a file of Kratix, a library or a program
};

Rule rule(RuleId id);
std::vector<Rule> rules();  // in the order of RuleId

std::string_view name_of(Severity severity);

}  // namespace kratix_status
