// The constructs that go-yaml v2 and libyaml 0.2 read differently, after go-yaml's scannerc.go.
#include "yaml/go_yaml_quirks.h"

#include <algorithm>
#include <utility>

#include "value/utf8.h"

namespace kratix_status {

namespace {

// The offset that is `characters` before `offset`.
std::size_t go_back(std::string_view text, std::size_t offset, std::size_t characters) {
  for (; characters > 0 && offset > 0; --characters) {
    do --offset;
    while (offset > 0 && is_utf8_continuation(text[offset]));
  }
  return offset;
}

// Replaces each \' by \x27, from the one that libyaml stopped at to the end of that scalar.
bool rewrite_escaped_quotes(std::string_view text, const ParseError& error, RewrittenText& rewritten) {
  if (error.problem.message != "found unknown escape character" || !text.substr(error.offset).starts_with("\\'"))
    return false;
  constexpr std::string_view replacement = "\\x27";
  std::string out(text.substr(0, error.offset));
  std::size_t index = error.index;
  std::size_t i = error.offset;
  while (i < text.size() && text[i] != '"') {
    const std::size_t length = text[i] == '\\' && i + 1 < text.size() ? 2 : 1;
    std::string_view piece = text.substr(i, length);
    if (piece == "\\'") {
      rewritten.added.push_back({index, replacement.size() - piece.size()});
      piece = replacement;
    }
    index += count_characters(piece);
    out += piece;
    i += length;
  }
  rewritten.text = out.append(text.substr(i));
  return true;
}

// `scalar` in single quotes. `index`: of its first character.
std::string quoted(std::string_view scalar, std::size_t index, std::vector<AddedCharacters>& added) {
  std::string out;
  const auto add_quote = [&] {
    added.push_back({index, 1});
    out += '\'';
    ++index;
  };
  add_quote();
  for (const char c : scalar) {
    if (c == '\'') add_quote();
    out += c;
    index += is_utf8_continuation(c) ? 0 : 1;
  }
  add_quote();
  return out;
}

// Puts quotes around a plain scalar in a flow collection that ends in ':': go-yaml reads the colon as a part of the
// text, libyaml as an error.
bool rewrite_colon(std::string_view text, const ParseError& error, RewrittenText& rewritten) {
  const std::size_t end = error.offset + 1;
  if (error.problem.message != "found unexpected ':'" || end >= text.size()) return false;
  if (std::string_view(",]}").find(text[end]) == std::string_view::npos) return false;
  const std::size_t start = go_back(text, error.offset, error.index - error.token);
  const std::string_view scalar = text.substr(start, end - start);
  // go-yaml ends the text at a '?'. After a quote, the added one would make a pair that stands for one quote.
  if (scalar.find('?') != std::string_view::npos || text.substr(0, start).ends_with('\'')) return false;
  std::string out(text.substr(0, start));
  out += quoted(scalar, error.token, rewritten.added);
  rewritten.text = out.append(text.substr(end));
  rewritten.colons.push_back(error.problem.at);
  return true;
}

// `source` without the anchor, tag and comments before the scalar itself.
std::string_view skip_properties(std::string_view source) {
  while (true) {
    source.remove_prefix(std::min(source.find_first_not_of(" \t\r\n"), source.size()));
    if (source.empty() || std::string_view("&!#").find(source.front()) == std::string_view::npos) return source;
    const std::string_view ends = source.front() == '#' ? "\r\n" : " \t\r\n";
    source.remove_prefix(std::min(source.find_first_of(ends), source.size()));
  }
}

}  // namespace

bool rewrite_for_libyaml(std::string_view text, const ParseError& error, RewrittenText& rewritten) {
  return rewrite_escaped_quotes(text, error, rewritten) || rewrite_colon(text, error, rewritten);
}

std::string_view refusal_of(const YamlEvent& flow_scalar) {
  if (flow_scalar.value.find('?') != std::string_view::npos) return "'?' within [] or {} starts a key; quote the text";
  // go-yaml reads the comma after a tag as a part of the tag, and so loses an item.
  if (flow_scalar.value.empty() && !flow_scalar.tag.empty()) return "a tag without a value within [] or {}";
  return {};
}

bool has_long_version(std::string_view directive) {
  constexpr std::string_view name = "%YAML";
  constexpr std::string_view digits = "0123456789";
  constexpr std::size_t most_digits = 2;
  if (!directive.starts_with(name)) return false;
  directive.remove_prefix(name.size());
  directive.remove_prefix(std::min(directive.find_first_not_of(" \t"), directive.size()));
  const std::size_t major = std::min(directive.find_first_not_of(digits), directive.size());
  directive.remove_prefix(major);
  if (!directive.starts_with('.')) return major > most_digits;
  return major > most_digits || std::min(directive.find_first_not_of(digits, 1), directive.size()) - 1 > most_digits;
}

bool has_escaped_slash(std::string_view source) {
  const std::string_view scalar = skip_properties(source);
  if (!scalar.starts_with('"')) return false;
  for (std::size_t i = 1; i + 1 < scalar.size(); i += scalar[i] == '\\' ? 2 : 1) {
    if (scalar.substr(i, 2) == "\\/") return true;
  }
  return false;
}

}  // namespace kratix_status
