// The time of a run, and how it is written.

#include <cstdint>
#include <string>

#include "kratix/clock.h"
#include "kratix_status/conditions.h"
#include "support.h"

namespace kratix_status {

TEST_CASE("seconds since 1970 are written in UTC, as RFC 3339 has it", "[clock]") {
  struct Row {
    std::int64_t seconds;
    const char* text;
  };
  const Row rows[] = {
      {0, "1970-01-01T00:00:00Z"},
      {1, "1970-01-01T00:00:01Z"},
      {86'399, "1970-01-01T23:59:59Z"},
      {86'400, "1970-01-02T00:00:00Z"},
      {951'782'400, "2000-02-29T00:00:00Z"},
      {1'709'164'800, "2024-02-29T00:00:00Z"},
      {1'724'236'065, "2024-08-21T10:27:45Z"},
      {4'107'542'400, "2100-03-01T00:00:00Z"},
      {253'402'300'799, "9999-12-31T23:59:59Z"},
  };
  for (const Row& row : rows) {
    CHECK(rfc3339(row.seconds) == row.text);
    CHECK(is_date_time(row.text));
  }
}

TEST_CASE("SOURCE_DATE_EPOCH takes the place of the clock, and a malformed one is an error", "[clock]") {
  const auto run = [](const char* value) { return time_of_run([=](const char*) { return value; }, 42); };
  CHECK(*run(nullptr) == 42);
  CHECK(*run("") == 42);
  CHECK(*run("0") == 0);
  CHECK(*run("1724236065") == 1'724'236'065);
  CHECK(*run("253402300799") == 253'402'300'799);
  for (const char* bad : {"now", "-1", "1.5", "1 ", " 1", "+1", "253402300800", "99999999999999999999", "0x10"}) {
    CHECK(test::outcome(run(bad)) ==
          std::string("usage: variable SOURCE_DATE_EPOCH: must be a whole number of seconds since 1970, "
                      "up to 253402300799 (the year 9999), not \"") +
              bad + "\" (unset it to use the time of day)");
  }
  CHECK(*time_of_run([](const char* name) { return std::string_view(name) == "SOURCE_DATE_EPOCH" ? "7" : nullptr; },
                     42) == 7);
}

TEST_CASE("the clock of the system goes", "[clock]") { CHECK(wall_clock() > 1'700'000'000); }

}  // namespace kratix_status
