// Which decimal texts a double shows again as they were.

#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <vector>

#include "support.h"
#include "value/number.h"

namespace kratix_status {

TEST_CASE("a text loses digits when the shortest decimal of its double differs", "[decimal]") {
  struct Row {
    const char* text;
    bool loses;
  };
  const Row rows[] = {
      {"0", false},
      {"-0", false},
      {"0.000", false},
      {"0e99999999999999999999999", false},
      {"1", false},
      {"+1", false},
      {"-1", false},
      {"007", false},
      {"1.10", false},
      {"1.", false},
      {".5", false},
      {"100e-2", false},
      {"0.0001e4", false},
      {"1E3", false},
      {"1e+3", false},
      {"0.1", false},
      {"0.30000000000000004", false},
      {"9007199254740991", false},
      {"9007199254740992", false},
      {"9007199254740993", true},
      {"9007199254740994", false},
      {"9007199254740995", true},
      {"1e22", false},
      {"123456789012345678901234567890", true},
      {"1152921504606846976", true},  // 2^60 is shown as 1152921504606847000
      {"1152921504606847000", false},
      {"0.12345678901234567", true},
      {"0.12345678901234568", false},
      {"3.141592653589793", false},
      {"3.1415926535897932", true},
      {"0.1000000000000000055511151231257827", true},
      {"1.7976931348623157e308", false},
      {"1.7976931348623158e308", true},
      {"5e-324", false},
      {"4e-324", true},
      {"1e-400", true},
      {"1e-99999999999999999999", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(loses_digits(row.text, std::strtod(row.text, nullptr)) == row.loses);
  }
}

TEST_CASE("the shortest text reads back as the same double in every notation", "[decimal]") {
  std::mt19937_64 random(7);
  std::vector<double> wrong;
  for (int i = 0; i < 20000; ++i) {
    const std::uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    for (const auto format : {std::chars_format::general, std::chars_format::scientific, std::chars_format::fixed}) {
      const std::string text = shortest(value, format);
      if (std::strtod(text.c_str(), nullptr) != value) wrong.push_back(value);
    }
    if (loses_digits(shortest(value, std::chars_format::scientific), value)) wrong.push_back(value);
  }
  CHECK(wrong.empty());
}

// Where std::to_chars prints all digits of a large integer, Go, and so `shortest`, fills up with zeros.
template <typename Number>
std::vector<Number> unlike_to_chars(const std::vector<Number>& values, std::chars_format format, Number exact_up_to) {
  std::vector<Number> unlike;
  for (const Number value : values) {
    if (format == std::chars_format::fixed && std::fabs(value) > exact_up_to) continue;
    char buffer[512];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, format).ptr;
    if (shortest(value, format) != std::string(buffer, end)) unlike.push_back(value);
  }
  return unlike;
}

TEST_CASE("the shortest text is the one of std::to_chars, for doubles and floats", "[decimal]") {
  std::vector<double> doubles{0.0, -0.0, 1e-4, 1e-5, 123456.0, 999999.0, 1e6};
  std::vector<float> floats{0.0F, -0.0F, 1e-4F, 1e-5F, 123456.0F, 999999.0F, 1e6F};
  for (int exponent = -1074; exponent < 1024; ++exponent) doubles.push_back(std::ldexp(-1.0, exponent));
  for (int exponent = -149; exponent < 128; ++exponent) floats.push_back(std::ldexp(-1.0F, exponent));
  std::mt19937_64 random(1);
  for (int i = 0; i < 20'000; ++i) {
    const auto integer = static_cast<std::int64_t>(random() >> (random() % 64));
    doubles.push_back(static_cast<double>(integer));
    doubles.push_back(static_cast<double>(integer % 20'000'000) / static_cast<double>(1 + random() % 1000));
    floats.push_back(static_cast<float>(doubles.back()));
  }
  for (const auto format : {std::chars_format::fixed, std::chars_format::scientific, std::chars_format::general}) {
    CHECK(unlike_to_chars(doubles, format, 9007199254740992.0) == std::vector<double>{});
    CHECK(unlike_to_chars(floats, format, 16777216.0F) == std::vector<float>{});
  }
}

TEST_CASE("a whole number is all of its text", "[number]") {
  CHECK(parse_whole_number("0") == 0);
  CHECK(parse_whole_number("-9223372036854775808") == std::numeric_limits<std::int64_t>::min());
  CHECK(parse_whole_number("9223372036854775807") == std::numeric_limits<std::int64_t>::max());
  for (const char* text : {"", " 1", "1 ", "+1", "1.0", "0x1", "9223372036854775808", "one"})
    CHECK(!parse_whole_number(text));
}

}  // namespace kratix_status
