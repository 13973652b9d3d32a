// The grammar of KEY: text to the segments of a KeyPath.
#pragma once

#include <string_view>
#include <vector>

#include "kratix_status/key_path.h"
#include "kratix_status/result.h"

namespace kratix_status {

// What a bare segment holds, and the bare VALUE of a selector.
bool is_bare_key(std::string_view text);
bool is_bare_selected_value(std::string_view text);

// `any_root`: the root may be a list, and "." is the root itself, a path without segments.
// Fails with ErrorKind::refused and a caret under the character at fault.
Result<std::vector<KeySegment>> parse_key_segments(std::string_view text, bool any_root);

}  // namespace kratix_status
