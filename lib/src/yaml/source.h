// How a document is written: its nodes, each with its place and its spelling, for those who judge the text and not only
// the value that Kratix makes of it.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/result.h"
#include "kratix_status/yaml.h"

namespace kratix_status {

struct YamlNode {
  enum class Kind : std::uint8_t { scalar, alias, sequence, map };
  Kind kind = Kind::scalar;
  bool implicit = false;  // a plain scalar without a tag, whose type follows from its text
  Position at{};
  std::string value{};                // of a scalar; of an alias, the anchor's name
  std::string tag{};                  // in full; empty if there is none
  std::vector<YamlNode*> children{};  // of a map, keys and values in turn
  const YamlNode* target = nullptr;   // of an alias
};

// Why a document is refused.
enum class YamlFault {
  syntax,
  encoding,         // neither UTF-8 nor UTF-16
  character,        // a raw control character
  byte_order_mark,  // in the middle
  parsers_differ,
  alias,  // of nothing, or of itself
  alias_budget,
  nodes,       // too many keys and values
  directives,  // too many
  depth,
  tag,     // promises what the scalar is not
  number,  // infinite, or none
  key,     // null, a list, a map
  key_collision,
  merge_key,
  not_a_map,
};

struct YamlSource {
  std::string text{};              // decoded: what the positions count in
  std::deque<YamlNode> nodes{};    // own all nodes
  const YamlNode* root = nullptr;  // nullptr if there is none, or if the text could not be parsed
  // Of a document that is refused.
  YamlFault fault = YamlFault::syntax;
  Position fault_at{};
};

// read_yaml(), which tells `source` as well; of a refused document what it knows.
Result<Document> read_yaml(std::string_view text, std::string_view name, YamlSource& source);

}  // namespace kratix_status
