#include "remarks.h"

#include <algorithm>
#include <tuple>

#include "kratix_status/text.h"
#include "text_walk.h"

namespace kratix_status {

namespace {

auto place_of(const Remark& remark) { return std::tuple(remark.at.line, remark.at.column, remark.rule); }

}  // namespace

void Remarks::add(RuleId id, Position at, std::string_view message, std::string_view cure) {
  all_.push_back({id, at, printable(message), printable(cure.empty() ? rule(id).cure : cure), {}});
}

std::vector<Remark> Remarks::finish() {
  std::stable_sort(all_.begin(), all_.end(),
                   [](const Remark& a, const Remark& b) { return place_of(a) < place_of(b); });
  const auto last = std::unique(all_.begin(), all_.end(),
                                [](const Remark& a, const Remark& b) { return place_of(a) == place_of(b); });
  all_.erase(last, all_.end());
  return std::move(all_);
}

std::vector<Remark> Remarks::finish(std::string_view text) {
  std::vector<Remark> remarks = finish();
  TextWalk walk(text);
  for (Remark& remark : remarks) remark.excerpt = walk.excerpt_at(remark.at);
  return remarks;
}

}  // namespace kratix_status
