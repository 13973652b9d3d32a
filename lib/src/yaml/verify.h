// Checks that a text means a value: what the writer makes is read by libyaml before anyone sees it.
#pragma once

#include <string>
#include <string_view>

#include "kratix_status/value.h"

namespace kratix_status {

// Empty if Kratix reads `text` as `root`, entry for entry and in the same order; otherwise what is wrong.
// Compares libyaml's events with `root`, without building a second Value.
std::string difference_to(std::string_view text, const Value& root);

}  // namespace kratix_status
