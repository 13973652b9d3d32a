// Checks whether Kratix publishes a status as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// Whether Kratix publishes the top-level `key` with this value, as it is. Fails with ErrorKind::refused.
Outcome check_key(std::string_view key, const Value& value, WorkflowType workflow);

// Fails with ErrorKind::refused on more than max_status_bytes. `warnings` gets one from large_status_bytes on.
Outcome check_size(const Map& status, std::vector<std::string>& warnings);

}  // namespace kratix_status
