// The events of a YAML document as libyaml sees them: the grammar that Kratix's own parser shares, since go-yaml v2
// is a port of libyaml. A cursor with C++ ownership that also refuses what libyaml 0.2 has learnt to take since the
// port and go-yaml v2 does not take; libyaml stays in libyaml_cursor.cpp.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "kratix_status/yaml.h"
#include "yaml/source.h"

namespace kratix_status {

struct YamlEvent {
  enum class Type {
    document_start,
    document_end,
    scalar,
    alias,
    sequence_start,
    sequence_end,
    map_start,
    map_end,
    stream_end,
  };
  Type type = Type::stream_end;
  Position at{};
  std::string value{};    // of a scalar
  std::string tag{};      // in full ("tag:yaml.org,2002:int"); empty if there is none
  std::string anchor{};   // of an alias, the name it refers to
  bool plain = false;     // a scalar without quotes
  bool implicit = false;  // a scalar whose type follows from its text: plain, without a tag
  bool yaml_1_1 = true;   // of a document start: no %YAML directive, or one for 1.1
};

// Whether such an event begins a key or a value.
inline bool is_node(YamlEvent::Type type) {
  using Type = YamlEvent::Type;
  return type == Type::scalar || type == Type::alias || type == Type::sequence_start || type == Type::map_start;
}

// libyaml compares each directive with all others.
inline constexpr std::size_t max_directives = 100;
// libyaml looks at all open [ and { for each token.
inline constexpr std::size_t max_flow_depth = 512;

struct YamlProblem {
  Position at{};
  std::string what{};
  // In the text that was parsed, in bytes and in characters; only for what LibyamlCursor reports.
  std::size_t offset = 0;
  std::size_t index = 0;
  std::size_t token = 0;  // in characters, where the token starts that libyaml was in; 0 if it was in none
  YamlFault fault = YamlFault::syntax;
};

// Where a text was changed so that libyaml reads what Kratix reads.
struct YamlMend {
  std::size_t index = 0;  // of the first character that differs, in the mended text
  std::size_t added = 0;  // how many more characters stand there than in the author's
};

class LibyamlCursor {
 public:
  // `text` is UTF-8 without a byte order mark, and outlives the cursor, as does `mends`, in the order of the text.
  // Positions are those in the author's text.
  explicit LibyamlCursor(std::string_view text, std::span<const YamlMend> mends = {});
  ~LibyamlCursor();

  // The next event, stream_end again and again at the end; false if the text is not YAML from here on, nests beyond
  // max_depth or max_flow_depth, or has more than max_directives, and then not to be called again.
  bool next(YamlEvent& event);

  // REQUIRES: next() returned false
  const YamlProblem& problem() const { return problem_; }

 private:
  struct Parser;
  bool check_directives();
  bool check_as_go_yaml(const YamlEvent& event, std::size_t first, std::size_t last);
  bool check_escapes(Position at, std::size_t first, std::size_t last);
  bool check_tokens_ahead();
  Position position(std::size_t index, std::size_t line, std::size_t column) const;
  bool fail(YamlProblem problem, std::size_t index);
  std::size_t offset_of(std::size_t index);

  std::unique_ptr<Parser> parser_;
  YamlProblem problem_;
  std::string_view text_;
  std::span<const YamlMend> mends_;
  bool has_escaped_slash_;
  bool has_percent_;
  bool ended_ = false;
  bool between_documents_ = true;
  std::size_t document_end_ = 0;  // of a code point, where the last document ended
  int depth_ = 0;
  std::size_t flow_depth_ = 0;  // how many flow lists and maps are open
  std::size_t index_ = 0;       // of a code point, and
  std::size_t offset_ = 0;      // where it stands in text_
};

}  // namespace kratix_status
