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

// Where parsing stopped. `offset`, `index` and `token` are places in the text that libyaml parsed, which may be a
// rewritten one; `problem.at` is a place in the author's text.
struct ParseError {
  Finding problem{};
  std::size_t offset = 0;  // in bytes
  std::size_t index = 0;   // the same in characters
  std::size_t token = 0;   // in characters, where libyaml's token starts; 0 if it was in none
};

}  // namespace kratix_status
