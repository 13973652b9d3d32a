// A string of JSON (RFC 8259): as parse_json() reads it, and as a quoted segment of a KEY is spelled.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kratix_status {

struct JsonString {
  enum class Fault { none, not_closed, control_character, unknown_escape, hex_digits };

  std::string text{};
  // Behind the closing quote. If the string is not grammatical: where it stops being so.
  std::size_t end = 0;
  Fault fault = Fault::none;
  // The first escape that is half of a surrogate pair: grammatical, and yet no character. npos if there is none.
  std::size_t half_pair = std::string_view::npos;
};

// The string whose opening quote is text[at].
// REQUIRES: text[at] == '"', and `text` is valid UTF-8
JsonString read_json_string(std::string_view text, std::size_t at);

// Why the string is not grammatical.
std::string_view describe(JsonString::Fault fault);

inline constexpr std::string_view half_pair_cause = "half of a surrogate pair is not a character";

}  // namespace kratix_status
