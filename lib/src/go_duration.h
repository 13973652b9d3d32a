// A duration as Go's time.ParseDuration reads it, and so Kratix.
#pragma once

#include <cstdint>
#include <string_view>

namespace kratix_status {

enum class GoDuration : std::uint8_t {
  positive,
  not_positive,
  no_unit,       // 30
  unknown_unit,  // 1d
  invalid,
};

GoDuration read_go_duration(std::string_view text);

}  // namespace kratix_status
