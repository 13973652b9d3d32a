// Reads one text as Kratix does, and runs the checks that fit its kind of file.
#include "validate/checks.h"

#include <algorithm>

#include "validate/parts.h"
#include "value/ascii.h"
#include "yaml/decode.h"
#include "yaml/nodes.h"
#include "yaml/source.h"
#include "yaml/typing.h"

namespace kratix_status {

namespace {

void check_content(const Document& document, const YamlSource& source, FileKind kind, WorkflowType workflow,
                   SortedFindings& findings) {
  const YamlNode nothing{.kind = YamlNode::Kind::map, .at = {1, 1}};
  const bool is_map = source.root != nullptr && source.root->kind == YamlNode::Kind::map;
  const YamlNode& root = is_map ? *source.root : nothing;
  if (kind == FileKind::selectors && source.root != nullptr)
    check_selectors(document.value.as_list(), *source.root, findings);
  if (kind == FileKind::status) check_status(document.value, root, workflow, findings);
  if (kind == FileKind::control) check_control(document.value.as_map(), root, findings);
}

}  // namespace

const YamlNode& target_of(const YamlNode& node) {
  const YamlNode* target = &node;
  while (target->kind == YamlNode::Kind::alias) target = target->target;
  return *target;
}

const YamlNode& item_of(const YamlNode& list, std::size_t item) {
  return list.kind == YamlNode::Kind::sequence && item < list.children.size() ? target_of(*list.children[item]) : list;
}

void Places::add(const YamlNode& node) {
  const YamlNode& map = target_of(node);
  if (map.kind != YamlNode::Kind::map) return;
  for (std::size_t i = 0; i + 1 < map.children.size(); i += 2) {
    const YamlNode& key = target_of(*map.children[i]);
    const YamlNode& value = *map.children[i + 1];
    if (is_merge_key(*map.children[i])) {
      if (value.kind != YamlNode::Kind::sequence)
        add(value);
      else
        for (auto child = value.children.rbegin(); child != value.children.rend(); ++child) add(**child);
      continue;
    }
    const Scalar scalar = key.implicit ? type_plain_scalar(key.value) : Scalar{};
    const bool is_text = scalar.type == Scalar::Type::string;
    pairs_.insert_or_assign(is_text ? key.value : key_text(scalar), Pair{map.children[i], &value});
  }
}

const Places::Pair* Places::find(std::string_view key) const {
  const auto found = pairs_.find(std::string(key));
  return found == pairs_.end() ? nullptr : &found->second;
}

Position Places::key(std::string_view key) const {
  const Pair* const pair = find(key);
  return pair == nullptr ? map_.at : pair->key->at;
}

const YamlNode& Places::value(std::string_view key) const {
  const Pair* const pair = find(key);
  return pair == nullptr ? map_ : *pair->value;
}

Validation validate_text(std::string_view text, FileKind kind, WorkflowType workflow, bool allow_secret) {
  SortedFindings findings;
  YamlSource source;
  const Value::Kind root = kind == FileKind::selectors ? Value::Kind::list : Value::Kind::map;
  const Result<Document> document = read_yaml(text, "", source, root);
  if (document) {
    for (const Finding& finding : document->findings) findings.add(finding);
    findings.skip(document->findings.more());
    check_content(*document, source, kind, workflow, findings);
  } else {
    findings.add(source.problem);
  }
  check_spelling(source, findings);
  if (!allow_secret) check_secrets(source, findings);
  return findings.finish(source.text);
}

FileKind kind_of_file(std::string_view path) {
  std::string letters;
  for (const char c : lower(path.substr(path.rfind('/') + 1))) {
    if (c >= 'a' && c <= 'z') letters += c;
  }
  if (letters.find("workflowcontrol") != std::string::npos) return FileKind::control;
  return letters.find("destinationselectors") != std::string::npos ? FileKind::selectors : FileKind::status;
}

}  // namespace kratix_status
