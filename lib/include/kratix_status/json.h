// JSON (RFC 8259) to Value and back.
//
// parse_json() takes what the RFC's grammar allows and no more, and refuses what Kratix could not show as it was
// given: duplicate keys, numbers whose digits a 64-bit float does not keep, unpaired surrogates, invalid UTF-8,
// nesting beyond max_depth. Errors are ErrorKind::refused, with line and caret where the text has more than one
// character; `context` is ":line:column", for the caller to put a name before or to replace.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

Result<Value> parse_json(std::string_view text);

// True if `text` is a grammatical document of JSON, no deeper than max_depth, whatever parse_json() refuses in it.
bool is_json(std::string_view text);

// Compact, keys in the map's order, nothing escaped but what must be.
std::string to_json(const Value& value);
std::string to_json(const Map& map);

// The length of to_json(), in bytes.
std::size_t json_size(const Map& map);

// The same for a terminal or a log: what printable() escapes, and what a CI runner takes for a command, is escaped as
// JSON does it, so that a parser sees the same value. Characters beyond U+FFFF stay: JSON would escape them as two
// surrogates, which Kratix's reader refuses where JSON is a status.yaml.
std::string show_json(const Value& value);
std::string show_json(const Map& map);

}  // namespace kratix_status
