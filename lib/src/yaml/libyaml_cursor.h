// The events of a YAML document, one at a time: libyaml's parser with C++ ownership, our limits, and the refusals of
// go-yaml v2, the port of libyaml that Kratix reads with. libyaml itself is used in libyaml_cursor.cpp only.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "yaml/event.h"
#include "yaml/go_yaml_quirks.h"

namespace kratix_status {

// libyaml compares each directive with all others.
inline constexpr std::size_t max_directives = 100;
// libyaml looks at all open [ and { for each token.
inline constexpr std::size_t max_flow_depth = 512;

class LibyamlCursor {
 public:
  // `text` is UTF-8 without a byte order mark. It outlives the cursor, as does `added`: what rewrite_for_libyaml()
  // added to the author's text. Positions are those in the author's text.
  explicit LibyamlCursor(std::string_view text, std::span<const AddedCharacters> added = {});
  ~LibyamlCursor();

  // The next event; after the last one, stream_end each time. Returns false, and must not be called again, if the text
  // is not YAML from here on, nests deeper than max_depth or max_flow_depth, or has more than max_directives.
  bool next(YamlEvent& event);

  // REQUIRES: next() returned false
  const ParseError& error() const { return error_; }

 private:
  struct Parser;
  bool parse();
  void take_event(YamlEvent& event);
  bool check_directives();
  bool check_depth(const YamlEvent& event);
  bool check_scalar(const YamlEvent& event);
  bool check_tokens_ahead();
  std::string_view source(std::size_t first, std::size_t last);
  Position position(std::size_t index, std::size_t line, std::size_t column) const;
  bool fail(Finding problem, std::size_t index, std::size_t token = 0);
  std::size_t offset_of(std::size_t index);

  std::unique_ptr<Parser> parser_;
  ParseError error_;
  std::string_view text_;
  std::span<const AddedCharacters> added_;
  bool may_have_escaped_slash_;
  bool may_have_directives_;
  bool ended_ = false;
  bool between_documents_ = true;
  int depth_ = 0;
  std::size_t flow_depth_ = 0;  // how many flow lists and maps are open
  // How far offset_of() has come: the same place in characters and in bytes.
  std::size_t index_ = 0;
  std::size_t offset_ = 0;
};

}  // namespace kratix_status
