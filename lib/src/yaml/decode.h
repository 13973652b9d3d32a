// From nodes to the Value that Kratix sees: the part of go-yaml v2's decode.go and of sigs.k8s.io/yaml's conversion to
// JSON that decides tags, keys, duplicates, merge keys and aliases.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "kratix_status/finding.h"
#include "kratix_status/value.h"
#include "yaml/nodes.h"
#include "yaml/typing.h"

namespace kratix_status {

// The value that Kratix reads in `root` (nullptr: an empty document), or false and the problem. Aliases may not expand
// to more than `most_nodes` keys and values. `kind`: what Kratix expects, a map or a list, empty for null;
// nullopt for any value.
bool decode(const YamlNode* root, Value& value, Findings& findings, Finding& problem,
            std::size_t most_nodes = max_nodes, std::optional<Value::Kind> kind = Value::Kind::map);

// The text of a key that is not a string.
// REQUIRES: boolean, integer or floating
std::string key_text(const Scalar& scalar);

}  // namespace kratix_status
