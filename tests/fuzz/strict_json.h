// A second reading of RFC 8259, written apart from the library's, to compare with. It takes the grammar and nothing
// else; what it notes on the way is why the library may refuse a document that is grammatical.
#pragma once

#include <string_view>

#include "kratix_status/value.h"

namespace fuzz {

struct StrictJson {
  bool grammatical = false;      // and valid in UTF-8
  kratix_status::Value value{};  // if grammatical: the last of duplicate keys wins; half surrogates are U+FFFD
  bool duplicate_key = false;
  bool half_surrogate = false;
  bool large_integer = false;  // an integer beyond 2^53, or a number that a double does not reach
  bool many_digits = false;    // a number that a double may not keep: over 15 digits, or near the smallest one
  int depth = 0;               // 1 for a scalar
};

// REQUIRES: nesting that the stack holds; 4096 bytes are safe
StrictJson read_strict_json(std::string_view text);

}  // namespace fuzz
