// Numbers as text: the shortest one for a double, and whether a double keeps the digits that were given.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kratix_status/value.h"

namespace kratix_status {

// The shortest text that reads back as `value`: as digits with as many zeros as they need (fixed), with an exponent of
// two digits or more (scientific), or like printf's %g in the one that it would choose (general). Not std::to_chars,
// whose tables take 0.14 MB of a static binary, and which prints all digits of 2^60 where Go prints zeros at the end.
// REQUIRES: `value` is finite
std::string shortest(double value, std::chars_format format);
std::string shortest(float value, std::chars_format format);

// The whole number that all of `text` is; nullopt if it is none, or beyond 64 bits.
std::optional<std::int64_t> parse_whole_number(std::string_view text);

// True if the decimal number `text` differs from the shortest decimal that reads back as `value`, its double:
// the reader of the status would then see other digits than were given. 1.10 loses nothing, 2^53 + 1 does.
// REQUIRES: `text` is an optional sign, digits with at most one point, and an optional exponent
bool loses_digits(std::string_view text, double value);

// The shortest text that reads back as `value` in YAML 1.1 and 1.2 alike.
// REQUIRES: integer or floating
std::string yaml_number(const Value& value);

// The same for JSON, spelt as Go's encoding/json spells it, so as `kubectl get -o json` shows it.
// REQUIRES: integer or floating
std::string json_number(const Value& value);

}  // namespace kratix_status
