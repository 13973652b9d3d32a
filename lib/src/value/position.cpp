// Counts lines and columns as YAML 1.1 does.
#include "value/position.h"

#include <algorithm>

#include "value/utf8.h"

namespace kratix_status {

std::size_t line_break_at(std::string_view text, std::size_t at) {
  // Asked of every character of a document, and nearly all are none: an eighth of the instructions of a `set`.
  constexpr std::string_view first_bytes = "\r\n\xC2\xE2";
  if (at >= text.size() || first_bytes.find(text[at]) == std::string_view::npos) return 0;
  constexpr std::string_view breaks[] = {"\r\n", "\n", "\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
  for (const std::string_view line_break : breaks) {
    if (text.substr(at, line_break.size()) == line_break) return line_break.size();
  }
  return 0;
}

Position position_at(std::string_view text, std::size_t offset) {
  Position at{1, 1};
  for (std::size_t i = 0; i < std::min(offset, text.size());) {
    const std::size_t line_break = line_break_at(text, i);
    at = line_break > 0 ? Position{at.line + 1, 1} : Position{at.line, at.column + count_characters(text.substr(i, 1))};
    i += std::max<std::size_t>(1, line_break);
  }
  return at;
}

std::string location(std::string_view name, Position at) {
  return std::string(name) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

}  // namespace kratix_status
