#include "decimal.h"

#include <array>
#include <cstdint>

namespace kratix_status {

namespace {

// 0.d1d2d3... x 10^exponent, without leading or trailing zeros; zero has no digits.
struct Decimal {
  std::string digits;
  std::int64_t exponent = 0;
  bool operator==(const Decimal&) const = default;
};

std::int64_t parse_exponent(std::string_view text) {
  if (!text.empty() && text.front() == '+') text.remove_prefix(1);
  std::int64_t exponent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), exponent);
  constexpr std::int64_t beyond_any_double = 1'000'000'000'000;
  if (error == std::errc::result_out_of_range) return text.front() == '-' ? -beyond_any_double : beyond_any_double;
  return exponent;
}

Decimal decimal(std::string_view text) {
  Decimal result;
  bool after_point = false;
  std::size_t at = 0;
  for (; at < text.size() && (text[at] | 0x20) != 'e'; ++at) {
    if (text[at] == '.') after_point = true;
    if (text[at] < '0' || text[at] > '9') continue;
    if (result.digits.empty() && text[at] == '0') {
      result.exponent -= after_point ? 1 : 0;
      continue;
    }
    result.digits += text[at];
    result.exponent += after_point ? 0 : 1;
  }
  result.digits.erase(result.digits.find_last_not_of('0') + 1);
  if (result.digits.empty()) return {};
  if (at < text.size()) result.exponent += parse_exponent(text.substr(at + 1));
  return result;
}

}  // namespace

std::string shortest(double value, std::chars_format format) {
  std::array<char, 512> buffer{};  // fixed notation of the smallest double takes some 330
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, format);
  return std::string(buffer.data(), error == std::errc() ? end : buffer.data());
}

bool loses_digits(std::string_view text, double value) {
  return decimal(text) != decimal(shortest(value, std::chars_format::scientific));
}

}  // namespace kratix_status
