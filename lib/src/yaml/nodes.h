// From events to the Value that Kratix sees: the part of go-yaml v2's decode.go and of sigs.k8s.io/yaml's conversion
// to JSON that decides tags, keys, duplicates, merge keys and aliases.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "kratix_status/finding.h"
#include "kratix_status/yaml.h"
#include "yaml/libyaml_cursor.h"
#include "yaml/source.h"
#include "yaml/typing.h"

namespace kratix_status {

// `<<`, which brings in another map.
bool is_merge_key(const YamlNode& node);

// The key that Kratix makes of what is no string.
// REQUIRES: boolean, integer or floating
std::string key_text(const Scalar& scalar);

// Collects the events of one document. Nodes live as long as the tree.
class YamlTree {
 public:
  explicit YamlTree(std::size_t most_nodes = max_nodes) : most_nodes_(most_nodes) {}

  // False on what go-yaml refuses while it parses, an unknown anchor, and on more than `most_nodes` keys and values.
  bool add(YamlEvent event);

  // Nothing more may be added once the root node has ended.
  bool complete() const { return root_ != nullptr && open_.empty(); }
  const YamlNode* root() const { return root_; }  // nullptr for an empty document
  const YamlNode* last() const { return &nodes_.back(); }
  const YamlProblem& problem() const { return problem_; }

  // The nodes and the root go to `source`; the tree is empty then.
  void give(YamlSource& source);

 private:
  YamlNode& add_node(YamlNode::Kind kind, YamlEvent& event);

  std::size_t most_nodes_;
  std::deque<YamlNode> nodes_;
  std::vector<YamlNode*> open_;
  std::map<std::string, const YamlNode*> anchors_;
  YamlNode* root_ = nullptr;
  YamlProblem problem_;
};

// Of more than `most` keys and values.
YamlProblem too_many_nodes(Position at, std::size_t most);

// The value Kratix makes of `root` (nullptr: an empty document), or false and the problem. Aliases must not expand to
// more than `most_nodes` keys and values.
bool decode(const YamlNode* root, Value& value, Findings& findings, YamlProblem& problem,
            std::size_t most_nodes = max_nodes);

// Reads `text` by libyaml alone: for checking what was just written.
// Findings count as problems, since what we write has none.
bool read_back(std::string_view text, Value& value, YamlProblem& problem);

// Whether `text` is, byte for byte, what write_yaml() makes of the value that libyaml reads in it: `value`, then.
// Soon false for most other texts.
bool is_own_writing(std::string_view text, Value& value);

}  // namespace kratix_status
