// YAML for Kratix: yaml-cpp's Emitter lays out, this file spells the scalars.
//
// The Emitter's own spelling is not used: it leaves "3" and "true" bare and replaces noncharacters. Instead each
// scalar arrives ready, by way of WriteIntegralType, which prints anything that has operator<<, as it is. What comes
// out is read back before anyone sees it.
#include <yaml-cpp/emitter.h>

#include <cstdint>
#include <string_view>

#include "kratix_status/yaml.h"
#include "value/ascii.h"
#include "value/message.h"
#include "value/number.h"
#include "value/utf8.h"
#include "yaml/nodes.h"
#include "yaml/typing.h"

namespace kratix_status {

namespace {

// A simple key must end within 1024 characters (libyaml, go-yaml, PyYAML); the margin is for its indentation.
constexpr std::size_t longest_simple_key = 1000;

// \x85 rather than \N, which yaml-cpp 0.7 misreads; never surrogates, which go-yaml refuses.
void append_hex_escape(std::string& out, char32_t c) {
  if (c < 0x100)
    out += "\\x", append_hex(out, c, 2, upper_hex);
  else if (c < 0x10000)
    out += "\\u", append_hex(out, c, 4, upper_hex);
  else
    out += "\\U", append_hex(out, c, 8, upper_hex);
}

// What some reader takes for a control character, a line break or a byte order mark. Never \/, which go-yaml refuses.
void append_escaped(std::string& out, char32_t c) {
  if (c == '"' || c == '\\')
    out += '\\', out += static_cast<char>(c);
  else if (c == '\n')
    out += "\\n";
  else if (c == '\t')
    out += "\\t";
  else if (c == '\r')
    out += "\\r";
  else if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
           c == 0xFFFF)
    append_hex_escape(out, c);
  else
    append_utf8(out, c);
}

// A file holds no more escapes than readers need. What is shown holds those that a terminal or a log needs as well.
enum class Medium { file, screen };

// What is harmless to a reader, but not on a screen.
bool is_harmful_on_screen(char32_t c, std::string_view text, std::size_t at) {
  return (c > 0x9F && is_invisible(c)) || (c == '#' && is_log_command(text.substr(at), false));
}

// REQUIRES: valid UTF-8
std::string spell(std::string_view text, Medium medium) {
  if (is_safe_plain(text)) return std::string(text);
  std::string out = "\"";
  out.reserve(text.size() + 2);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    char32_t c = 0;
    decode_utf8(text, at, c);
    if (medium == Medium::screen && is_harmful_on_screen(c, text, start))
      append_hex_escape(out, c);
    else
      append_escaped(out, c);
  }
  return out + "\"";
}

class Writer {
 public:
  // `limit`: bytes; `most_nodes`: keys and values
  Writer(std::size_t limit, std::size_t most_nodes, Medium medium)
      : limit_(limit), most_nodes_(most_nodes), medium_(medium) {}

  bool write(const Value& value, int depth = 0) {
    if (depth >= max_depth) return fail("nests deeper than " + std::to_string(max_depth));
    if (!count() || !check_size()) return false;
    switch (value.kind()) {
      case Value::Kind::null: return put("null");
      case Value::Kind::boolean: return put(value.as_boolean() ? "true" : "false");
      case Value::Kind::integer:
      case Value::Kind::floating: return put(yaml_number(value));
      case Value::Kind::string: return write_string(value.as_string());
      case Value::Kind::list:
        if (value.as_list().empty()) out_ << YAML::Flow;  // [] where the key stands, not on a line of its own
        out_ << YAML::BeginSeq;
        for (const Value& item : value.as_list()) {
          if (!write(item, depth + 1)) return false;
        }
        out_ << YAML::EndSeq;
        return true;
      case Value::Kind::map:
        if (value.as_map().empty()) out_ << YAML::Flow;
        out_ << YAML::BeginMap;
        for (const auto& [key, member] : value.as_map()) {
          if (!write_key(key) || !write(member, depth + 1)) return false;
        }
        out_ << YAML::EndMap;
        return true;
    }
    return false;
  }

  std::string text() const { return std::string(out_.c_str(), out_.size()) + "\n"; }
  const Error& problem() const { return problem_; }

 private:
  bool fail(std::string cause) {
    problem_ = {ErrorKind::refused, "write YAML", std::move(cause), {}, {}};
    return false;
  }

  bool count() {
    if (++nodes_ <= most_nodes_) return true;
    problem_ = {ErrorKind::refused,
                "status",
                "would hold more than " + std::to_string(most_nodes_) + " keys and values",
                "keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status",
                {}};
    return false;
  }

  bool put(std::string_view spelling) {
    out_.WriteIntegralType(spelling);
    return check_size();
  }

  bool check_size() {
    if (out_.size() <= limit_) return true;
    problem_ = {ErrorKind::refused,
                "status",
                "would make a file of more than " + mebibytes(limit_),
                "nest it less deeply, or keep large data elsewhere",
                {}};
    return false;
  }

  bool write_string(std::string_view text) {
    if (find_invalid_utf8(text) != std::string_view::npos) return fail("a string is not valid UTF-8");
    return put(spell(text, medium_));
  }

  bool write_key(std::string_view key) {
    if (find_invalid_utf8(key) != std::string_view::npos) return fail("a key is not valid UTF-8");
    if (!count()) return false;
    const std::string spelling = spell(key, medium_);
    if (spelling.size() > longest_simple_key) out_ << YAML::LongKey;
    return put(spelling);
  }

  std::size_t limit_;
  std::size_t most_nodes_;
  std::size_t nodes_ = 0;
  Medium medium_;
  YAML::Emitter out_;
  Error problem_;
};

Result<std::string> write(const Value& value, std::size_t limit, std::size_t most_nodes, Medium medium = Medium::file) {
  Writer writer(limit, most_nodes, medium);
  if (!writer.write(value)) return writer.problem();
  return writer.text();
}

// False for a text with something in it that no text of ours holds outside of quotes.
bool may_be_own_writing(std::string_view text) {
  constexpr std::string_view marks = " \n_./-+:?[]{}";
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : '\n';
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    const bool is_flow = (c == '[' && next != ']') || (c == '{' && next != '}');
    if (c == '"')
      quoted = !quoted;
    else if (quoted)
      i += c == '\\' ? 1 : 0;
    else if (is_flow || (!plain && marks.find(c) == std::string_view::npos))
      return false;
  }
  return true;
}

}  // namespace

bool is_own_writing(std::string_view text, Value& value) {
  if (!may_be_own_writing(text)) return false;
  YamlProblem problem;
  if (!read_back(text, value, problem) || !value.is_map()) return false;
  // Nothing longer can be the same.
  const Result<std::string> written = write(value, text.size(), max_nodes);
  return written.ok() && *written == text;
}

Result<std::string> show_yaml(const Value& value) { return write(value, SIZE_MAX, SIZE_MAX, Medium::screen); }

Result<std::string> write_yaml(const Value& root, std::size_t max_bytes) {
  Result<std::string> text = write(root, max_bytes, max_nodes);
  if (!text) return text;
  Value seen;
  YamlProblem problem;
  if (!read_back(*text, seen, problem))
    return Error{ErrorKind::refused, "write YAML", "the result does not read back: " + problem.what, {}, {}};
  if (!(seen == root))
    return Error{ErrorKind::refused, "write YAML", "the result reads back as something else", {}, {}};
  return text;
}

}  // namespace kratix_status
