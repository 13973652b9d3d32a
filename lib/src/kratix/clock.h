// The time of day, as conditions carry it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"

namespace kratix_status {

// Seconds since 1970 in UTC. The system's answer; whoever needs a time takes it as a number, so tests choose their own.
std::int64_t wall_clock();

// SOURCE_DATE_EPOCH if it is set, so that a run can be repeated exactly (reproducible-builds.org), else `now`.
// Fails with ErrorKind::usage if it is no whole number of seconds from 1970 to the year 9999.
Result<std::int64_t> time_of_run(const Environment& environment, std::int64_t now);

// The seconds of what rfc3339() writes; nullopt for any other text.
std::optional<std::int64_t> parse_utc_time(std::string_view text);

// RFC 3339 as metav1.Time writes it: 2024-08-21T10:27:45Z.
// REQUIRES: a year from 0 to 9999
std::string rfc3339(std::int64_t seconds);

}  // namespace kratix_status
