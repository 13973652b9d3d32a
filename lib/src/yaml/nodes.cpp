// Builds the tree of a document's nodes, and resolves aliases to the anchors before them.
#include "yaml/nodes.h"

#include "yaml/typing.h"

namespace kratix_status {

YamlNode& YamlNodes::add() {
  // With what an allocator adds, less than 2 KiB: a std::deque takes a page at a time, also for the smallest document.
  constexpr std::size_t piece = 1984 / sizeof(YamlNode);
  if (pieces_.empty() || pieces_.back().size() == piece) pieces_.emplace_back().reserve(piece);
  ++size_;
  return pieces_.back().emplace_back();
}

bool is_merge_key(const YamlNode& node) {
  return node.kind == YamlNode::Kind::scalar && node.value == "<<" &&
         (node.implicit || core_tag_name(node.tag) == "merge");
}

Finding too_many_nodes(Position at, std::size_t most) {
  return {.rule = RuleId::too_many_values,
          .at = at,
          .message = "holds more than " + std::to_string(most) + " keys and values"};
}

bool YamlTree::add(const YamlEvent& event) {
  if (is_node(event.type) && nodes_.size() == most_nodes_) {
    problem_ = too_many_nodes(event.at, most_nodes_);
    return false;
  }
  switch (event.type) {
    case YamlEvent::Type::alias: return add_alias(event);
    case YamlEvent::Type::scalar: add_node(YamlNode::Kind::scalar, event); return true;
    case YamlEvent::Type::sequence_start: open_.push_back(&add_node(YamlNode::Kind::sequence, event)); return true;
    case YamlEvent::Type::map_start: open_.push_back(&add_node(YamlNode::Kind::map, event)); return true;
    case YamlEvent::Type::sequence_end:
    case YamlEvent::Type::map_end: open_.pop_back(); return true;
    default: return true;
  }
}

bool YamlTree::add_alias(const YamlEvent& event) {
  const auto target = anchors_.find(event.anchor);
  if (target == anchors_.end()) {
    problem_ = {.rule = RuleId::bad_alias,
                .at = event.at,
                .message = "unknown anchor '" + std::string(event.anchor) + "' referenced"};
    return false;
  }
  YamlNode& node = add_node(YamlNode::Kind::alias, event);
  node.value = event.anchor;
  node.target = target->second;
  return true;
}

YamlNode& YamlTree::add_node(YamlNode::Kind kind, const YamlEvent& event) {
  YamlNode& node = nodes_.add();
  node.kind = kind;
  node.implicit = event.implicit;
  node.at = event.at;
  node.value = event.value;
  node.tag = event.tag;
  if (!event.anchor.empty() && kind != YamlNode::Kind::alias)
    anchors_.insert_or_assign(std::string(event.anchor), &node);
  if (open_.empty()) {
    root_ = &node;
    return node;
  }
  std::vector<YamlNode*>& children = open_.back()->children;
  constexpr std::size_t usual = 8;  // four keys with their values
  if (children.empty()) children.reserve(usual);
  children.push_back(&node);
  return node;
}

}  // namespace kratix_status
