// A point in time by the monotonic clock, which setting the machine's time does not move.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace kratix_status {

class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Deadline(std::chrono::milliseconds from_now) : at_(Clock::now() + from_now) {}

  // Milliseconds, 0 once it has passed.
  std::int64_t left_ms() const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(at_ - Clock::now());
    return std::max<std::int64_t>(left.count(), 0);
  }

 private:
  Clock::time_point at_;
};

}  // namespace kratix_status
