// Collects findings by severity and position.
#include "validate/sorted_findings.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "validate/rules.h"
#include "value/message.h"
#include "value/position_finder.h"

namespace kratix_status {

void SortedFindings::add(Finding finding) {
  const Rule found = rule(finding.rule);
  const Rank rank{found.severity, finding.at.line, finding.at.column, finding.rule};
  if (kept_.size() == max_listed && rank > kept_.rbegin()->first) {
    // The same rule at the same position counts once; such findings usually come one after the other.
    more_ += rank == last_skipped_ ? 0 : 1;
    last_skipped_ = rank;
    return;
  }
  const auto [where, is_new] = kept_.try_emplace(rank);
  if (!is_new) return;
  finding.message = printable(finding.message);
  finding.fix = printable(finding.fix.empty() ? found.fix : finding.fix);
  where->second = std::move(finding);
  if (kept_.size() <= max_listed) return;
  kept_.erase(std::prev(kept_.end()));
  ++more_;
}

std::vector<Finding> SortedFindings::finish() {
  std::vector<Finding> findings;
  for (auto& [rank, finding] : kept_) findings.push_back(std::move(finding));
  const auto place_of = [](const Finding& finding) {
    return std::tuple(finding.at.line, finding.at.column, finding.rule);
  };
  std::sort(findings.begin(), findings.end(),
            [&](const Finding& a, const Finding& b) { return place_of(a) < place_of(b); });
  return findings;
}

Validation SortedFindings::finish(std::string_view text) {
  Validation validation{finish(), more_};
  PositionFinder finder(text);
  for (Finding& finding : validation.findings) finding.excerpt = finder.excerpt_at(finding.at);
  return validation;
}

}  // namespace kratix_status
