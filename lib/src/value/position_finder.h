// Finds the offsets of positions in a text. They are asked for in order, so that all together cost one walk.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "kratix_status/finding.h"

namespace kratix_status {

class PositionFinder {
 public:
  // `text` outlives the walk.
  explicit PositionFinder(std::string_view text) : text_(text) {}

  // The offset in bytes; npos if `at` lies before a place asked for earlier, or if there is no such line. A place
  // behind the end of its line is that end.
  std::size_t find(Position at);

  // excerpt() of the place, without looking at more of a long line than it shows.
  std::string excerpt_at(Position at);

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t line_start_ = 0;
  Position here_{1, 1};
};

}  // namespace kratix_status
