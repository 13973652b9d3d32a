// Collects the findings on one document, up to a limit for each rule.
#include "kratix_status/finding.h"

#include <utility>

namespace kratix_status {

void Findings::add(Finding finding) {
  constexpr std::uint8_t most_of_a_rule = 100;
  std::uint8_t& kept = kept_of_rule_[static_cast<std::size_t>(finding.rule)];
  if (kept == most_of_a_rule) {
    ++more_;
    return;
  }
  ++kept;
  kept_.push_back(std::move(finding));
}

}  // namespace kratix_status
