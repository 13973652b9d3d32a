// Positions in a text: from offsets to lines and columns, and where lines end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "kratix_status/finding.h"

namespace kratix_status {

// `offset`: bytes
Position position_at(std::string_view text, std::size_t offset);

// "NAME:LINE:COLUMN"; `name` may be empty.
std::string location(std::string_view name, Position at);

// The length of the line break at `text[at]`, 0 if there is none: LF, CR, CR LF, and NEL, LS and PS, which are line
// breaks in YAML 1.1.
std::size_t line_break_at(std::string_view text, std::size_t at);

}  // namespace kratix_status
