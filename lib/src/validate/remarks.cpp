#include "validate/remarks.h"

#include <algorithm>
#include <iterator>

#include "kratix_status/finding.h"
#include "value/message.h"
#include "value/position_finder.h"

namespace kratix_status {

void Remarks::add(RuleId id, Position at, std::string_view message, std::string_view cure) {
  const Rule& found = rule(id);
  const Place place{found.severity, at.line, at.column, id};
  if (kept_.size() == max_remarks && place > kept_.rbegin()->first) {
    // What is wrong several times at one place is reported once, and mostly comes in a row.
    more_ += place == last_skipped_ ? 0 : 1;
    last_skipped_ = place;
    return;
  }
  const auto [where, is_new] = kept_.try_emplace(place);
  if (!is_new) return;
  where->second = {id, at, printable(message), printable(cure.empty() ? found.cure : cure), {}};
  if (kept_.size() <= max_remarks) return;
  kept_.erase(std::prev(kept_.end()));
  ++more_;
}

std::vector<Remark> Remarks::finish() {
  std::vector<Remark> remarks;
  for (auto& [place, remark] : kept_) remarks.push_back(std::move(remark));
  const auto place_of = [](const Remark& remark) { return std::tuple(remark.at.line, remark.at.column, remark.rule); };
  std::sort(remarks.begin(), remarks.end(),
            [&](const Remark& a, const Remark& b) { return place_of(a) < place_of(b); });
  return remarks;
}

Validation Remarks::finish(std::string_view text) {
  Validation validation{finish(), more_};
  PositionFinder walk(text);
  for (Remark& remark : validation.remarks) remark.excerpt = walk.excerpt_at(remark.at);
  return validation;
}

}  // namespace kratix_status
