// Durations as Go writes them (time.ParseDuration), which is how Kratix reads retryAfter: 300ms, 1h30m, 1.5h. For
// people also days and weeks, which Go does not know: 1d is written as 24h.
//
// Arithmetic is Go's own, its rounding of fractions included; a fraction of a day or a week has to be a whole number of
// nanoseconds. Errors are ErrorKind::refused; their context is "duration TEXT".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kratix_status/result.h"

namespace kratix_status {

struct Duration {
  std::int64_t nanoseconds = 0;
  std::string text{};  // for Go: as given, with days and weeks as hours
};

// Nanoseconds. Kratix keeps the time of the next retry in RFC 3339, without fractions of a second
// (work-creator/cmd/update_status.go), so a shorter one has passed when it is written.
inline constexpr std::int64_t shortest_retry = 1'000'000'000;

// What a user may ask for. Negative ones, those below a second, which Kratix takes for none at all, and those above
// 2^63 - 1 nanoseconds are refused, as is a number without a unit.
Result<Duration> parse_duration(std::string_view text);

// Nanoseconds, as Go parses it: signs and zero are allowed, days and weeks are not.
Result<std::int64_t> parse_go_duration(std::string_view text);

}  // namespace kratix_status
