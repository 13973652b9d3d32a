// ASCII letters and digits, independent of the locale.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kratix_status {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alphanumeric(char c) { return is_letter(c) || is_digit(c); }

inline constexpr std::string_view lower_hex = "0123456789abcdef";
inline constexpr std::string_view upper_hex = "0123456789ABCDEF";

// The last `count` hexadecimal digits of `value`, in those of `digits`.
void append_hex(std::string& out, char32_t value, int count, std::string_view digits = lower_hex);

// An escape such as \x0a: `prefix`, and the last `count` hexadecimal digits of `value`.
void append_code_escape(std::string& out, std::string_view prefix, char32_t value, int count,
                        std::string_view digits = lower_hex);

// How many characters at the front of `text` are printable ASCII except '"', '\\' and '#': no format escapes them, so
// that they can be copied in one piece.
std::size_t plain_run(std::string_view text);

// Whether `is` holds for a character of `text`. Looks at all of them without a branch in between, which compilers turn
// into vector instructions; searches take six instructions a byte.
template <typename Predicate>
bool any_character(std::string_view text, Predicate is) {
  unsigned char found = 0;
  for (const char c : text) found = static_cast<unsigned char>(found | static_cast<unsigned char>(is(c)));
  return found != 0;
}

// Whether `text` looks like `shape`, in which '0' stands for any digit and other characters for themselves.
bool has_shape(std::string_view text, std::string_view shape);

// `text` with A to Z in lower case.
std::string lower(std::string_view text);

}  // namespace kratix_status
