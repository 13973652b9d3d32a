// Removes many places of a value in one walk.
#include "value/removal.h"

#include <bit>
#include <string_view>
#include <unordered_map>

namespace kratix_status {

namespace {

// Which items of a list are left while some are removed: a Fenwick tree, which counts those of a range in few steps.
class ItemsLeft {
 public:
  explicit ItemsLeft(std::size_t size) : gone_(size), counts_(size + 1), left_(size) {
    for (std::size_t i = 1; i <= size; ++i) counts_[i] = i & (~i + 1);
  }

  // The position in the list of the item that `index` now means; false if there is none.
  bool find(std::int64_t index, std::size_t& item) const {
    const auto left = static_cast<std::int64_t>(left_);
    if (index < 0) index += left;
    if (index < 0 || index >= left) return false;
    auto before = static_cast<std::size_t>(index);
    item = 0;
    for (std::size_t step = std::bit_floor(gone_.size()); step > 0; step /= 2) {
      const std::size_t next = item + step;
      if (next >= counts_.size() || counts_[next] > before) continue;
      item = next;
      before -= counts_[next];
    }
    return true;
  }

  void remove(std::size_t item) {
    gone_[item] = true;
    --left_;
    for (std::size_t i = item + 1; i < counts_.size(); i += i & (~i + 1)) --counts_[i];
  }

  bool is_left(std::size_t item) const { return !gone_[item]; }

 private:
  std::vector<bool> gone_;
  std::vector<std::size_t> counts_;  // counts_[i]: how many are left of the items that entry i of the tree covers
  std::size_t left_;
};

const KeySegment& segment_of(const Removal& removal) { return removal.path->segments()[removal.depth]; }
bool ends(const Removal& removal) { return removal.depth + 1 == removal.path->segments().size(); }

void remove_keys(Map& map, const std::vector<Removal>& removals) {
  std::unordered_map<std::string_view, std::vector<Removal>> below;
  for (const Removal& removal : removals) {
    const KeySegment& segment = segment_of(removal);
    if (segment.is_index || segment.is_selector()) continue;
    if (!ends(removal)) {
      if (map.find(segment.key) != nullptr) below[segment.key].push_back({removal.path, removal.depth + 1});
    } else if (map.erase(segment.key)) {
      below.erase(segment.key);
    }
  }
  for (const auto& [key, removals_below] : below) remove_all(*map.find(key), removals_below);
}

void remove_items(List& list, const std::vector<Removal>& removals) {
  ItemsLeft items(list.size());
  std::unordered_map<std::size_t, std::vector<Removal>> below;
  for (const Removal& removal : removals) {
    const KeySegment& segment = segment_of(removal);
    std::size_t item = 0;
    if (!segment.is_index || !items.find(segment.index, item)) continue;
    if (!ends(removal)) {
      below[item].push_back({removal.path, removal.depth + 1});
      continue;
    }
    items.remove(item);
    below.erase(item);
  }
  for (const auto& [item, removals_below] : below) remove_all(list[item], removals_below);
  std::size_t kept = 0;
  for (std::size_t item = 0; item < list.size(); ++item) {
    if (!items.is_left(item)) continue;
    if (kept < item) list[kept] = std::move(list[item]);
    ++kept;
  }
  list.resize(kept);
}

}  // namespace

void remove_all(Value& value, const std::vector<Removal>& removals) {
  if (value.is_map())
    remove_keys(value.as_map(), removals);
  else if (value.is_list())
    remove_items(value.as_list(), removals);
}

}  // namespace kratix_status
