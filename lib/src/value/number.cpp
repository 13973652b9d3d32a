// Prints doubles in the shortest form, digit by digit.
#include "value/number.h"

#include <fmt/format.h>

#include <cmath>
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

std::string fixed(const Decimal& number) {
  const std::string& digits = number.digits;
  const auto count = static_cast<std::int64_t>(digits.size());
  if (digits.empty()) return "0";
  if (number.exponent <= 0) return "0." + std::string(static_cast<std::size_t>(-number.exponent), '0') + digits;
  if (number.exponent >= count) return digits + std::string(static_cast<std::size_t>(number.exponent - count), '0');
  return std::string(digits).insert(static_cast<std::size_t>(number.exponent), ".");
}

std::string scientific(const Decimal& number) {
  std::string text = number.digits.empty() ? "0" : number.digits;
  if (text.size() > 1) text.insert(1, ".");
  const std::int64_t exponent = number.digits.empty() ? 0 : number.exponent - 1;
  return text + fmt::format("e{}{:02}", exponent < 0 ? '-' : '+', std::abs(exponent));
}

template <typename Number>
std::string print_shortest(Number value, std::chars_format format) {
  const Decimal number = decimal(fmt::format("{}", std::fabs(value)));
  const bool small = number.digits.empty() || (number.exponent > -4 && number.exponent <= 6);
  const bool as_fixed = format == std::chars_format::general ? small : format == std::chars_format::fixed;
  return (std::signbit(value) ? "-" : "") + (as_fixed ? fixed(number) : scientific(number));
}

}  // namespace

std::string shortest(double value, std::chars_format format) { return print_shortest(value, format); }

std::string shortest(float value, std::chars_format format) { return print_shortest(value, format); }

std::optional<std::int64_t> parse_whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole ? std::optional(number) : std::nullopt;
}

bool loses_digits(std::string_view text, double value) {
  return decimal(text) != decimal(shortest(value, std::chars_format::scientific));
}

std::string yaml_number(const Value& value) {
  if (value.kind() == Value::Kind::integer) return std::to_string(value.as_integer());
  std::string text = shortest(value.as_float(), std::chars_format::general);
  // YAML 1.1 knows a float by its point and by the sign of its exponent: 1e+21 is a string there, 1.0e+21 is not.
  if (text.find('.') == std::string::npos) {
    const std::size_t exponent = text.find('e');
    text.insert(exponent == std::string::npos ? text.size() : exponent, ".0");
  }
  return text;
}

// encoding/json: plain digits from 1e-6 up to 1e21, else an exponent without a leading zero.
std::string json_number(const Value& value) {
  if (value.kind() == Value::Kind::integer) return std::to_string(value.as_integer());
  const double number = value.as_float();
  const double magnitude = std::fabs(number);
  if (magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e21)) return shortest(number, std::chars_format::fixed);
  std::string text = shortest(number, std::chars_format::scientific);
  const std::size_t exponent = text.find('e');
  if (text[exponent + 1] == '-' && text[exponent + 2] == '0') text.erase(exponent + 2, 1);
  return text;
}

}  // namespace kratix_status
