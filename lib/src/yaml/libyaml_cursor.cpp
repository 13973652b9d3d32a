#include "yaml/libyaml_cursor.h"

#include <yaml.h>

#include <algorithm>
#include <numeric>

#include "kratix_status/finding.h"
#include "value/position.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

using Type = YamlEvent::Type;

std::string text(const yaml_char_t* chars) {
  return chars == nullptr ? std::string() : reinterpret_cast<const char*>(chars);
}

void take_scalar(YamlEvent& event, const yaml_event_t& from) {
  const auto& scalar = from.data.scalar;
  event.type = Type::scalar;
  event.value.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
  event.tag = text(scalar.tag);
  event.anchor = text(scalar.anchor);
  event.plain = scalar.style == YAML_PLAIN_SCALAR_STYLE;
  event.implicit = scalar.plain_implicit != 0;
}

void take_document_start(YamlEvent& event, const yaml_event_t& from) {
  const yaml_version_directive_t* version = from.data.document_start.version_directive;
  event.type = Type::document_start;
  event.yaml_1_1 = version == nullptr || (version->major == 1 && version->minor == 1);
}

// What is found missing at the end of the text, or a line too late, is best shown where it began.
const yaml_mark_t& where_it_began(const yaml_parser_t& state) {
  const std::string_view problem = state.problem != nullptr ? state.problem : "";
  const bool at_end = state.problem_mark.index >= state.mark.index && state.eof != 0 && state.unread <= 1;
  const bool late = problem == "could not find expected ':'" || problem == "found unexpected end of stream" || at_end;
  return late && state.context != nullptr ? state.context_mark : state.problem_mark;
}

// The source of a scalar, which may start with an anchor, a tag and comments, from its first character on.
std::string_view behind_properties(std::string_view source) {
  while (true) {
    source.remove_prefix(std::min(source.find_first_not_of(" \t\r\n"), source.size()));
    if (source.empty() || std::string_view("&!#").find(source.front()) == std::string_view::npos) return source;
    const std::string_view ends = source.front() == '#' ? "\r\n" : " \t\r\n";
    source.remove_prefix(std::min(source.find_first_of(ends), source.size()));
  }
}

bool has_escaped_slash(std::string_view scalar) {
  if (!scalar.starts_with('"')) return false;
  for (std::size_t i = 1; i + 1 < scalar.size(); i += scalar[i] == '\\' ? 2 : 1) {
    if (scalar.substr(i, 2) == "\\/") return true;
  }
  return false;
}

}  // namespace

struct LibyamlCursor::Parser {
  yaml_parser_t state;
};

LibyamlCursor::LibyamlCursor(std::string_view text, std::span<const YamlMend> mends)
    : parser_(std::make_unique<Parser>()),
      text_(text),
      mends_(mends),
      has_escaped_slash_(text.find("\\/") != std::string_view::npos),
      has_percent_(text.find('%') != std::string_view::npos) {
  if (yaml_parser_initialize(&parser_->state) == 0) throw std::bad_alloc();
  yaml_parser_set_encoding(&parser_->state, YAML_UTF8_ENCODING);
  const char* const first = text.empty() ? "" : text.data();  // libyaml takes no null pointer
  yaml_parser_set_input_string(&parser_->state, reinterpret_cast<const unsigned char*>(first), text.size());
}

LibyamlCursor::~LibyamlCursor() { yaml_parser_delete(&parser_->state); }

bool LibyamlCursor::next(YamlEvent& event) {
  yaml_event_t from;
  event = {};
  if (ended_) return true;
  if (between_documents_ && !check_directives()) return false;
  do {
    if (yaml_parser_parse(&parser_->state, &from) == 0) {
      const yaml_parser_t& state = parser_->state;
      if (state.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
      const yaml_mark_t& mark = where_it_began(state);
      return fail({.at = position(mark.index, mark.line, mark.column),
                   .what = state.problem != nullptr ? state.problem : "not YAML",
                   .token = state.context != nullptr ? state.context_mark.index : 0},
                  mark.index);
    }
    // The events that carry nothing we look at.
  } while (from.type == YAML_NO_EVENT || from.type == YAML_STREAM_START_EVENT);
  event.at = position(from.start_mark.index, from.start_mark.line, from.start_mark.column);
  const auto take_start = [&event](Type type, const auto& collection) {
    event.type = type;
    event.tag = text(collection.tag);
    event.anchor = text(collection.anchor);
  };
  switch (from.type) {
    case YAML_DOCUMENT_START_EVENT: take_document_start(event, from); break;
    case YAML_DOCUMENT_END_EVENT: event.type = Type::document_end; break;
    case YAML_SCALAR_EVENT: take_scalar(event, from); break;
    case YAML_ALIAS_EVENT:
      event.type = Type::alias;
      event.anchor = text(from.data.alias.anchor);
      break;
    case YAML_SEQUENCE_START_EVENT: take_start(Type::sequence_start, from.data.sequence_start); break;
    case YAML_SEQUENCE_END_EVENT: event.type = Type::sequence_end; break;
    case YAML_MAPPING_START_EVENT: take_start(Type::map_start, from.data.mapping_start); break;
    case YAML_MAPPING_END_EVENT: event.type = Type::map_end; break;
    default: ended_ = true; break;
  }
  const std::size_t first = from.start_mark.index;
  const std::size_t last = from.end_mark.index;
  const bool flow =
      (from.type == YAML_SEQUENCE_START_EVENT && from.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE) ||
      (from.type == YAML_MAPPING_START_EVENT && from.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
  yaml_event_delete(&from);
  const bool starts = event.type == Type::sequence_start || event.type == Type::map_start;
  const bool ends = event.type == Type::sequence_end || event.type == Type::map_end;
  depth_ += starts ? 1 : 0;
  depth_ -= ends ? 1 : 0;
  if (depth_ > max_depth) {
    return fail({.at = event.at, .what = "nests deeper than " + std::to_string(max_depth), .fault = YamlFault::depth},
                first);
  }
  if (starts && (flow || flow_depth_ > 0)) ++flow_depth_;
  if (ends && flow_depth_ > 0) --flow_depth_;
  if (flow_depth_ > max_flow_depth) {
    return fail({.at = event.at,
                 .what = "nests [] and {} deeper than " + std::to_string(max_flow_depth),
                 .fault = YamlFault::depth},
                first);
  }
  between_documents_ = event.type == Type::document_end;
  document_end_ = last;
  if (between_documents_) return check_tokens_ahead();
  return event.type != Type::scalar || check_as_go_yaml(event, first, last);
}

// Before libyaml looks at them. Ahead of a document there is nothing but directives, comments and blank lines.
bool LibyamlCursor::check_directives() {
  if (!has_percent_) return true;
  std::size_t directives = 0;
  std::size_t at = offset_of(document_end_);
  while (at < text_.size()) {
    const char c = text_[at];
    const std::size_t line_break = line_break_at(text_, at);
    if (line_break > 0) {
      at += line_break;
    } else if (c == ' ' || c == '\t') {
      ++at;
    } else if (c != '#' && c != '%') {
      return true;
    } else {
      directives += c == '%' ? 1 : 0;
      if (directives > max_directives) break;
      while (at < text_.size() && line_break_at(text_, at) == 0) ++at;
    }
  }
  if (directives <= max_directives) return true;
  const std::size_t line = position_at(text_, at).line;
  problem_ = {.at = {line, 1},
              .what = "more than " + std::to_string(max_directives) + " directives such as %TAG",
              .fault = YamlFault::directives};
  return false;
}

// What go-yaml v2 (scannerc.go) still refuses, or reads in another way, and libyaml 0.2 accepts.
bool LibyamlCursor::check_as_go_yaml(const YamlEvent& event, std::size_t first, std::size_t last) {
  if (event.plain && flow_depth_ > 0) {
    if (event.value.find('?') != std::string::npos) {
      return fail({event.at, "'?' within [] or {} starts a key; quote the text"}, first);
    }
    // go-yaml takes the comma behind a tag as a part of it.
    if (event.value.empty() && !event.tag.empty())
      return fail({event.at, "a tag without a value within [] or {}"}, first);
  }
  return event.plain || check_escapes(event.at, first, last);
}

bool LibyamlCursor::check_escapes(Position at, std::size_t first, std::size_t last) {
  if (!has_escaped_slash_) return true;
  const std::size_t start = offset_of(first);
  if (!has_escaped_slash(behind_properties(text_.substr(start, offset_of(last) - start)))) return true;
  return fail({at, "found unknown escape character: Kratix does not know \\/"}, first);
}

// go-yaml stops at an escape as soon as it has scanned it, be it behind the end of the document.
bool LibyamlCursor::check_tokens_ahead() {
  const auto& tokens = parser_->state.tokens;
  return std::all_of(tokens.head, tokens.tail, [this](const yaml_token_t& token) {
    const yaml_mark_t& mark = token.start_mark;
    return token.type != YAML_SCALAR_TOKEN ||
           check_escapes(position(mark.index, mark.line, mark.column), mark.index, token.end_mark.index);
  });
}

Position LibyamlCursor::position(std::size_t index, std::size_t line, std::size_t column) const {
  const auto before = [](const YamlMend& mend, std::size_t place) { return mend.index < place; };
  const auto first = std::lower_bound(mends_.begin(), mends_.end(), index - column, before);
  const auto last = std::lower_bound(first, mends_.end(), index, before);
  const std::size_t added = std::accumulate(first, last, std::size_t{0},
                                            [](std::size_t sum, const YamlMend& mend) { return sum + mend.added; });
  return {line + 1, column + 1 - added};
}

bool LibyamlCursor::fail(YamlProblem problem, std::size_t index) {
  problem_ = std::move(problem);
  problem_.index = index;
  problem_.offset = index >= index_ ? offset_of(index) : 0;
  return false;
}

// Only goes forward, so that all calls together cost one walk over the text.
std::size_t LibyamlCursor::offset_of(std::size_t index) {
  while (offset_ < text_.size() && (index_ < index || is_utf8_continuation(text_[offset_]))) {
    if (!is_utf8_continuation(text_[offset_])) ++index_;
    ++offset_;
  }
  return offset_;
}

}  // namespace kratix_status
