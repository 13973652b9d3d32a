// Pulls events from libyaml, and checks each against the limits and against what go-yaml refuses.
#include "yaml/libyaml_cursor.h"

#include <yaml.h>

#include <algorithm>
#include <new>
#include <numeric>
#include <string>
#include <utility>

#include "kratix_status/value.h"
#include "value/ascii.h"
#include "value/position.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

using Type = YamlEvent::Type;

std::string_view text(const yaml_char_t* chars) {
  return chars == nullptr ? std::string_view() : reinterpret_cast<const char*>(chars);
}

void take_scalar(YamlEvent& event, const yaml_event_t& from) {
  const auto& scalar = from.data.scalar;
  event.type = Type::scalar;
  event.value = {reinterpret_cast<const char*>(scalar.value), scalar.length};
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

template <typename Collection>
void take_start(YamlEvent& event, Type type, const Collection& collection, bool flow) {
  event.type = type;
  event.tag = text(collection.tag);
  event.anchor = text(collection.anchor);
  event.flow = flow;
}

// libyaml notices at the end of the text, or a line too late, that something is missing: such a problem is best shown
// where the construct began.
const yaml_mark_t& best_mark(const yaml_parser_t& state) {
  const std::string_view problem = state.problem != nullptr ? state.problem : "";
  const bool at_end = state.problem_mark.index >= state.mark.index && state.eof != 0 && state.unread <= 1;
  const bool late = problem == "could not find expected ':'" || problem == "found unexpected end of stream" || at_end;
  return late && state.context != nullptr ? state.context_mark : state.problem_mark;
}

// Whether refusal_of_token() has to look at such a token.
bool may_be_refused(const yaml_token_t& token, bool in_flow) {
  if (token.type == YAML_SCALAR_TOKEN) return in_flow || token.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  return (token.type == YAML_TAG_TOKEN && in_flow) || token.type == YAML_VERSION_DIRECTIVE_TOKEN;
}

// Why go-yaml refuses a token that libyaml accepts; empty if it does not. `source`: how the token is written; `rest`:
// the text after it. REQUIRES: may_be_refused()
std::string_view refusal_of_token(const yaml_token_t& token, std::string_view source, std::string_view rest) {
  switch (token.type) {
    case YAML_VERSION_DIRECTIVE_TOKEN: return has_long_version(source) ? long_version_refusal : std::string_view();
    case YAML_TAG_TOKEN: return rest.starts_with(',') ? refusal_of({.tag = source}) : std::string_view();
    default: break;
  }
  if (token.data.scalar.style == YAML_PLAIN_SCALAR_STYLE) return refusal_of({.value = source});
  return has_escaped_slash(source) ? escaped_slash_refusal : std::string_view();
}

}  // namespace

struct LibyamlCursor::Parser {
  yaml_parser_t state{};
  yaml_event_t event{};  // the last YamlEvent points into it
};

LibyamlCursor::LibyamlCursor(std::string_view text, std::span<const AddedCharacters> added)
    : parser_(std::make_unique<Parser>()),
      text_(text),
      added_(added),
      may_have_escaped_slash_(any_character(text, [](char c) { return c == '\\'; })),
      may_have_directives_(any_character(text, [](char c) { return c == '%'; })) {
  if (yaml_parser_initialize(&parser_->state) == 0) throw std::bad_alloc();
  yaml_parser_set_encoding(&parser_->state, YAML_UTF8_ENCODING);
  const char* const first = text.empty() ? "" : text.data();  // libyaml takes no null pointer
  yaml_parser_set_input_string(&parser_->state, reinterpret_cast<const unsigned char*>(first), text.size());
}

LibyamlCursor::~LibyamlCursor() {
  yaml_event_delete(&parser_->event);
  yaml_parser_delete(&parser_->state);
}

bool LibyamlCursor::next(YamlEvent& event) {
  event = {};
  if (ended_) return true;
  if (between_documents_ && !check_directives()) return false;
  if (!parse()) return false;
  take_event(event);
  ended_ = event.type == Type::stream_end;
  between_documents_ = event.type == Type::document_end;
  if (between_documents_) return check_tokens_ahead();
  return check_depth(event) && (event.type != Type::scalar || check_scalar(event));
}

bool LibyamlCursor::parse() {
  yaml_parser_t& state = parser_->state;
  do {
    yaml_event_delete(&parser_->event);
    if (yaml_parser_parse(&state, &parser_->event) == 0) {
      if (state.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
      const yaml_mark_t& mark = best_mark(state);
      return fail({.at = position(mark.index, mark.line, mark.column),
                   .message = state.problem != nullptr ? state.problem : "not YAML"},
                  mark.index, state.context != nullptr ? state.context_mark.index : 0);
    }
  } while (parser_->event.type == YAML_NO_EVENT || parser_->event.type == YAML_STREAM_START_EVENT);
  return true;
}

void LibyamlCursor::take_event(YamlEvent& event) {
  const yaml_event_t& from = parser_->event;
  event.at = position(from.start_mark.index, from.start_mark.line, from.start_mark.column);
  switch (from.type) {
    case YAML_DOCUMENT_START_EVENT: return take_document_start(event, from);
    case YAML_DOCUMENT_END_EVENT: event.type = Type::document_end; return;
    case YAML_SCALAR_EVENT: return take_scalar(event, from);
    case YAML_ALIAS_EVENT:
      event.type = Type::alias;
      event.anchor = text(from.data.alias.anchor);
      return;
    case YAML_SEQUENCE_START_EVENT:
      return take_start(event, Type::sequence_start, from.data.sequence_start,
                        from.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
    case YAML_SEQUENCE_END_EVENT: event.type = Type::sequence_end; return;
    case YAML_MAPPING_START_EVENT:
      return take_start(event, Type::map_start, from.data.mapping_start,
                        from.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
    case YAML_MAPPING_END_EVENT: event.type = Type::map_end; return;
    default: event.type = Type::stream_end; return;
  }
}

// Counts the directives before libyaml looks at them. Before a document there are only directives, comments and blank
// lines.
bool LibyamlCursor::check_directives() {
  if (!may_have_directives_) return true;
  std::size_t directives = 0;
  std::size_t at = offset_of(parser_->event.end_mark.index);
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
      if (has_long_version(text_.substr(at))) {
        error_.problem = {.at = {position_at(text_, at).line, 1}, .message = std::string(long_version_refusal)};
        return false;
      }
      while (at < text_.size() && line_break_at(text_, at) == 0) ++at;
    }
  }
  if (directives <= max_directives) return true;
  error_.problem = {.rule = RuleId::too_many_directives,
                    .at = {position_at(text_, at).line, 1},
                    .message = "more than " + std::to_string(max_directives) + " directives such as %TAG"};
  return false;
}

bool LibyamlCursor::check_depth(const YamlEvent& event) {
  const bool starts = event.type == Type::sequence_start || event.type == Type::map_start;
  const bool ends = event.type == Type::sequence_end || event.type == Type::map_end;
  depth_ += starts ? 1 : 0;
  depth_ -= ends ? 1 : 0;
  if (starts && (event.flow || flow_depth_ > 0)) ++flow_depth_;
  if (ends && flow_depth_ > 0) --flow_depth_;
  if (depth_ <= max_depth && flow_depth_ <= max_flow_depth) return true;
  std::string message = depth_ > max_depth ? "nests deeper than " + std::to_string(max_depth)
                                           : "nests [] and {} deeper than " + std::to_string(max_flow_depth);
  return fail({.rule = RuleId::too_deep, .at = event.at, .message = std::move(message)},
              parser_->event.start_mark.index);
}

bool LibyamlCursor::check_scalar(const YamlEvent& event) {
  const std::size_t first = parser_->event.start_mark.index;
  const std::string_view refusal = event.plain && flow_depth_ > 0 ? refusal_of(event) : std::string_view();
  if (!refusal.empty()) return fail({.at = event.at, .message = std::string(refusal)}, first);
  if (event.plain || !may_have_escaped_slash_) return true;
  if (!has_escaped_slash(source(first, parser_->event.end_mark.index))) return true;
  return fail({.at = event.at, .message = std::string(escaped_slash_refusal)}, first);
}

// At the end of a document, libyaml and go-yaml have scanned some tokens after it. go-yaml fails at once if it does not
// know one of them.
bool LibyamlCursor::check_tokens_ahead() {
  const auto& tokens = parser_->state.tokens;
  bool in_flow = false;
  for (const yaml_token_t* token = tokens.head; token != tokens.tail; ++token) {
    in_flow = in_flow || token->type == YAML_FLOW_SEQUENCE_START_TOKEN || token->type == YAML_FLOW_MAPPING_START_TOKEN;
    if (!may_be_refused(*token, in_flow)) continue;
    const std::size_t start = offset_of(token->start_mark.index);
    const std::size_t end = offset_of(token->end_mark.index);
    const std::string_view refusal = refusal_of_token(*token, text_.substr(start, end - start), text_.substr(end));
    if (refusal.empty()) continue;
    const yaml_mark_t& mark = token->start_mark;
    return fail({.at = position(mark.index, mark.line, mark.column), .message = std::string(refusal)}, mark.index);
  }
  return true;
}

// The text between two places, given in characters.
std::string_view LibyamlCursor::source(std::size_t first, std::size_t last) {
  const std::size_t start = offset_of(first);
  return text_.substr(start, offset_of(last) - start);
}

Position LibyamlCursor::position(std::size_t index, std::size_t line, std::size_t column) const {
  if (added_.empty()) return {line + 1, column + 1};
  const auto before = [](const AddedCharacters& added, std::size_t place) { return added.index < place; };
  const auto first = std::lower_bound(added_.begin(), added_.end(), index - column, before);
  const auto last = std::lower_bound(first, added_.end(), index, before);
  const auto add = [](std::size_t sum, const AddedCharacters& added) { return sum + added.count; };
  return {line + 1, column + 1 - std::accumulate(first, last, std::size_t{0}, add)};
}

bool LibyamlCursor::fail(Finding problem, std::size_t index, std::size_t token) {
  error_ = {std::move(problem), index >= index_ ? offset_of(index) : 0, index, token};
  return false;
}

// Only goes forward, so that all calls together walk over the text once.
std::size_t LibyamlCursor::offset_of(std::size_t index) {
  while (offset_ < text_.size() && (index_ < index || is_utf8_continuation(text_[offset_]))) {
    if (!is_utf8_continuation(text_[offset_])) ++index_;
    ++offset_;
  }
  return offset_;
}

}  // namespace kratix_status
