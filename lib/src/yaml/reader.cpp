// Reads a YAML document as Kratix does. libyaml parses it, and the rules of go-yaml v2, Kratix's parser, are added:
// go_yaml_quirks for the grammar, decode for tags, keys and aliases, typing for plain scalars.
#include <optional>
#include <tuple>

#include "kratix_status/finding.h"
#include "kratix_status/yaml.h"
#include "value/message.h"
#include "value/position.h"
#include "value/position_finder.h"
#include "yaml/decode.h"
#include "yaml/encoding.h"
#include "yaml/go_yaml_quirks.h"
#include "yaml/libyaml_cursor.h"
#include "yaml/nodes.h"
#include "yaml/source.h"

namespace kratix_status {

namespace {

using Type = YamlEvent::Type;

// What the root must be; nullopt for anything.
using RootKind = std::optional<Value::Kind>;

// Each rewrite costs another pass over the text.
constexpr int max_rewrites = 16;

// One pass over a text that libyaml is to read.
class Pass {
 public:
  Pass(std::string_view text, std::span<const AddedCharacters> added, std::size_t most_nodes)
      : cursor_(text, added), tree_(most_nodes) {}

  YamlTree& tree() { return tree_; }
  const ParseError& error() const { return error_; }

  // Builds the tree of the first document. False if Kratix would not read it.
  bool parse() {
    YamlEvent event;
    while (!tree_.complete()) {
      if (!next(event)) return false;
      if (event.type == Type::stream_end) return true;
      if (event.type == Type::document_start && !event.yaml_1_1) {
        error_.problem = {.at = event.at, .message = "the %YAML directive names a version other than 1.1"};
        return false;
      }
      if (!tree_.add(event)) {
        error_.problem = tree_.problem();
        return false;
      }
    }
    // Kratix looks at the next token before it takes the document as ended, and fails if there is an error in it.
    return next(event);
  }

  // The position of text after the root node, which Kratix never looks at; nothing if there are only comments and
  // document markers.
  std::optional<Position> find_trailing_text() {
    Position document{};
    YamlEvent event;
    while (cursor_.next(event)) {
      const bool empty = event.type == Type::scalar && event.implicit && event.value.empty() && event.anchor.empty();
      if (event.type == Type::stream_end) return std::nullopt;
      if (event.type == Type::document_start) document = event.at;
      const bool marker = (event.type == Type::document_start && event.yaml_1_1) || event.type == Type::document_end;
      if (!marker && !empty) return document;
    }
    return cursor_.error().problem.at;
  }

 private:
  bool next(YamlEvent& event) {
    if (cursor_.next(event)) return true;
    error_ = cursor_.error();
    return false;
  }

  LibyamlCursor cursor_;
  YamlTree tree_;
  ParseError error_;
};

// Reads one document, in as many passes as it needs rewrites.
class Reader {
 public:
  // `text`: decoded, without a byte order mark
  Reader(std::string_view text, std::size_t most_nodes, RootKind kind)
      : text_(text), most_nodes_(most_nodes), kind_(kind) {}

  // `source` may be nullptr.
  bool read(YamlSource* source) {
    for (int rewrites = 0; !read_once(source); ++rewrites) {
      if (rewrites == max_rewrites || !rewrite_for_libyaml(parsed_text(), error_, rewritten_)) return false;
    }
    return true;
  }

  Document& document() { return document_; }
  const Finding& problem() const { return error_.problem; }

 private:
  std::string_view parsed_text() const { return rewritten_.text.empty() ? text_ : std::string_view(rewritten_.text); }

  bool read_once(YamlSource* source) {
    document_ = {};
    if (!check_nodes()) return false;
    Pass pass(parsed_text(), rewritten_.added, most_nodes_);
    if (!pass.parse()) {
      error_ = pass.error();
      return false;
    }
    const YamlNode* const root = pass.tree().root();
    const bool decoded = decode(root, document_.value, document_.findings, error_.problem, most_nodes_, kind_);
    if (source != nullptr) {
      source->nodes = pass.tree().take_nodes();
      source->root = root;
    }
    if (decoded) add_findings(pass.find_trailing_text());
    return decoded;
  }

  // False if there are too many keys and values. Counts them before any is kept, in a pass of its own, which is worth
  // it only where so many are allowed that they would fill the memory. Any other error is left to the next pass.
  bool check_nodes() {
    if (most_nodes_ <= max_nodes || parsed_text().size() <= most_nodes_) return true;
    LibyamlCursor cursor(parsed_text(), rewritten_.added);
    std::size_t nodes = 0;
    for (YamlEvent event; cursor.next(event) && event.type != Type::document_end && event.type != Type::stream_end;) {
      if (!is_node(event.type) || ++nodes <= most_nodes_) continue;
      error_.problem = too_many_nodes(event.at, most_nodes_);
      return false;
    }
    return true;
  }

  void add_findings(std::optional<Position> trailing) {
    for (const Position colon : rewritten_.colons) {
      if (trailing && std::tie(colon.line, colon.column) > std::tie(trailing->line, trailing->column)) break;
      document_.findings.add(
          {.rule = RuleId::flow_colon,
           .at = colon,
           .message = "Kratix reads this ':' as a part of the text, other readers as the end of a key"});
    }
    if (!trailing) return;
    const std::size_t offset = PositionFinder(text_).find(*trailing);
    const bool marked = offset != std::string_view::npos && text_.substr(offset).starts_with("---");
    document_.findings.add({.rule = marked ? RuleId::second_document : RuleId::trailing_text,
                            .at = *trailing,
                            .message = "Kratix stops reading here, and silently drops the rest"});
  }

  std::string_view text_;
  std::size_t most_nodes_;
  RootKind kind_;
  RewrittenText rewritten_;
  Document document_;
  ParseError error_;
};

// A position after the last line is shown at the end of the last line that holds anything.
Position within(std::string_view text, Position at) {
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  const Position end = position_at(text, text.size());
  return at.line <= end.line ? at : end;
}

Error error_of(const Finding& problem, std::string_view text, std::string_view name) {
  if (problem.at.line == 0) return malformed(std::string(name), problem.message);
  return malformed(location(name, problem.at), problem.message, {}, excerpt(text, problem.at.line, problem.at.column));
}

// `source` may be nullptr.
Result<Document> read(std::string_view raw, std::string_view name, std::size_t most_nodes, RootKind kind,
                      YamlSource* source) {
  std::string transcoded;
  Finding problem;
  const bool is_text = decode_yaml_stream(raw, transcoded, problem);
  const std::string_view text = transcoded.empty() ? without_byte_order_mark(raw) : std::string_view(transcoded);
  if (source != nullptr) source->text = text;
  Reader reader(text, most_nodes, kind);
  if (is_text) {
    if (reader.read(source)) return std::move(reader.document());
    problem = reader.problem();
  }
  if (problem.at.line > 0) problem.at = within(text, problem.at);
  if (source != nullptr) {
    source->problem = problem;
    if (problem.at.line == 0) source->problem.at = {1, 1};
  }
  return error_of(problem, text, name);
}

}  // namespace

Result<Document> read_yaml(std::string_view text, std::string_view name, std::size_t most_nodes) {
  return read(text, name, most_nodes, Value::Kind::map, nullptr);
}

Result<Document> read_any_yaml(std::string_view text, std::string_view name) {
  return read(text, name, max_nodes, std::nullopt, nullptr);
}

Result<Document> read_yaml_list(std::string_view text, std::string_view name) {
  return read(text, name, max_nodes, Value::Kind::list, nullptr);
}

Result<Document> read_yaml(std::string_view text, std::string_view name, YamlSource& source, Value::Kind kind) {
  return read(text, name, max_nodes, kind, &source);
}

}  // namespace kratix_status
