// The remarks on one text, as the parts of validate collect them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/validate.h"

namespace kratix_status {

class Remarks {
 public:
  // The cure is the rule's own unless there is a better one. What is not safe to print is escaped.
  void add(RuleId id, Position at, std::string_view message, std::string_view cure = {});

  // In the order of their places, one of a rule at a place; with excerpts, if there is a text that they are on.
  std::vector<Remark> finish();
  std::vector<Remark> finish(std::string_view text);

 private:
  std::vector<Remark> all_;
};

}  // namespace kratix_status
