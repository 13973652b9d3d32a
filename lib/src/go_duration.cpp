#include "go_duration.h"

#include <algorithm>

namespace kratix_status {

namespace {

struct Unit {
  std::string_view name;
  double nanoseconds;
};

// time/format.go, unitMap
constexpr Unit units[] = {
    {"ns", 1}, {"us", 1e3}, {"\xC2\xB5s", 1e3}, {"\xCE\xBCs", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9},
};

constexpr double longest = 9223372036854775808.0;  // nanoseconds in 63 bits

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// [0-9]*(\.[0-9]*)?, with a digit in it; removes it from `text`.
bool take_number(std::string_view& text, double& number) {
  bool has_digit = false;
  const auto take_digits = [&](double weight, double step) {
    for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1), weight *= step) {
      number = step == 1 ? number * 10 + (text.front() - '0') : number + weight * (text.front() - '0');
      has_digit = true;
    }
  };
  number = 0;
  take_digits(1, 1);
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    take_digits(0.1, 0.1);
  }
  return has_digit;
}

}  // namespace

GoDuration read_go_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return GoDuration::not_positive;
  if (text.empty()) return GoDuration::invalid;
  double sum = 0;
  while (!text.empty()) {
    double number = 0;
    if (!take_number(text, number)) return GoDuration::invalid;
    const auto* const end = std::find_if(text.begin(), text.end(), [](char c) { return c == '.' || is_digit(c); });
    const std::string_view name(text.data(), static_cast<std::size_t>(end - text.begin()));
    if (name.empty()) return GoDuration::no_unit;
    const auto* const unit =
        std::find_if(std::begin(units), std::end(units), [&](const Unit& row) { return row.name == name; });
    if (unit == std::end(units)) return GoDuration::unknown_unit;
    sum += number * unit->nanoseconds;
    text.remove_prefix(name.size());
  }
  if (sum >= longest) return GoDuration::invalid;
  return sum >= 1 && !negative ? GoDuration::positive : GoDuration::not_positive;
}

}  // namespace kratix_status
