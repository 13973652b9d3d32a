// Writes YAML for Kratix: yaml-cpp's Emitter lays out the document, and this file spells the scalars.
//
// The Emitter's own spelling is not used: it leaves "3" and "true" without quotes and replaces noncharacters.
#include <yaml-cpp/emitter.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "kratix_status/yaml.h"
#include "value/ascii.h"
#include "value/message.h"
#include "value/number.h"
#include "value/utf8.h"
#include "yaml/typing.h"
#include "yaml/verify.h"

namespace kratix_status {

namespace {

// A scalar as it will appear in the file.
struct Spelling {
  std::string_view text;
};

}  // namespace

}  // namespace kratix_status

// yaml-cpp's own version for integers, without the std::stringstream that it makes for each scalar: that took a third
// of the instructions of a large write.
template <>
inline YAML::Emitter& YAML::Emitter::WriteIntegralType(kratix_status::Spelling spelling) {
  if (!good()) return *this;
  PrepareNode(EmitterNodeType::Scalar);
  m_stream.write(spelling.text.data(), spelling.text.size());
  StartedScalar();
  return *this;
}

namespace kratix_status {

namespace {

// A simple key must end within 1024 characters (libyaml, go-yaml, PyYAML); the margin is for its indentation.
constexpr std::size_t longest_simple_key = 1000;

// Uses \x85 rather than \N, which yaml-cpp 0.7 misreads, and never surrogates, which go-yaml refuses.
void append_hex_escape(std::string& out, char32_t c) {
  const bool byte = c < 0x100;
  const bool wide = c >= 0x10000;
  append_code_escape(out, byte ? "\\x" : wide ? "\\U" : "\\u", c, byte ? 2 : wide ? 8 : 4, upper_hex);
}

// Whether some reader takes `c` for a control character, a line break or a byte order mark.
bool needs_hex_escape(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
         c == 0xFFFF;
}

// Never writes \/, which go-yaml refuses.
void append_escaped(std::string& out, char32_t c) {
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\t': out += "\\t"; return;
    case '\r': out += "\\r"; return;
    default: break;
  }
  if (needs_hex_escape(c))
    append_hex_escape(out, c);
  else
    append_utf8(out, c);
}

// A file holds only the escapes that readers need. What is shown also holds those that a terminal or a log needs.
enum class Medium { file, screen };

// Whether `c` is harmless to a YAML reader, but not on a screen.
bool is_harmful_on_screen(char32_t c, std::string_view text, std::size_t at) {
  return (c > 0x9F && is_invisible(c)) || (c == '#' && is_log_command(text.substr(at), false));
}

// REQUIRES: valid UTF-8
std::string spell(std::string_view text, Medium medium) {
  if (is_safe_plain(text)) return std::string(text);
  std::string out = "\"";
  out.reserve(text.size() + 2);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain = plain_run(text.substr(at));
    out += text.substr(at, plain);
    at += plain;
    if (at == text.size()) break;
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
    if (!count()) return false;
    switch (value.kind()) {
      case Value::Kind::null: return put("null");
      case Value::Kind::boolean: return put(value.as_boolean() ? "true" : "false");
      case Value::Kind::integer:
      case Value::Kind::floating: return put(yaml_number(value));
      case Value::Kind::string: return write_string(value.as_string());
      case Value::Kind::list: return check_size() && write_list(value.as_list(), depth);
      case Value::Kind::map: return check_size() && write_map(value.as_map(), depth);
    }
    return false;
  }

  std::string text() const { return std::string(out_.c_str(), out_.size()) + "\n"; }
  const Error& problem() const { return problem_; }

 private:
  bool write_list(const List& list, int depth) {
    if (list.empty()) out_ << YAML::Flow;  // [] after the key, not on a line of its own
    out_ << YAML::BeginSeq;
    for (const Value& item : list) {
      if (!write(item, depth + 1)) return false;
    }
    out_ << YAML::EndSeq;
    return true;
  }

  bool write_map(const Map& map, int depth) {
    if (map.empty()) out_ << YAML::Flow;
    out_ << YAML::BeginMap;
    for (const auto& [key, member] : map) {
      if (!write_key(key) || !write(member, depth + 1)) return false;
    }
    out_ << YAML::EndMap;
    return true;
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

  bool put(std::string_view spelling) {
    out_.WriteIntegralType(Spelling{spelling});
    return check_size();
  }

  bool count() {
    if (++nodes_ <= most_nodes_) return true;
    problem_ = refused("status", "would hold more than " + std::to_string(most_nodes_) + " keys and values",
                       "keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status");
    return false;
  }

  bool check_size() {
    if (out_.size() <= limit_) return true;
    problem_ = refused("status", "would make a file of more than " + mebibytes(limit_),
                       "nest it less deeply, or keep large data elsewhere");
    return false;
  }

  bool fail(std::string cause) {
    problem_ = refused("write YAML", std::move(cause));
    return false;
  }

  std::size_t limit_;
  std::size_t most_nodes_;
  std::size_t nodes_ = 0;
  Medium medium_;
  YAML::Emitter out_;
  Error problem_;
};

}  // namespace

Result<std::string> show_yaml(const Value& value) {
  Writer writer(SIZE_MAX, SIZE_MAX, Medium::screen);
  if (!writer.write(value)) return writer.problem();
  return writer.text();
}

Result<std::string> write_yaml(const Value& root, std::size_t max_bytes) {
  Writer writer(max_bytes, max_nodes, Medium::file);
  if (!writer.write(root)) return writer.problem();
  std::string text = writer.text();
  std::string difference = difference_to(text, root);
  if (!difference.empty()) return refused("write YAML", std::move(difference));
  return text;
}

}  // namespace kratix_status
