// Walks a text once to find many positions.
#include "value/position_finder.h"

#include <algorithm>

#include "kratix_status/finding.h"
#include "value/message.h"
#include "value/position.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

std::size_t next_character(std::string_view text, std::size_t at) {
  do ++at;
  while (at < text.size() && is_utf8_continuation(text[at]));
  return at;
}

}  // namespace

std::size_t PositionFinder::find(Position at) {
  if (at.line < here_.line || (at.line == here_.line && at.column < here_.column)) return std::string_view::npos;
  while (here_.line < at.line || here_.column < at.column) {
    if (offset_ == text_.size()) return here_.line == at.line ? offset_ : std::string_view::npos;
    if (const std::size_t line_break = line_break_at(text_, offset_); line_break > 0) {
      if (here_.line == at.line) return offset_;
      offset_ += line_break;
      line_start_ = offset_;
      here_ = {here_.line + 1, 1};
    } else {
      offset_ = next_character(text_, offset_);
      ++here_.column;
    }
  }
  return offset_;
}

std::string PositionFinder::excerpt_at(Position at) {
  const std::size_t place = find(at);
  if (place == std::string_view::npos) return {};
  // Both more than excerpt() shows, in characters.
  constexpr std::size_t before = 60;
  constexpr std::size_t behind = 100;
  std::size_t start = place;
  std::size_t column = 1;
  while (start > line_start_ && column <= before) {
    do --start;
    while (start > line_start_ && is_utf8_continuation(text_[start]));
    ++column;
  }
  std::size_t end = place;
  for (std::size_t i = 0; i < behind && end < text_.size() && line_break_at(text_, end) == 0; ++i) {
    end = next_character(text_, end);
  }
  return excerpt(text_.substr(start, end - start), 1, column);
}

}  // namespace kratix_status
