// KEY of a status: a KeyPath that does not start with the word `status`.
#pragma once

#include <string_view>

#include "kratix_status/key_path.h"
#include "kratix_status/result.h"

namespace kratix_status {

// For writing. `status` in front is a habit from yq, and refused unless it is quoted; a selector is refused. Fails with
// ErrorKind::refused.
Result<KeyPath> parse_status_key(std::string_view text);

// Whether KEY starts with an unquoted `status`, and the error that says so.
bool starts_with_status(const KeyPath& key);
Error status_in_front(const KeyPath& key);

}  // namespace kratix_status
