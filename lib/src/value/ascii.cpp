// Letters and hexadecimal digits of ASCII.
#include "value/ascii.h"

#include <algorithm>

namespace kratix_status {

void append_hex(std::string& out, char32_t value, int count, std::string_view digits) {
  for (int shift = 4 * (count - 1); shift >= 0; shift -= 4) out += digits[(value >> shift) & 0xF];
}

void append_code_escape(std::string& out, std::string_view prefix, char32_t value, int count, std::string_view digits) {
  out += prefix;
  append_hex(out, value, count, digits);
}

std::size_t plain_run(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size()) {
    const char c = text[count];
    if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '#') break;
    ++count;
  }
  return count;
}

bool has_shape(std::string_view text, std::string_view shape) {
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    [](char c, char expected) { return expected == '0' ? is_digit(c) : c == expected; });
}

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  return out;
}

}  // namespace kratix_status
