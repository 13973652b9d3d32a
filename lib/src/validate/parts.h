// The checks that validate_text() runs, each of which adds its findings.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>

#include "kratix_status/finding.h"
#include "kratix_status/pipeline.h"
#include "kratix_status/value.h"
#include "validate/sorted_findings.h"
#include "yaml/source.h"

namespace kratix_status {

// Finds plain scalars and keys that readers understand differently, also in a document that is refused.
void check_spelling(const YamlSource& source, SortedFindings& findings);

// REQUIRES: `status` is a map
void check_status(const Value& status, const YamlNode& root, WorkflowType workflow, SortedFindings& findings);
void check_control(const Map& control, const YamlNode& root, SortedFindings& findings);
void check_selectors(const List& selectors, const YamlNode& root, SortedFindings& findings);

// Finds scalars and keys that show a secret by their form, also in a document that is refused.
void check_secrets(const YamlSource& source, SortedFindings& findings);

// The positions of the pairs in a map.
class Places {
 public:
  // `node` may be anything, and outlives this object; if it is no map and no alias of one, there are no pairs.
  // REQUIRES: the document was read
  explicit Places(const YamlNode& node) : map_(node) { add(node); }

  // The position of `key`, and its value; the map itself if the key is not written in it.
  Position key(std::string_view key) const;
  const YamlNode& value(std::string_view key) const;

 private:
  struct Pair {
    const YamlNode* key;
    const YamlNode* value;
  };
  void add(const YamlNode& node);
  const Pair* find(std::string_view key) const;

  const YamlNode& map_;
  std::unordered_map<std::string, Pair> pairs_;
};

// The node that an alias stands for; any other node itself.
const YamlNode& target_of(const YamlNode& node);

// An item of a list, through aliases; the list itself if it is none, or has no such item.
const YamlNode& item_of(const YamlNode& list, std::size_t item);

}  // namespace kratix_status
