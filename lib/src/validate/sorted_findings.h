// The findings of all checks on one text: sorted, and only the most important ones if there are many.
#pragma once

#include <cstddef>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "kratix_status/finding.h"
#include "validate/checks.h"

namespace kratix_status {

class SortedFindings {
 public:
  // Uses the rule's own fix unless `finding` has a better one, and escapes what is not safe to print.
  void add(Finding finding);

  // Counts `more` that were not added.
  void skip(std::size_t more) { more_ += more; }

  // Sorted by position, at most one per rule and position. With `text`, each finding also shows its line.
  std::vector<Finding> finish();
  Validation finish(std::string_view text);

 private:
  // Findings are ranked by this; if there are too many, the last one is dropped.
  using Rank = std::tuple<Severity, std::size_t, std::size_t, RuleId>;

  std::map<Rank, Finding> kept_;
  std::size_t more_ = 0;
  Rank last_skipped_{};
};

}  // namespace kratix_status
