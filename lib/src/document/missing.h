// Says why there is nothing at a path of a document, and what is there instead.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "kratix_status/key_path.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// ErrorKind::refused: the deepest place on the way to `path` that is there, and what it holds. `name` is the
// document's. REQUIRES: look_up() finds nothing at `path`, or null.
Error missing_from(const Value& document, const KeyPath& path, const std::string& name);

// "a, b, c and 7 more", each as a segment of a KEY; long ones only count.
std::string listed(std::span<const std::string_view> names);

// The name that was meant; empty if there is none. Looks at the first names only: the cost stays small in any document.
std::string_view meant_by(std::string_view word, std::span<const std::string_view> names);

}  // namespace kratix_status
