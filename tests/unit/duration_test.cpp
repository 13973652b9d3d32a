// Durations: Go's, in Go's own arithmetic, and days and weeks.

#include <cstdint>
#include <limits>
#include <string>

#include "kratix/duration.h"
#include "support.h"
#include "value/message.h"

namespace kratix_status {

namespace {

std::string shown(const std::string& text) {
  const Result<Duration> duration = parse_duration(text);
  return duration ? duration->text : test::whole(duration.error());
}

constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t hour = 3600 * second;
constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max();

}  // namespace

TEST_CASE("what Go reads stays as it was typed, and days and weeks become hours", "[duration]") {
  struct Row {
    const char* text;
    const char* go;
    std::int64_t nanoseconds;
  };
  const Row rows[] = {
      {"30s", "30s", 30 * second},
      {"1300ms", "1300ms", second * 13 / 10},
      {"1h30m", "1h30m", hour * 3 / 2},
      {"1.5h", "1.5h", hour * 3 / 2},
      {".5m", ".5m", 30 * second},
      {"5.s", "5.s", 5 * second},
      {"+5m", "+5m", 300 * second},
      {"1s", "1s", second},
      {"1000000000ns", "1000000000ns", second},
      {"1s1ns", "1s1ns", second + 1},
      {"1s7us", "1s7us", second + 7000},
      {"1s7\xC2\xB5s", "1s7\xC2\xB5s", second + 7000},
      {"1s7\xCE\xBCs", "1s7\xCE\xBCs", second + 7000},
      {"1m1m", "1m1m", 120 * second},
      {"0h1s", "0h1s", second},
      {"007s", "007s", 7 * second},
      // As Go cuts it off.
      {"1s1.9ns", "1s1.9ns", second + 1},
      {"0.33333333333333333333h", "0.33333333333333333333h", 1'200'000'000'000},
      {"9223372036854775807ns", "9223372036854775807ns", longest},
      {"2562047h47m16.854775807s", "2562047h47m16.854775807s", longest},
      {"1d", "24h", 24 * hour},
      {"1w", "168h", 168 * hour},
      {"1.5d", "36h", 36 * hour},
      {"0.5w", "84h", 84 * hour},
      {".25d", "6h", 6 * hour},
      {"1.000d", "24h", 24 * hour},
      {"1w2d3h", "219h", 219 * hour},
      {"1d12h30m", "36h30m", 36 * hour + 1800 * second},
      {"1d1h1m1s1ms1us1ns", "25h1m1s1ms1us1ns", 25 * hour + 61 * second + 1'001'001},
      {"2h1d", "26h", 26 * hour},
      {"0.0001d", "8s640ms", 8'640'000'000},
      {"106751d", "2562024h", 106751 * 24 * hour},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shown(row.text) == row.go);
    const Result<Duration> duration = parse_duration(row.text);
    REQUIRE(duration.ok());
    CHECK(duration->nanoseconds == row.nanoseconds);
    const Result<std::int64_t> again = parse_go_duration(duration->text);
    REQUIRE(again.ok());
    CHECK(*again == row.nanoseconds);
  }
}

TEST_CASE("what is no time to wait is refused, with a fix", "[duration]") {
  const std::string units = " (units are ns, us, ms, s, m, h, d and w)";
  const std::string shape = " (give numbers with units, such as 30s, 1h30m or 1d)";
  const std::string short_time =
      "is less than a second: Kratix counts whole seconds, and would start the Pipeline again at once" + shape;
  const std::string range = "is longer than 292 years (Go counts nanoseconds, in 64 bits)";
  const std::pair<std::string, std::string> rows[] = {
      {"", "is empty" + shape},
      {"-", "is empty" + shape},
      {"30", "has no unit (write 30s)"},
      {"1.5", "has no unit (write 1.5s)"},
      {"1h30", "the number 30 has no unit" + units},
      {"-30", "the number 30 has no unit" + units},
      {"0", "is zero: Kratix would start the Pipeline again at once" + shape},
      {"0s", "is zero: Kratix would start the Pipeline again at once" + shape},
      {"-0", "is zero: Kratix would start the Pipeline again at once" + shape},
      {"0.1ns", "is zero: Kratix would start the Pipeline again at once" + shape},
      {"0d", "is zero: Kratix would start the Pipeline again at once" + shape},
      {"1ns", short_time},
      {"500ms", short_time},
      {"999999999ns", short_time},
      {"0.00001d", short_time},
      {"-5m", "is negative (leave out the minus sign)"},
      {"-1d", "is negative (leave out the minus sign)"},
      {"soon", "a number is expected" + shape},
      {".", "a number is expected" + shape},
      {".s", "a number is expected" + shape},
      {"1h m", "the unit \"h m\" is unknown" + units},
      {"1 h", "the unit \" h\" is unknown" + units},
      {" 1h", "a number is expected" + shape},
      {"1h ", "the unit \"h \" is unknown" + units},
      {"1h\n", "the unit \"h\\n\" is unknown" + units},
      {"5min", "the unit \"min\" is unknown" + units},
      {"5M", "the unit \"M\" is unknown" + units},
      {"1D", "the unit \"D\" is unknown" + units},
      {"1d-1h", "the unit \"d-\" is unknown" + units},
      {"1,5h", "the unit \",\" is unknown" + units},
      {"1e3s", "the unit \"e\" is unknown" + units},
      {"0x1s", "the unit \"x\" is unknown" + units},
      {"1.2.3s", "the number 1.2 has no unit" + units},
      {"1d1d1", "the number 1 has no unit" + units},
      {"0.333333333333333d", "is not a whole number of nanoseconds (use a smaller unit, such as 8h)"},
      {"106752d", range},
      {"20000w", range},
      {"9223372036854775808ns", range},
      {"2562047h47m16.854775808s", range},
      {"99999999999999999999h", range},
      {"9223372036854775807ns1ns", range},
  };
  for (const auto& [text, error] : rows) {
    CAPTURE(text);
    CHECK(shown(text) == "refused: duration \"" + printable(text) + "\": " + error);
  }
  const std::string long_text(100000, '1');
  CHECK(shown(long_text + "h") ==
        "refused: duration of 100001 characters: is longer than 292 years (Go counts nanoseconds, in 64 bits)");
}

TEST_CASE("a hand-written duration is what Go makes of it", "[duration]") {
  struct Row {
    const char* text;
    std::int64_t nanoseconds;
  };
  const Row rows[] = {
      {"0", 0},
      {"-0", 0},
      {"+0", 0},
      {"0s", 0},
      {"-5m", -300 * second},
      {"-1.5h", -hour * 3 / 2},
      {"0.1ns", 0},
      {"-9223372036854775808ns", std::numeric_limits<std::int64_t>::min()},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<std::int64_t> nanoseconds = parse_go_duration(row.text);
    REQUIRE(test::outcome(nanoseconds) == "ok");
    CHECK(*nanoseconds == row.nanoseconds);
  }
  CHECK(test::outcome(parse_go_duration("1d")) ==
        "refused: duration \"1d\": Go has no unit d (write it in hours: 1d is 24h)");
  CHECK(test::outcome(parse_go_duration("2w")) ==
        "refused: duration \"2w\": Go has no unit w (write it in hours: 1d is 24h)");
  CHECK(test::outcome(parse_go_duration("30")) == "refused: duration \"30\": has no unit (write 30s)");
  CHECK_FALSE(parse_go_duration("").ok());
  CHECK_FALSE(parse_go_duration("-9223372036854775809ns").ok());
}

}  // namespace kratix_status
