// A document that another program or a person has written: JSON is read as JSON, any other text as YAML, as Kratix
// reads it.
//
// It is a value that the user gives, so what Kratix would silently lose of it (duplicate keys, digits, text behind the
// document) is refused, and so is what cannot be read: ErrorKind::refused with NAME:line:column. The limits are those
// of a status: max_depth, max_nodes.
#pragma once

#include <string>

#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// Any value; null for an empty text. `name` is that of the document, for messages.
Result<Value> read_document(const std::string& text, const std::string& name);

// A map, empty for an empty text; anything else is refused.
Result<Value> read_map_document(const std::string& text, const std::string& name);

}  // namespace kratix_status
