// The remarks on one text, as the parts of validate collect them.
#pragma once

#include <cstddef>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "validate/checks.h"

namespace kratix_status {

class Remarks {
 public:
  // The cure is the rule's own unless there is a better one. What is not safe to print is escaped.
  void add(RuleId id, Position at, std::string_view message, std::string_view cure = {});

  // Counts `more` that were not added.
  void skip(std::size_t more) { more_ += more; }

  // In the order of their places, one of a rule at a place; with excerpts, if there is a text that they are on.
  std::vector<Remark> finish();
  Validation finish(std::string_view text);

 private:
  // Of those that are kept the last is the first to go.
  using Place = std::tuple<Severity, std::size_t, std::size_t, RuleId>;

  std::map<Place, Remark> kept_;
  std::size_t more_ = 0;
  Place last_skipped_{};
};

}  // namespace kratix_status
