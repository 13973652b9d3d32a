// Parses durations with Go's own arithmetic.
#include "kratix/duration.h"

#include <algorithm>
#include <iterator>

#include "value/ascii.h"

namespace kratix_status {

namespace {

struct Unit {
  char name[4];  // with a zero at its end
  std::uint64_t nanoseconds;
  bool known_to_go;
};

constexpr std::uint64_t second = 1'000'000'000;
constexpr std::uint64_t hour = 3600 * second;

// time.unitMap, and two more.
constexpr Unit units[] = {
    {"ns", 1, true},
    {"us", 1'000, true},
    {"\xC2\xB5s", 1'000, true},  // U+00B5, micro sign
    {"\xCE\xBCs", 1'000, true},  // U+03BC, Greek letter mu
    {"ms", 1'000'000, true},
    {"s", second, true},
    {"m", 60 * second, true},
    {"h", hour, true},
    {"d", 24 * hour, false},
    {"w", 168 * hour, false},
};

constexpr std::string_view unit_fix = "units are ns, us, ms, s, m, h, d and w";
constexpr std::string_view shape_fix = "give numbers with units, such as 30s, 1h30m or 1d";
constexpr std::uint64_t most = std::uint64_t{1} << 63;

class Parser {
 public:
  Parser(std::string_view text, bool for_go) : text_(text), rest_(text), for_go_(for_go) {}

  // Fills what the accessors tell.
  Outcome parse() {
    negative_ = rest_.starts_with('-');
    if (negative_ || rest_.starts_with('+')) rest_.remove_prefix(1);
    if (rest_.empty()) return error("is empty", shape_fix);
    if (rest_ == "0") return Done{};
    while (!rest_.empty()) {
      if (Outcome part = parse_part(); !part) return part;
    }
    return total_ < most || negative_ ? Outcome(Done{}) : too_long();
  }

  std::uint64_t total() const { return total_; }
  bool negative() const { return negative_; }
  bool has_days() const { return has_days_; }

  Error error(std::string cause, std::string_view fix) const {
    constexpr std::size_t worth_showing = 80;
    const std::string shown = text_.size() > worth_showing ? "of " + std::to_string(text_.size()) + " characters"
                                                           : "\"" + std::string(text_) + "\"";
    return refused("duration " + shown, std::move(cause), std::string(fix));
  }

 private:
  // A number and its unit.
  Outcome parse_part() {
    const std::string_view start = rest_;
    if (!is_digit(rest_.front()) && rest_.front() != '.') return error("a number is expected", shape_fix);
    const std::string_view whole = take_digits();
    std::string_view fraction;
    if (rest_.starts_with('.')) {
      rest_.remove_prefix(1);
      fraction = take_digits();
    }
    if (whole.empty() && fraction.empty()) return error("a number is expected", shape_fix);
    const std::string number(start.substr(0, start.size() - rest_.size()));
    const auto end = std::find_if(rest_.begin(), rest_.end(), [](char c) { return is_digit(c) || c == '.'; });
    const std::string_view name = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    if (name.empty()) return no_unit(number);
    const Unit* unit =
        std::find_if(std::begin(units), std::end(units), [&](const Unit& known) { return known.name == name; });
    if (unit == std::end(units) || (for_go_ && !unit->known_to_go)) return unknown_unit(name);
    rest_.remove_prefix(name.size());
    has_days_ = has_days_ || !unit->known_to_go;
    return add(whole, fraction, *unit);
  }

  std::string_view take_digits() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_digit);
    const std::string_view digits = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(digits.size());
    return digits;
  }

  Outcome add(std::string_view whole, std::string_view fraction, const Unit& unit) {
    std::uint64_t value = 0;
    if (!read_whole(whole, value) || value > most / unit.nanoseconds) return too_long();
    value *= unit.nanoseconds;
    std::uint64_t part = 0;
    if (unit.known_to_go)
      part = go_fraction(fraction, unit.nanoseconds);
    else if (!exact_fraction(fraction, unit.nanoseconds, part))
      return error("is not a whole number of nanoseconds", "use a smaller unit, such as 8h");
    value += part;
    if (value > most) return too_long();
    total_ += value;
    return total_ > most ? too_long() : Outcome(Done{});
  }

  // time.leadingInt
  static bool read_whole(std::string_view digits, std::uint64_t& value) {
    for (const char digit : digits) {
      if (value > most / 10) return false;
      value = value * 10 + static_cast<std::uint64_t>(digit - '0');
      if (value > most) return false;
    }
    return true;
  }

  // time.leadingFraction, and what time.ParseDuration does with it: doubles, cut off.
  static std::uint64_t go_fraction(std::string_view digits, std::uint64_t unit) {
    std::uint64_t value = 0;
    double scale = 1;
    for (const char digit : digits) {
      if (value > (most - 1) / 10) break;
      const std::uint64_t next = value * 10 + static_cast<std::uint64_t>(digit - '0');
      if (next > most) break;
      value = next;
      scale *= 10;
    }
    if (value == 0) return 0;
    return static_cast<std::uint64_t>(static_cast<double>(value) * (static_cast<double>(unit) / scale));
  }

  // From the last digit to the first: each tenth on the way has to be whole for the sum to be.
  static bool exact_fraction(std::string_view digits, std::uint64_t unit, std::uint64_t& value) {
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
      value += static_cast<std::uint64_t>(*digit - '0') * unit;
      if (value % 10 != 0) return false;
      value /= 10;
    }
    return true;
  }

  Error no_unit(const std::string& number) const {
    const bool alone = number.size() == text_.size();
    return error(alone ? "has no unit" : "the number " + number + " has no unit",
                 alone ? "write " + number + "s" : std::string(unit_fix));
  }

  Error unknown_unit(std::string_view name) const {
    if (name == "d" || name == "w") return error("Go has no unit " + std::string(name), "write it in hours: 1d is 24h");
    return error("the unit \"" + std::string(name) + "\" is unknown", unit_fix);
  }

  Error too_long() const { return error("is longer than 292 years", "Go counts nanoseconds, in 64 bits"); }

  std::string_view text_;
  std::string_view rest_;
  bool for_go_;
  std::uint64_t total_ = 0;
  bool negative_ = false;
  bool has_days_ = false;
};

// In whole numbers, which Go reads without rounding.
std::string go_text(std::uint64_t nanoseconds) {
  constexpr Unit parts[] = {{"h", hour, true},       {"m", 60 * second, true}, {"s", second, true},
                            {"ms", 1'000'000, true}, {"us", 1'000, true},      {"ns", 1, true}};
  std::string text;
  for (const Unit& part : parts) {
    if (nanoseconds >= part.nanoseconds)
      text += std::to_string(nanoseconds / part.nanoseconds) + std::string(part.name);
    nanoseconds %= part.nanoseconds;
  }
  return text;
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  Parser parser(text, false);
  if (Outcome parsed = parser.parse(); !parsed) return parsed.error();
  if (parser.total() == 0) return parser.error("is zero: Kratix would start the Pipeline again at once", shape_fix);
  if (parser.negative()) return parser.error("is negative", "leave out the minus sign");
  if (parser.total() < static_cast<std::uint64_t>(shortest_retry))
    return parser.error(
        "is less than a second: Kratix counts whole seconds, and would start the Pipeline again at once", shape_fix);
  return Duration{static_cast<std::int64_t>(parser.total()),
                  parser.has_days() ? go_text(parser.total()) : std::string(text)};
}

Result<std::int64_t> parse_go_duration(std::string_view text) {
  Parser parser(text, true);
  if (Outcome parsed = parser.parse(); !parsed) return parsed.error();
  // The smallest number has no positive counterpart.
  if (parser.negative()) return static_cast<std::int64_t>(0 - parser.total());
  return static_cast<std::int64_t>(parser.total());
}

}  // namespace kratix_status
