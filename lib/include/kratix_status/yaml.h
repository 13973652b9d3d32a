// YAML text to Value and back, as Kratix reads it.
//
// The law: for every document, read_yaml() gives the value that Kratix's status-writer would see, or fails where it
// would fail, or refuses. Never a third thing. libyaml reads, since Kratix's parser, go-yaml v2, is a port of it;
// yaml-cpp only lays out what is written. Functions here keep no state, and may run in several threads.
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
  Value value;  // of read_yaml() a map, of read_yaml_list() a list; empty for an empty file, as for Kratix
  Findings findings;
};

// `name` is the file's name for messages. Fails with ErrorKind::malformed, file:line:column, the line and a caret.
// Cost is linear in the text; aliases are expanded under go-yaml's own budget. Refuses more than `most_nodes` keys and
// values (max_object_nodes for an object.yaml), 100 directives, or 512 levels of [] and {}.
Result<Document> read_yaml(std::string_view text, std::string_view name, std::size_t most_nodes = max_nodes);

// The same for a document that is not one of Kratix's files: its root may also be a list or a scalar, and is null where
// the text is empty.
Result<Document> read_any_yaml(std::string_view text, std::string_view name);

// The same as read_yaml() for a file that must be a list: destination-selectors.yaml.
Result<Document> read_yaml_list(std::string_view text, std::string_view name);

// The YAML for `root`, a map or a list: block style, two spaces, deterministic, safe for readers of YAML 1.1 and 1.2
// alike. libyaml has read the text, and its events were compared with `root`: a difference is an error, so what is
// returned reads as `root`. Fails with ErrorKind::refused if `root` holds what YAML for Kratix cannot (nesting, invalid
// UTF-8), or if it would take more than `max_bytes`.
Result<std::string> write_yaml(const Value& root, std::size_t max_bytes = SIZE_MAX);

// Any value, for a terminal or a log (`get -o yaml`): what printable() escapes, and what a CI runner takes for a
// command, is escaped as YAML does it, so that a reader sees the same value.
Result<std::string> show_yaml(const Value& value);

}  // namespace kratix_status
