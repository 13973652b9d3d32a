// Finds scalars and keys that Kratix reads in a way that their spelling, or another reader, does not suggest.
#include <cmath>

#include "kratix_status/json.h"
#include "validate/other_readers.h"
#include "validate/parts.h"
#include "value/number.h"
#include "value/position_finder.h"
#include "value/utf8.h"
#include "yaml/decode.h"
#include "yaml/nodes.h"
#include "yaml/typing.h"

namespace kratix_status {

namespace {

// A scalar in quotes, shortened for a message.
std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 60;
  if (text.size() <= longest) return "\"" + std::string(text) + "\"";
  std::size_t end = longest;
  while (is_utf8_continuation(text[end])) --end;
  return "\"" + std::string(text.substr(0, end)) + "...\"";
}

// Whether the number can be written in fewer characters, and will be: 1.10, 1.0, +49.
bool loses_spelling(std::string_view text) {
  if (text.starts_with('+')) return true;
  const bool decimal = text.find('.') != std::string_view::npos && text.find_first_not_of("0123456789.") == text.npos;
  return decimal && (text.ends_with('0') || text.ends_with('.'));
}

double number_of(const Scalar& scalar) {
  if (scalar.type == Scalar::Type::integer) return static_cast<double>(scalar.integer);
  if (scalar.type == Scalar::Type::unsigned_integer) return static_cast<double>(scalar.unsigned_integer);
  return scalar.floating;
}

class Spelling {
 public:
  Spelling(const YamlSource& source, SortedFindings& findings)
      : text_(source.text), walk_(source.text), findings_(findings) {}

  void look_at(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::scalar) return look_at_value(node);
    const bool is_map = node.kind == YamlNode::Kind::map;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const YamlNode& child = *node.children[i];
      if (is_map && i % 2 == 0 && child.kind == YamlNode::Kind::scalar)
        look_at_key(child);
      else
        look_at(child);
    }
  }

 private:
  void look_at_key(const YamlNode& node) {
    if (!node.implicit) return;
    look_at_anchor(node);
    const Scalar scalar = type_plain_scalar(node.value);
    switch (scalar.type) {
      case Scalar::Type::null:
      case Scalar::Type::unsigned_integer: return;
      case Scalar::Type::string: return look_at_text(node);
      default: break;
    }
    const std::string text = key_text(scalar);
    if (text == node.value) return;
    findings_.add({scalar.type == Scalar::Type::boolean ? RuleId::boolean_key : RuleId::number_key, node.at,
                   "the key " + quoted(node.value) + " becomes " + quoted(text)});
  }

  void look_at_value(const YamlNode& node) {
    if (node.tag.size() > 1 && core_tag_name(node.tag).empty()) {
      findings_.add({RuleId::unknown_tag, node.at,
                     "Kratix takes " + quoted(node.tag) + " for a tag, and keeps " + quoted(node.value)});
    }
    if (!node.implicit) {
      if (node.value == "null" && node.tag.empty())
        findings_.add({RuleId::null_text, node.at, "the value is the text null"});
      return;
    }
    look_at_anchor(node);
    const Scalar scalar = type_plain_scalar(node.value);
    switch (scalar.type) {
      case Scalar::Type::null: return look_at_null(node);
      case Scalar::Type::boolean: return look_at_boolean(node, scalar.boolean);
      case Scalar::Type::string: return look_at_text(node);
      default: return look_at_number(node, scalar);
    }
  }

  // Checks the anchor in front of a plain scalar; a node begins at its anchor.
  void look_at_anchor(const YamlNode& node) {
    if (!node.value.starts_with(':')) return;
    const std::size_t start = walk_.find(node.at);
    if (start == std::string_view::npos || text_[start] != '&') return;
    const std::size_t end = text_.find_first_of(": \t\r\n", start);
    if (end == std::string::npos || text_[end] != ':') return;
    findings_.add({RuleId::anchor_with_colon, node.at,
                   "Kratix reads the anchor " + quoted(text_.substr(start + 1, end - start - 1)) + " and the text " +
                       quoted(node.value)});
  }

  void look_at_null(const YamlNode& node) {
    if (!node.value.empty()) return;
    const std::string_view comment = comment_behind(node);
    findings_.add({RuleId::empty_value, node.at,
                   comment.empty()
                       ? "there is no value, which Kratix reads as null"
                       : "there is no value: Kratix takes " + quoted(comment) + " for a comment, and reads null",
                   comment.empty() ? "" : "quote the value"});
  }

  void look_at_boolean(const YamlNode& node, bool value) {
    if (kind_in_yaml_1_2(node.value) == ScalarKind::boolean) return;
    findings_.add(
        {RuleId::boolean_word, node.at,
         "Kratix reads " + quoted(node.value) + " as " + (value ? "true" : "false") + ", YAML 1.2 readers as text"});
  }

  void look_at_number(const YamlNode& node, const Scalar& scalar) {
    const double number = number_of(scalar);
    if (!std::isfinite(number)) {
      return findings_.add(
          {RuleId::not_a_number, node.at, "Kratix cannot publish " + node.value + ": JSON has no such number"});
    }
    const std::string shown = "Kratix reads " + quoted(node.value) + " as " + json_number(Value::number(number));
    const bool text_in_1_1 = kind_in_yaml_1_1(node.value) != ScalarKind::number;
    const bool text_in_1_2 = kind_in_yaml_1_2(node.value) != ScalarKind::number;
    if (text_in_1_1 || text_in_1_2) {
      const char* const others = !text_in_1_1  ? ", YAML 1.2 readers as text"
                                 : text_in_1_2 ? ", other YAML readers as text"
                                               : ", YAML 1.1 readers such as PyYAML as text";
      findings_.add({RuleId::ambiguous_number, node.at, shown + others});
    } else if (has_leading_zero(node.value)) {
      findings_.add({RuleId::ambiguous_number, node.at, shown + ", because it reads a leading zero as octal"});
    } else if (loses_spelling(node.value) && !scalar.rounded) {
      findings_.add({RuleId::lost_spelling, node.at, shown});
    }
  }

  void look_at_text(const YamlNode& node) {
    const ScalarKind elsewhere = kind_in_yaml_1_1(node.value);
    if (elsewhere == ScalarKind::time) {
      findings_.add({RuleId::timestamp, node.at,
                     "Kratix reads " + quoted(node.value) + " as text, YAML 1.1 readers as a date or time"});
    } else if (elsewhere == ScalarKind::number || kind_in_yaml_1_2(node.value) == ScalarKind::number) {
      findings_.add({RuleId::ambiguous_text, node.at,
                     "Kratix reads " + quoted(node.value) + " as text, other YAML readers as a number"});
    }
    // An intended comment has a blank after its '#'.
    const std::string_view comment = comment_behind(node);
    if (comment.size() > 1 && comment[1] != ' ' && comment[1] != '\t' && comment[1] != '#' && comment[1] != '!') {
      findings_.add({RuleId::comment_in_text, node.at,
                     "Kratix reads " + quoted(node.value) + ", and takes " + quoted(comment) + " for a comment"});
    }
  }

  // The comment after a plain scalar, from '#' to the end of the line; empty if there is none.
  std::string_view comment_behind(const YamlNode& node) {
    const std::size_t start = walk_.find(node.at);
    if (start == std::string_view::npos) return {};
    std::string_view rest = std::string_view(text_).substr(start);
    if (!rest.starts_with(node.value)) return {};  // folded, or with an anchor in front
    rest.remove_prefix(node.value.size());
    const std::size_t blanks = std::min(rest.find_first_not_of(" \t"), rest.size());
    rest.remove_prefix(blanks);
    if (blanks == 0 || !rest.starts_with('#')) return {};
    return rest.substr(0, rest.find_first_of("\r\n"));
  }

  const std::string& text_;
  PositionFinder walk_;
  SortedFindings& findings_;
};

}  // namespace

void check_spelling(const YamlSource& source, SortedFindings& findings) {
  // A document of a single scalar is empty or refused.
  if (source.root == nullptr || source.root->kind == YamlNode::Kind::scalar) return;
  Spelling(source, findings).look_at(*source.root);
}

}  // namespace kratix_status
