// "Did you mean": the word of a list that is nearest to one that is not in it.
#pragma once

#include <span>
#include <string_view>

namespace kratix_status {

// The only candidate that `word` is the beginning of, or else the nearest by edits (a swap of neighbours counts one);
// empty if none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace kratix_status
