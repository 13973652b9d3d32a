// Compares the events of a text with the value that the text should mean.
#include "yaml/verify.h"

#include "yaml/libyaml_cursor.h"
#include "yaml/typing.h"

namespace kratix_status {

namespace {

using Type = YamlEvent::Type;

class Comparison {
 public:
  explicit Comparison(std::string_view text) : cursor_(text) {}

  bool document(const Value& root) {
    return next(Type::document_start) && node(root) && next(Type::document_end) && next(Type::stream_end);
  }

  // REQUIRES: document() returned false
  std::string difference() const {
    if (parsed_) return "the result reads back as something else";
    return "the result does not read back: " + cursor_.error().problem.message;
  }

 private:
  bool next(Type type) {
    parsed_ = cursor_.next(event_);
    return parsed_ && event_.type == type && event_.tag.empty() && event_.anchor.empty();
  }

  bool node(const Value& value) {
    switch (value.kind()) {
      case Value::Kind::list: return list(value.as_list());
      case Value::Kind::map: return map(value.as_map());
      case Value::Kind::string: return next(Type::scalar) && is_string(value.as_string());
      default: return next(Type::scalar) && event_.implicit && is_bare(value);
    }
  }

  bool list(const List& list) {
    if (!next(Type::sequence_start)) return false;
    for (const Value& item : list) {
      if (!node(item)) return false;
    }
    return next(Type::sequence_end);
  }

  bool map(const Map& map) {
    if (!next(Type::map_start)) return false;
    for (const auto& [key, member] : map) {
      if (!next(Type::scalar) || !is_string(key) || is_merge_key() || !node(member)) return false;
    }
    return next(Type::map_end);
  }

  bool is_string(std::string_view text) const {
    return event_.value == text && (!event_.implicit || type_plain_scalar(event_.value).type == Scalar::Type::string);
  }

  bool is_merge_key() const { return event_.implicit && event_.value == "<<"; }

  // A plain scalar that means `value`, which is null, a boolean or a number.
  bool is_bare(const Value& value) const {
    const Scalar scalar = type_plain_scalar(event_.value);
    Value read;
    return !scalar.rounded && value_of(scalar, read) && read == value;
  }

  LibyamlCursor cursor_;
  YamlEvent event_;
  bool parsed_ = true;
};

}  // namespace

std::string difference_to(std::string_view text, const Value& root) {
  Comparison comparison(text);
  return comparison.document(root) ? std::string() : comparison.difference();
}

}  // namespace kratix_status
