// A document as a tree of nodes, each with its position and its spelling.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/finding.h"
#include "kratix_status/value.h"
#include "yaml/event.h"

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

// Owns nodes. They never move, so pointers to them stay valid.
class YamlNodes {
 public:
  YamlNode& add();
  std::size_t size() const { return size_; }

  template <typename Function>
  void for_each(Function function) const {
    for (const std::vector<YamlNode>& piece : pieces_) {
      for (const YamlNode& node : piece) function(node);
    }
  }

 private:
  std::vector<std::vector<YamlNode>> pieces_;
  std::size_t size_ = 0;
};

// `<<`, which brings in another map.
bool is_merge_key(const YamlNode& node);

// The error for more than `most` keys and values.
Finding too_many_nodes(Position at, std::size_t most);

// Builds the tree of one document from its events. Nodes live as long as the tree.
class YamlTree {
 public:
  explicit YamlTree(std::size_t most_nodes = max_nodes) : most_nodes_(most_nodes) {}

  // False on an unknown anchor, which go-yaml refuses while it parses, and on more than `most_nodes` keys and values.
  bool add(const YamlEvent& event);

  // Nothing more may be added once the root node has ended.
  bool complete() const { return root_ != nullptr && open_.empty(); }
  const YamlNode* root() const { return root_; }  // nullptr for an empty document
  const Finding& problem() const { return problem_; }

  // All nodes; the tree is empty then. root() stays valid as long as they do.
  YamlNodes take_nodes() { return std::move(nodes_); }

 private:
  bool add_alias(const YamlEvent& event);
  YamlNode& add_node(YamlNode::Kind kind, const YamlEvent& event);

  std::size_t most_nodes_;
  YamlNodes nodes_;
  std::vector<YamlNode*> open_;
  std::map<std::string, const YamlNode*, std::less<>> anchors_;
  YamlNode* root_ = nullptr;
  Finding problem_;
};

}  // namespace kratix_status
