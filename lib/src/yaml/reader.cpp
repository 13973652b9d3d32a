// Kratix's reading of a YAML document, with two libraries side by side.
//
// yaml-cpp parses, and libyaml, whose grammar Kratix's parser shares, confirms each event as it comes. Where they
// differ in how lines fold, or where yaml-cpp gives up, libyaml's word stands. Where they see different
// structures or different text, nobody can be sure what the author meant, and the document is refused.
//
// What a person did not write needs no second opinion, and yaml-cpp is not asked, which took two thirds of all
// instructions: a text that is just what our writer makes of the value, for that Kratix takes it for this value is the
// writer's law; and object.yaml, which Kratix wrote.
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <tuple>

#include "kratix_status/finding.h"
#include "kratix_status/yaml.h"
#include "value/message.h"
#include "value/position.h"
#include "value/utf8.h"
#include "yaml/encoding.h"
#include "yaml/go_yaml_quirks.h"
#include "yaml/libyaml_cursor.h"
#include "yaml/nodes.h"

namespace kratix_status {

namespace {

using Type = YamlEvent::Type;

// An istream over memory, without a copy.
class MemoryBuffer : public std::streambuf {
 public:
  explicit MemoryBuffer(std::string_view text) {
    char* const first = const_cast<char*>(text.data());  // the get area is only read
    setg(first, first, first + text.size());
  }
};

// Leaves yaml-cpp's parser from inside one of its callbacks. problem() says why.
struct Stop {};

// The same where yaml-cpp is known to have lost its way, and libyaml alone shall go on.
struct GiveUp {};

constexpr std::string_view null_words[] = {"~", "null", "Null", "NULL"};

bool is_null_word(std::string_view text) {
  return text.empty() || std::find(std::begin(null_words), std::end(null_words), text) != std::end(null_words);
}

// The next code point of `text` that is neither a blank nor a line break, from `at` on; 0 at the end.
char32_t next_visible(std::string_view text, std::size_t& at) {
  while (at < text.size()) {
    char32_t c = 0;
    // yaml-cpp 0.7 turns the escapes \_ and \N into the bytes A0 and 85 instead of U+00A0 and U+0085.
    if (!decode_utf8(text, at, c)) c = static_cast<unsigned char>(text[at++]);
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    if (!blank && c != 0) return c;
  }
  return 0;
}

// Whether both libraries saw the same scalar. In how they fold lines they need not agree: yaml-cpp 0.7 differs from
// libyaml, and so from Kratix, in folded blocks with trailing lines, in blank lines within quotes, and in the line
// breaks of YAML 1.1 (CR, NEL, LS, PS).
bool same_but_for_folding(std::string_view theirs, std::string_view value) {
  if (theirs == value) return true;
  std::size_t i = 0;
  std::size_t j = 0;
  while (true) {
    const char32_t a = next_visible(theirs, i);
    if (a != next_visible(value, j)) return false;
    if (a == 0) return true;
  }
}

// Whether yaml-cpp saw no more than the first lines of the scalar.
bool is_first_lines(std::string_view theirs, std::string_view value) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (const char32_t c = next_visible(theirs, i)) {
    if (c != next_visible(value, j)) return false;
  }
  return value.substr(j).starts_with(' ') || line_break_at(value, j) > 0;
}

// The same of a scalar that yaml-cpp takes for null.
bool is_null_on_first_lines(std::string_view value) {
  return std::any_of(std::begin(null_words), std::end(null_words),
                     [value](std::string_view word) { return is_first_lines(word, value); });
}

// Tags outside YAML's own name space make a string of any scalar, so that their names need not agree.
bool same_tag(std::string_view theirs, std::string_view tag) {
  constexpr std::string_view core = "tag:yaml.org,2002:";
  if (tag.empty()) return theirs == "?" || theirs == "!";
  return theirs == tag || (theirs.size() > 1 && !theirs.starts_with(core) && !tag.starts_with(core));
}

class Lockstep : public YAML::EventHandler {
 public:
  Lockstep(std::string_view text, std::span<const YamlMend> mends, std::size_t most_nodes)
      : events_(text, mends), tree_(most_nodes) {}

  YamlTree& tree() { return tree_; }
  const YamlProblem& problem() const { return problem_; }

  // The rest of the document as libyaml sees it, where yaml-cpp gave up or was not asked. yaml-cpp 0.7 has limits of
  // its own (500 levels, keys of 1024 bytes) and stops at some tagged block scalars, which Kratix reads.
  bool finish_alone() {
    while (!tree_.complete()) {
      YamlEvent event;
      if (!events_.next(event)) return problem_ = events_.problem(), false;
      if (event.type == Type::stream_end) return true;
      if (event.type == Type::document_start && !check_version(event)) return false;
      if (!tree_.add(std::move(event))) return problem_ = tree_.problem(), false;
    }
    // As Kratix does, which looks at what follows for that.
    YamlEvent end;
    return events_.next(end) || (problem_ = events_.problem(), false);
  }

  // The text behind the root node, which Kratix never looks at. False if there is none but comments and markers.
  bool find_trailing_text(Position& at) {
    for (YamlEvent event; events_.next(event);) {
      const bool empty = event.type == Type::scalar && event.implicit && event.value.empty() && event.anchor.empty();
      if (event.type == Type::stream_end) return false;
      if (event.type == Type::document_start && event.yaml_1_1)
        at = event.at;
      else if (event.type != Type::document_end && !empty)
        return event.type == Type::document_start ? at = event.at, true : true;
    }
    at = events_.problem().at;
    return true;
  }

  void OnDocumentStart(const YAML::Mark&) override {
    const YamlEvent event = next(Type::document_start);
    if (!check_version(event)) throw Stop{};
  }

  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark&, YAML::anchor_t anchor) override {
    YamlEvent event = next(Type::scalar);
    const bool cut_short = anchor != 0 && event.plain && is_null_on_first_lines(event.value);
    if (!event.implicit || !(cut_short || is_null_word(event.value))) differ(event.at);
    add(std::move(event), anchor);
    if (cut_short) throw GiveUp{};
  }

  void OnAlias(const YAML::Mark&, YAML::anchor_t anchor) override {
    YamlEvent event = next(Type::alias);
    const Position at = event.at;
    add(std::move(event));
    if (anchor == 0 || anchor > anchored_.size() || anchored_[anchor - 1] != tree_.last()->target) {
      differ(at, " (the alias)");
    }
  }

  void OnScalar(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    YamlEvent event = next(Type::scalar);
    // yaml-cpp 0.7 finds a tagged block scalar empty where its indentation counts from a `-`, `?` or `:`.
    if (value.empty() && !event.value.empty() && !event.plain && !event.tag.empty()) {
      add(std::move(event), anchor);
      throw GiveUp{};
    }
    // Behind a `-`, `?` or `:` that begins a line, yaml-cpp 0.7 counts the indentation of a plain scalar from its
    // anchor or tag, and ends it at the first line that is not indented deeper than that.
    const bool cut_short = event.plain && (anchor != 0 || tag != "?") && is_first_lines(value, event.value);
    if (!cut_short && !same_but_for_folding(value, event.value)) differ(event.at);
    // libyaml takes the tag "!" for none, go-yaml for one that makes the scalar a string, whatever it looks like.
    if (tag == "!" && event.implicit && event.tag.empty()) event.tag = tag;
    check_tag(tag, event);
    add(std::move(event), anchor);
    if (cut_short) throw GiveUp{};
  }

  void OnSequenceStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    start(Type::sequence_start, tag, anchor);
  }

  void OnSequenceEnd() override { add(next(Type::sequence_end)); }

  void OnMapStart(const YAML::Mark&, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    start(Type::map_start, tag, anchor);
  }

  void OnMapEnd() override { add(next(Type::map_end)); }

 private:
  bool check_version(const YamlEvent& event) {
    if (!event.yaml_1_1) problem_ = {event.at, "the %YAML directive names a version other than 1.1"};
    return event.yaml_1_1;
  }

  [[noreturn]] void stop(YamlProblem problem) {
    problem_ = std::move(problem);
    throw Stop{};
  }

  // If libyaml comes upon an error further down, that is the better message: it is what Kratix would say.
  [[noreturn]] void differ(Position at, const char* in_what = "") {
    YamlEvent event;
    do {
      if (!events_.next(event)) stop(events_.problem());
    } while (event.type != Type::document_end && event.type != Type::stream_end);
    problem_ = {.at = at,
                .what = std::string("read differently by different YAML parsers") + in_what,
                .fault = YamlFault::parsers_differ};
    throw Stop{};
  }

  YamlEvent next(Type expected) {
    YamlEvent event;
    if (!events_.next(event)) stop(events_.problem());
    if (event.type != expected) differ(event.at);
    return event;
  }

  void check_tag(const std::string& tag, const YamlEvent& event) {
    if (!same_tag(tag, event.tag)) differ(event.at, " (the tag)");
  }

  void start(Type type, const std::string& tag, YAML::anchor_t anchor) {
    YamlEvent event = next(type);
    check_tag(tag, event);
    add(std::move(event), anchor);
  }

  // yaml-cpp numbers anchors from 1 as they come.
  void add(YamlEvent event, YAML::anchor_t anchor = 0) {
    if (!tree_.add(std::move(event))) stop(tree_.problem());
    if (anchor == 0) return;
    if (anchored_.size() < anchor) anchored_.resize(anchor);
    anchored_[anchor - 1] = tree_.last();
  }

  LibyamlCursor events_;
  YamlTree tree_;
  std::vector<const YamlNode*> anchored_;
  YamlProblem problem_;
};

// `text` with each line break of YAML 1.1 as the one that yaml-cpp knows for sure, and one at the end: yaml-cpp 0.7
// takes CR, NEL, LS and PS for letters, and `!` before the end for another tag. What scalars hold is libyaml's to say.
std::string with_line_feeds(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 1);
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t line_break = line_break_at(text, i);
    out += line_break > 0 ? '\n' : text[i];
    i += line_break > 0 ? line_break : 1;
  }
  if (!out.ends_with('\n')) out += '\n';
  return out;
}

// Whether it may take much of yaml-cpp, judged without regard to quotes: it keeps all tokens from an open bracket on,
// up to five for each of these characters, and 240 bytes a piece. What it could fill memory with, libyaml reads alone.
bool may_fill_memory(std::string_view text) {
  constexpr std::ptrdiff_t most = 30'000;
  return std::count_if(text.begin(), text.end(), [](char c) { return c == '[' || c == '{' || c == ','; }) > most;
}

enum class Author { person, kratix };

std::size_t most_nodes_of(Author author) { return author == Author::kratix ? max_object_nodes : max_nodes; }

// False if there are more keys and values than that, which is found before any of them is kept. Whatever else may be
// wrong is for the parser to say.
bool check_nodes(std::string_view text, std::span<const YamlMend> mends, std::size_t most, YamlProblem& problem) {
  LibyamlCursor events(text, mends);
  std::size_t nodes = 0;
  for (YamlEvent event; events.next(event) && event.type != Type::document_end && event.type != Type::stream_end;) {
    if (!is_node(event.type) || ++nodes <= most) continue;
    problem = too_many_nodes(event.at, most);
    return false;
  }
  return true;
}

// Without yaml-cpp, which would read them all before libyaml comes to the first.
bool has_too_many_directives(std::string_view text) {
  if (text.find('%') == std::string_view::npos) return false;
  LibyamlCursor events(text);
  YamlEvent first;
  return !events.next(first) && events.problem().fault == YamlFault::directives;
}

// False if Kratix would not read `text`, or if we cannot be sure what it would read.
bool parse(std::string_view text, Author author, Lockstep& lockstep) {
  if (author == Author::kratix || may_fill_memory(text) || has_too_many_directives(text))
    return lockstep.finish_alone();
  const std::string lines = with_line_feeds(text);
  MemoryBuffer buffer(lines);
  std::istream stream(&buffer);
  try {
    YAML::Parser(stream).HandleNextDocument(lockstep);
  } catch (const Stop&) {
    return false;
  } catch (const GiveUp&) {
  } catch (const YAML::Exception&) {
  }
  return lockstep.finish_alone();
}

// A place behind the text's last line is shown at the end of the last one that holds anything.
Position within(std::string_view text, Position at) {
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  const Position end = position_at(text, text.size());
  return at.line <= end.line ? at : end;
}

Error malformed(std::string_view text, std::string_view name, YamlProblem problem) {
  Error error{ErrorKind::malformed, printable(name), printable(problem.what), {}, {}};
  if (problem.at.line > 0) {
    problem.at = within(text, problem.at);
    error.context += ":" + std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column);
    error.excerpt = excerpt(text, problem.at.line, problem.at.column);
  }
  return error;
}

// Each costs a reading of its own.
constexpr int most_mended_scalars = 16;

// `text` is the author's, for messages, `mended` what to parse in its place, if it has any.
struct Source {
  std::string_view text;
  std::string_view name;
  Author author;
  MendedText mended;
};

// `written` may be nullptr.
Result<Document> read_source(const Source& source, YamlProblem& problem, YamlSource* written) {
  Document document;
  const std::string_view text = source.mended.text.empty() ? source.text : source.mended.text;
  const std::size_t most_nodes = most_nodes_of(source.author);
  // Only an object.yaml may hold so many that this is worth a reading of its own.
  const bool counted = source.author == Author::kratix && text.size() > max_object_nodes;
  if (counted && !check_nodes(text, source.mended.mends, most_nodes, problem))
    return malformed(source.text, source.name, problem);
  Lockstep lockstep(text, source.mended.mends, most_nodes);
  if (!parse(text, source.author, lockstep)) return malformed(source.text, source.name, problem = lockstep.problem());
  const bool decoded = decode(lockstep.tree().root(), document.value, document.findings, problem, most_nodes);
  if (written != nullptr) lockstep.tree().give(*written);
  if (!decoded) return malformed(source.text, source.name, problem);
  Position at;
  const bool trailing = lockstep.find_trailing_text(at);
  for (const Position colon : source.mended.colons) {
    if (trailing && std::tie(colon.line, colon.column) > std::tie(at.line, at.column)) break;
    document.findings.add({Finding::Rule::flow_colon, colon,
                           "Kratix reads this ':' as a part of the text, other readers as the end of a key"});
  }
  if (trailing) {
    document.findings.add(
        {Finding::Rule::trailing_text, at, "Kratix stops reading here, and drops the rest without a word"});
  }
  return document;
}

Result<Document> read_stream(std::string_view raw, std::string_view name, Author author, YamlProblem& problem,
                             YamlSource* written) {
  std::string transcoded;
  const bool decoded = decode_yaml_stream(raw, transcoded, problem);
  const std::string_view text = transcoded.empty() ? without_byte_order_mark(raw) : std::string_view(transcoded);
  if (written != nullptr) written->text = text;
  if (!decoded) return malformed(text, name, problem);

  Source source{text, name, author, {}};
  for (int tries = 0;; ++tries) {
    Result<Document> document = read_source(source, problem, written);
    if (document) return document;
    if (source.mended.text.empty()) source.mended.text = text;
    if (tries == most_mended_scalars || !mend(source.mended, problem)) return document;
  }
}

}  // namespace

Result<Document> read_yaml(std::string_view text, std::string_view name) {
  Document own;
  if (is_own_writing(text, own.value)) return own;
  YamlProblem problem;
  return read_stream(text, name, Author::person, problem, nullptr);
}

Result<Document> read_object_yaml(std::string_view text, std::string_view name) {
  YamlProblem problem;
  return read_stream(text, name, Author::kratix, problem, nullptr);
}

Result<Document> read_yaml(std::string_view text, std::string_view name, YamlSource& source) {
  YamlProblem problem;
  Result<Document> document = read_stream(text, name, Author::person, problem, &source);
  if (!document) {
    source.fault = problem.fault;
    source.fault_at = problem.at.line > 0 ? within(source.text, problem.at) : Position{1, 1};
  }
  return document;
}

}  // namespace kratix_status
