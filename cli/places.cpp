// Keeps the places of a command's operands as a tree.
#include "places.h"

#include <fmt/format.h>

namespace kratix_status::cli {

Outcome Places::add(const KeyPath& key) {
  if (insert(key)) return Done{};
  return invocation_.usage(fmt::format("{} replaces what an earlier operand sets", key.text()),
                           "set each key once, a map before the keys below it, and items from one end of a list");
}

bool Places::insert(const KeyPath& key) {
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
