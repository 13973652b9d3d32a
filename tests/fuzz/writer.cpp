// A random map, written as YAML and as JSON, is the same map to our reader, to a reader that knows nothing of ours
// (libyaml's events, typed by the strictest rules of YAML 1.2), and to both JSON readers.
//
// Refused are only strings and keys that are not valid UTF-8 and nesting beyond max_depth; parse_json() may also
// refuse a number beyond 2^53.
#include <yaml.h>

#include <cctype>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "check.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "random_value.h"
#include "strict_json.h"

namespace {

using namespace kratix_status;
using fuzz::require;

class PlainReader {
 public:
  explicit PlainReader(std::string_view text) {
    require(yaml_parser_initialize(&parser_) != 0, "memory");
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    next(YAML_STREAM_START_EVENT);
    next(YAML_DOCUMENT_START_EVENT);
  }
  ~PlainReader() { yaml_parser_delete(&parser_); }

  Value document() {
    Value value;
    require(node(value), "the document has a root");
    next(YAML_DOCUMENT_END_EVENT);
    next(YAML_STREAM_END_EVENT);
    return value;
  }

 private:
  // Owned by nobody else, so that one event at a time is alive.
  yaml_event_type_t take() {
    yaml_event_delete(&event_);
    require(yaml_parser_parse(&parser_, &event_) != 0, "libyaml reads what is written");
    return event_.type;
  }

  void next(yaml_event_type_t expected) {
    require(take() == expected, "libyaml sees one document");
    yaml_event_delete(&event_);
  }

  // False at the end of a collection.
  bool node(Value& value) {
    switch (take()) {
      case YAML_SCALAR_EVENT: value = scalar(); return true;
      case YAML_SEQUENCE_START_EVENT: value = list(); return true;
      case YAML_MAPPING_START_EVENT: value = map(); return true;
      default: return false;
    }
  }

  Value list() {
    List list;
    for (Value item; node(item); item = {}) list.push_back(std::move(item));
    return Value(std::move(list));
  }

  Value map() {
    Map map;
    for (Value key; node(key); key = {}) {
      require(key.is_string() && map.find(key.as_string()) == nullptr, "keys are strings and differ");
      Value member;
      require(node(member), "each key has a value");
      map.set(key.as_string(), std::move(member));
    }
    return Value(std::move(map));
  }

  Value scalar() {
    const auto& from = event_.data.scalar;
    require(from.tag == nullptr && from.anchor == nullptr, "no tags and anchors are written");
    std::string text(reinterpret_cast<const char*>(from.value), from.length);
    if (from.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) return Value(std::move(text));
    require(from.style == YAML_PLAIN_SCALAR_STYLE, "scalars are plain or in double quotes");
    if (text == "null") return Value();
    if (text == "true") return Value(true);
    if (text == "false") return Value(false);
    if (std::isalpha(static_cast<unsigned char>(text[0])) != 0) return Value(std::move(text));
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    require(end == text.c_str() + text.size(), "what is plain and no word is a number");
    return Value::number(number);
  }

  yaml_parser_t parser_{};
  yaml_event_t event_{};
};

void check_json(const Value& value) {
  const std::string text = to_json(value);
  const fuzz::StrictJson strict = fuzz::read_strict_json(text);
  if (!strict.grammatical || !(strict.value == value)) fuzz::fail("to_json() gives the value in JSON", text);
  const auto parsed = parse_json(text);
  if (!parsed && fuzz::has_number_beyond_exact(value)) return;
  if (!parsed || !(*parsed == value)) fuzz::fail("JSON there and back is the same", text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Bytes bytes(data, size);
  const Value value(fuzz::random_map(bytes));
  const bool writable = fuzz::is_valid_utf8(value) && fuzz::depth_of(value) <= max_depth;
  const auto text = write_yaml(value);
  if (!text) {
    if (writable) fuzz::fail("the map can be written", to_json(value) + "\n" + fuzz::describe(text.error()));
    require(text.error().kind == ErrorKind::refused, "a map that cannot be written is refused");
    return 0;
  }
  require(writable, "what YAML for Kratix cannot hold is refused");
  const auto shown = show_yaml(value);
  const auto seen = shown ? read_yaml(*shown, "shown") : shown.error();
  if (!seen || !(seen->value == value)) fuzz::fail("what is shown reads as what was given", *text);
  const auto document = read_yaml(*text, "written");
  if (!document) fuzz::fail("what is written can be read", *text + "\n" + fuzz::describe(document.error()));
  if (!(document->value == value)) fuzz::fail("what is written reads as what was given", *text);
  if (!document->findings.empty()) fuzz::fail("what is written has no findings", *text);
  if (!(PlainReader(*text).document() == value)) fuzz::fail("libyaml sees what was given", *text);
  check_json(value);
  return 0;
}
