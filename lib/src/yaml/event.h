// The events of a YAML document as libyaml reports them, and the error that ends them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "kratix_status/finding.h"

namespace kratix_status {

struct YamlEvent {
  enum class Type {
    document_start,
    document_end,
    scalar,
    alias,
    sequence_start,
    sequence_end,
    map_start,
    map_end,
    stream_end,
  };
  Type type = Type::stream_end;
  Position at{};
  // These three point into libyaml's memory, and are valid until the next event.
  std::string_view value{};   // of a scalar
  std::string_view tag{};     // in full ("tag:yaml.org,2002:int"); empty if there is none
  std::string_view anchor{};  // of an alias, the name it refers to
  bool plain = false;         // a scalar without quotes
  bool implicit = false;      // a scalar whose type follows from its text: plain, without a tag
  bool flow = false;          // the start of a list or map in [] or {}
  bool yaml_1_1 = true;       // of a document start: no %YAML directive, or one for 1.1
};

// Whether such an event begins a key or a value.
inline bool is_node(YamlEvent::Type type) {
  using Type = YamlEvent::Type;
  return type == Type::scalar || type == Type::alias || type == Type::sequence_start || type == Type::map_start;
}

// Why a document is refused.
enum class YamlFault {
  syntax,
  encoding,         // neither UTF-8 nor UTF-16
  character,        // a raw control character
  byte_order_mark,  // in the middle
  alias,            // of nothing, or of itself
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

struct YamlProblem {
  Position at{};
  std::string what{};
  // In the text that was parsed, in bytes and in characters; only for what LibyamlCursor reports.
  std::size_t offset = 0;
  std::size_t index = 0;
  std::size_t token = 0;  // in characters, where libyaml's token starts; 0 if it was in none
  YamlFault fault = YamlFault::syntax;
};

}  // namespace kratix_status
