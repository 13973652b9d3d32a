// Values and texts made from a fuzzer's bytes, with a taste for what YAML readers stumble over.
#pragma once

#include <string>

#include "bytes.h"
#include "kratix_status/value.h"

namespace fuzz {

// Mostly valid UTF-8; sometimes raw bytes, sometimes thousands of characters.
std::string random_text(Bytes& bytes);

kratix_status::Value random_value(Bytes& bytes);

// Sometimes nested beyond max_depth.
kratix_status::Map random_map(Bytes& bytes);

// 1 for a scalar.
int depth_of(const kratix_status::Value& value);

// Of all strings and keys in it.
bool is_valid_utf8(const kratix_status::Value& value);

// Whether a number in it has no integer form that JSON readers keep, so that parse_json() may refuse its text.
bool has_number_beyond_exact(const kratix_status::Value& value);

}  // namespace fuzz
