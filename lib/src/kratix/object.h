// The parts of a Kubernetes object that are read here: metadata and status.
#pragma once

#include <string_view>

#include "kratix_status/value.h"

namespace kratix_status {

// What is in `object`'s metadata under `key`; nullptr if there is none.
const Value* find_metadata(const Map& object, std::string_view key);

// `object`'s status; empty if there is none.
Map status_of(const Map& object);

}  // namespace kratix_status
