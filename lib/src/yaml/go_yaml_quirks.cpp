#include "yaml/go_yaml_quirks.h"

#include "value/utf8.h"

namespace kratix_status {

namespace {

// `characters` back from `offset`.
std::size_t go_back(std::string_view text, std::size_t offset, std::size_t characters) {
  for (; characters > 0 && offset > 0; --characters) {
    do --offset;
    while (offset > 0 && is_utf8_continuation(text[offset]));
  }
  return offset;
}

// go-yaml takes \' for an escape, libyaml does not: \x27 stands in its place, to the end of that scalar.
bool mend_escaped_quotes(MendedText& mended, const YamlProblem& problem) {
  const std::string_view text = mended.text;
  if (problem.what != "found unknown escape character" || !text.substr(problem.offset).starts_with("\\'")) return false;
  constexpr std::string_view replacement = "\\x27";
  std::string out(text.substr(0, problem.offset));
  std::size_t index = problem.index;
  std::size_t i = problem.offset;
  while (i < text.size() && text[i] != '"') {
    const std::size_t length = text[i] == '\\' && i + 1 < text.size() ? 2 : 1;
    std::string_view piece = text.substr(i, length);
    if (piece == "\\'") {
      mended.mends.push_back({index, replacement.size() - piece.size()});
      piece = replacement;
    }
    index += count_characters(piece);
    out += piece;
    i += length;
  }
  mended.text = out.append(text.substr(i));
  return true;
}

// Within [] and {}, go-yaml takes a `:` at the end for a part of the text, and libyaml for an error: quotes make it
// one.
bool mend_colon(MendedText& mended, const YamlProblem& problem) {
  const std::string_view text = mended.text;
  const std::size_t end = problem.offset + 1;
  if (problem.what != "found unexpected ':'" || end >= text.size()) return false;
  if (std::string_view(",]}").find(text[end]) == std::string_view::npos) return false;
  const std::size_t start = go_back(text, problem.offset, problem.index - problem.token);
  const std::string_view scalar = text.substr(start, end - start);
  // To go-yaml `?` ends a text here; and two quotes in a row would be one within a text.
  if (scalar.find('?') != std::string_view::npos || text.substr(0, start).ends_with('\'')) return false;
  std::string out(text.substr(0, start));
  std::size_t index = problem.token;
  const auto add_quote = [&] {
    mended.mends.push_back({index++, 1});
    out += '\'';
  };
  add_quote();
  for (const char c : scalar) {
    if (c == '\'') add_quote();
    out += c;
    index += is_utf8_continuation(c) ? 0 : 1;
  }
  add_quote();
  mended.text = out.append(text.substr(end));
  mended.colons.push_back(problem.at);
  return true;
}

}  // namespace

bool mend(MendedText& mended, const YamlProblem& problem) {
  return mend_escaped_quotes(mended, problem) || mend_colon(mended, problem);
}

}  // namespace kratix_status
