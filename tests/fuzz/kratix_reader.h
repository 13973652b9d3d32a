// What Kratix's status-writer reads in a document: by its own code, linked in as a Go archive (kratix_reader_go.cpp),
// or, where there is no Go, as it was recorded (kratix_reader_recorded.cpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fuzz {

struct KratixAnswer {
  bool refused = false;
  std::string text{};  // JSON, or why it refuses
};

// Nothing if nobody knows.
std::optional<KratixAnswer> ask_kratix(std::string_view document);

}  // namespace fuzz
