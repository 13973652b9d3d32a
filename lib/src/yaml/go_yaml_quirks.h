// The differences between go-yaml v2, Kratix's parser, and libyaml 0.2; go-yaml is a port of an older libyaml.
//
// go-yaml accepts two things that libyaml rejects: the escape \' in double quotes, and a ':' before ',' ']' or '}'
// within a flow collection. rewrite_for_libyaml() writes them in a way that libyaml reads as the same value.
// go-yaml refuses, or loses, four things that libyaml accepts: the functions below it find them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "yaml/event.h"

namespace kratix_status {

// Characters that a rewrite added.
struct AddedCharacters {
  std::size_t index = 0;  // of the first character that differs, in the rewritten text
  std::size_t count = 0;
};

struct RewrittenText {
  std::string text{};                    // empty if nothing had to be rewritten
  std::vector<AddedCharacters> added{};  // in the order of the text
  // In the author's text: each `:` that belongs to a text for Kratix, and ends a key for other readers.
  std::vector<Position> colons{};
};

// Rewrites the scalar in `text` at which libyaml stopped with `error`; `text` may be `rewritten.text`. Returns false,
// and changes nothing, if Kratix would not read it either.
bool rewrite_for_libyaml(std::string_view text, const ParseError& error, RewrittenText& rewritten);

// Why go-yaml does not read a plain scalar within [] or {} as libyaml does; empty if it does.
std::string_view refusal_of(const YamlEvent& flow_scalar);

// Whether a scalar is in double quotes and holds the escape \/, which go-yaml does not know. `source` is the scalar as
// it is written: an anchor, a tag and comments may come first.
bool has_escaped_slash(std::string_view source);
inline constexpr std::string_view escaped_slash_refusal = "found unknown escape character: Kratix does not know \\/";

// Whether a %YAML directive names a version with a number of more than two digits. `directive` is the text from its '%'
// on, and may go on after it.
bool has_long_version(std::string_view directive);
inline constexpr std::string_view long_version_refusal = "found extremely long version number";

}  // namespace kratix_status
