// Keeps the places of a command's operands as a tree.
#include "places.h"

namespace kratix_status::cli {

bool Places::add(const KeyPath& key) {
  std::size_t at = 0;
  bool is_new = false;
  for (const KeySegment& segment : key.segments()) {
    const bool from_end = segment.is_index && segment.index < 0;
    if (segment.is_index && counted_.try_emplace(at, from_end).first->second != from_end) return false;
    std::string name = segment.is_index ? "[" + std::to_string(segment.index) : "." + segment.key;
    const auto [found, inserted] = places_.try_emplace({at, std::move(name)}, places_.size() + 1);
    at = found->second;
    is_new = inserted;
  }
  return is_new;
}

}  // namespace kratix_status::cli
