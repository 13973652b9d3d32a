// UTF-8: decoding, encoding and counting code points.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kratix_status {

// Whether `c` is the second or a later byte of a code point.
inline bool is_utf8_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Decodes the code point at `text[at]` and moves `at` behind it. Overlong forms, surrogates and values past
// U+10FFFF are invalid: then false, and `at` stays.
bool decode_utf8(std::string_view text, std::size_t& at, char32_t& code_point);
// The same for a text that may be invalid: a byte that starts no code point counts as U+FFFD.
char32_t next_code_point(std::string_view text, std::size_t& at);

void append_utf8(std::string& out, char32_t code_point);

// The offset of the first byte that is not valid UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);

// Code points that begin in `text`.
std::size_t count_characters(std::string_view text);

}  // namespace kratix_status
