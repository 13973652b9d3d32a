// How a document is written: its text and its nodes, for callers that judge the spelling and not only the value.
#pragma once

#include <string>
#include <string_view>

#include "kratix_status/result.h"
#include "kratix_status/yaml.h"
#include "yaml/nodes.h"

namespace kratix_status {

struct YamlSource {
  std::string text{};              // decoded: what the positions count in
  YamlNodes nodes{};               // own all nodes
  const YamlNode* root = nullptr;  // nullptr if there is none, or if the text could not be parsed
  Finding problem{};               // why the document is refused
};

// read_yaml(), or read_yaml_list() for Value::Kind::list, that also fills in `source`; if the document is refused, with
// what is known of it.
Result<Document> read_yaml(std::string_view text, std::string_view name, YamlSource& source,
                           Value::Kind kind = Value::Kind::map);

}  // namespace kratix_status
