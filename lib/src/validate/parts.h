// The checks that validate_text() runs, each of which adds its findings.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "kratix_status/finding.h"
#include "kratix_status/pipeline.h"
#include "kratix_status/value.h"
#include "validate/sorted_findings.h"
#include "yaml/source.h"

namespace kratix_status {

// Plain scalars and keys that are not to every reader what they look like. Of a document that is refused too.
void check_spelling(const YamlSource& source, SortedFindings& findings);

// REQUIRES: `status` is a map
void check_status(const Value& status, const YamlNode& root, WorkflowType workflow, SortedFindings& findings);
void check_control(const Map& control, const YamlNode& root, SortedFindings& findings);

// Where the pairs of a map stand.
class Places {
 public:
  // Of no pairs, if `node` is neither a map nor an alias of one. REQUIRES: the document was read
  explicit Places(const YamlNode& node) : map_(node) { add(node); }

  // Of `key`, or of the map where it has come about in some other way.
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

// What an alias stands for, or the node itself.
const YamlNode& target_of(const YamlNode& node);

}  // namespace kratix_status
