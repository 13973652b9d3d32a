#include "yaml_events.h"

#include <yaml.h>

namespace kratix_status {

namespace {

using Type = YamlEvent::Type;

Position position(const yaml_mark_t& mark) { return {mark.line + 1, mark.column + 1}; }

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

}  // namespace

struct YamlEvents::Parser {
  yaml_parser_t state;
};

YamlEvents::YamlEvents(std::string_view text)
    : parser_(std::make_unique<Parser>()), text_(text), has_escaped_slash_(text.find("\\/") != std::string_view::npos) {
  if (yaml_parser_initialize(&parser_->state) == 0) throw std::bad_alloc();
  yaml_parser_set_encoding(&parser_->state, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser_->state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

YamlEvents::~YamlEvents() { yaml_parser_delete(&parser_->state); }

bool YamlEvents::next(YamlEvent& event) {
  yaml_event_t from;
  event = {};
  if (ended_) return true;
  do {
    if (yaml_parser_parse(&parser_->state, &from) == 0) {
      const yaml_parser_t& state = parser_->state;
      if (state.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
      return fail({position(state.problem_mark), state.problem != nullptr ? state.problem : "not YAML"},
                  state.problem_mark.index);
    }
    // The events that carry nothing we look at.
  } while (from.type == YAML_NO_EVENT || from.type == YAML_STREAM_START_EVENT);
  event.at = position(from.start_mark);
  switch (from.type) {
    case YAML_DOCUMENT_START_EVENT: take_document_start(event, from); break;
    case YAML_DOCUMENT_END_EVENT: event.type = Type::document_end; break;
    case YAML_SCALAR_EVENT: take_scalar(event, from); break;
    case YAML_ALIAS_EVENT:
      event.type = Type::alias;
      event.anchor = text(from.data.alias.anchor);
      break;
    case YAML_SEQUENCE_START_EVENT:
      event.type = Type::sequence_start;
      event.tag = text(from.data.sequence_start.tag);
      event.anchor = text(from.data.sequence_start.anchor);
      break;
    case YAML_SEQUENCE_END_EVENT: event.type = Type::sequence_end; break;
    case YAML_MAPPING_START_EVENT:
      event.type = Type::map_start;
      event.tag = text(from.data.mapping_start.tag);
      event.anchor = text(from.data.mapping_start.anchor);
      break;
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
  // libyaml's cost grows with the square of the depth.
  if (depth_ > max_depth) return fail({event.at, "nests deeper than " + std::to_string(max_depth)}, first);
  if (starts && (flow || flow_depth_ > 0)) ++flow_depth_;
  if (ends && flow_depth_ > 0) --flow_depth_;
  return event.type != Type::scalar || check_as_go_yaml(event, first, last);
}

// What go-yaml v2 (scannerc.go) still refuses, or reads in another way, and libyaml 0.2 accepts.
bool YamlEvents::check_as_go_yaml(const YamlEvent& event, std::size_t first, std::size_t last) {
  if (event.plain && flow_depth_ > 0) {
    if (event.value.find('?') != std::string::npos) {
      return fail({event.at, "'?' within [] or {} starts a key; quote the text"}, first);
    }
    // go-yaml takes the comma behind a tag as a part of it.
    if (event.value.empty() && !event.tag.empty())
      return fail({event.at, "a tag without a value within [] or {}"}, first);
  }
  if (!event.plain && has_escaped_slash_) {
    const std::size_t start = offset_of(first);
    const std::string_view source = text_.substr(start, offset_of(last) - start);
    if (!source.starts_with('"')) return true;
    for (std::size_t i = 1; i + 1 < source.size(); i += source[i] == '\\' ? 2 : 1) {
      if (source.substr(i, 2) == "\\/")
        return fail({event.at, "found unknown escape character: Kratix does not know \\/"}, first);
    }
  }
  return true;
}

bool YamlEvents::fail(YamlProblem problem, std::size_t index) {
  problem_ = std::move(problem);
  problem_.offset = index >= index_ ? offset_of(index) : 0;
  return false;
}

// Only goes forward, so that all calls together cost one walk over the text.
std::size_t YamlEvents::offset_of(std::size_t index) {
  while (offset_ < text_.size() && (index_ < index || (static_cast<unsigned char>(text_[offset_]) & 0xC0) == 0x80)) {
    if ((static_cast<unsigned char>(text_[offset_]) & 0xC0) != 0x80) ++index_;
    ++offset_;
  }
  return offset_;
}

}  // namespace kratix_status
