// YAML text to Value and back, as Kratix reads it.
//
// The law: for every document, read_yaml() gives the value that Kratix's status-writer would see, or fails where
// it would fail, or refuses. Never a third thing. Two libraries parse a document side by side: yaml-cpp, and
// libyaml, whose grammar go-yaml v2 (Kratix's parser) was ported from. A document on which they disagree is refused.
// What no person wrote, but write_yaml() or Kratix, libyaml alone reads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "kratix_status/finding.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

struct Document {
  Value value;  // always a map; empty for an empty file, as for Kratix
  Findings findings;
};

// `name` is the file's name for messages. Fails with ErrorKind::malformed, file:line:column, the line and a caret.
// Cost is linear in the text; aliases are expanded under go-yaml's own budget. More than max_nodes keys and
// values, 100 directives, or 512 levels of [] and {} are refused.
Result<Document> read_yaml(std::string_view text, std::string_view name);

// The same for an object.yaml, by the same law, at a third of the cost, with max_object_nodes keys and values.
Result<Document> read_object_yaml(std::string_view text, std::string_view name);

// The YAML for `root`, a map: block style, two spaces, deterministic, safe for readers of YAML 1.1 and 1.2 alike.
// The text has been read back and compared: a difference is an error, so what is returned reads as `root`.
// Fails with ErrorKind::refused if `root` holds what YAML for Kratix cannot (nesting, invalid UTF-8), or if it would
// take more than `max_bytes`.
Result<std::string> write_yaml(const Value& root, std::size_t max_bytes = SIZE_MAX);

// Any value, for a terminal or a log (`get -o yaml`): what printable() escapes, and what a CI runner takes for a
// command, is escaped as YAML does it, so that a reader sees the same value.
Result<std::string> show_yaml(const Value& value);

}  // namespace kratix_status
