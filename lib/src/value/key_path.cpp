// Parses KEY, and finds, sets and removes the value at its place.
#include "kratix_status/key_path.h"

#include <algorithm>
#include <charconv>

#include "value/ascii.h"
#include "value/json_string.h"
#include "value/message.h"
#include "value/position.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

bool is_bare(char c) { return is_alphanumeric(c) || c == '_' || c == '-'; }

// JSON's \uXXXX; a character beyond U+FFFF takes two.
void append_escape(std::string& out, char32_t c) {
  const auto append_unit = [&](char32_t unit) { append_code_escape(out, "\\u", unit, 4); };
  if (c < 0x10000) return append_unit(c);
  append_unit(0xD800 + ((c - 0x10000) >> 10));
  append_unit(0xDC00 + ((c - 0x10000) & 0x3FF));
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<std::vector<KeySegment>> parse() {
    if (const std::size_t bad = find_invalid_utf8(text_); bad != std::string_view::npos) {
      return refuse(bad, "is not valid UTF-8", "");
    }
    if (text_.empty()) return refuse(0, "the key is empty", "");
    if (text_.front() == '.') ++at_;
    if (!parse_segment(true)) return error_;
    if (segments_.front().is_index) {
      return refuse(text_.find('['), "starts with an index, but a status is a map", "name the list first: ports[0]");
    }
    while (at_ < text_.size()) {
      const bool dotted = text_[at_] == '.';
      if (!dotted && text_[at_] != '[') {
        (void)refuse(at_, "unexpected " + shown(at_), "quote a segment that holds other characters: " + quoted_whole());
        return error_;
      }
      if (dotted) ++at_;
      if (!parse_segment(dotted)) return error_;
    }
    return std::move(segments_);
  }

 private:
  Error refuse(std::size_t at, std::string cause, std::string cure) {
    error_ = refused("key \"" + std::string(text_) + "\"", std::move(cause), std::move(cure));
    const bool one_line = position_at(text_, text_.size()).line == 1;
    if (one_line && !text_.empty()) error_.excerpt = excerpt(text_, 1, 1 + count_characters(text_.substr(0, at)));
    return error_;
  }

  std::string shown(std::size_t at) const {
    std::size_t end = at;
    char32_t c = 0;
    return decode_utf8(text_, end, c) ? "'" + std::string(text_.substr(at, end - at)) + "'" : "a byte";
  }

  std::string quoted_whole() const { return "'" + printable(quoted_key_text(text_)) + "'"; }

  bool parse_segment(bool dotted) {
    // As in yq and jq, a dot may precede a bracket.
    if (dotted && at_ < text_.size() && text_[at_] == '[') dotted = false;
    if (dotted && at_ < text_.size() && text_[at_] == '"') return parse_quoted();
    if (dotted) return parse_bare();
    ++at_;  // '['
    if (at_ < text_.size() && text_[at_] == '"') return parse_quoted() && close_bracket();
    return parse_index() && close_bracket();
  }

  bool parse_bare() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_bare(text_[at_])) ++at_;
    if (at_ > start) {
      segments_.push_back({.key = std::string(text_.substr(start, at_ - start))});
      return true;
    }
    if (at_ == text_.size())
      refuse(at_, "ends where a segment is expected", "");
    else if (text_[at_] == '.')
      refuse(at_, "has an empty segment", "write an empty key as \"\"");
    else
      refuse(at_, "unexpected " + shown(at_), "quote a segment that holds other characters: " + quoted_whole());
    return false;
  }

  bool parse_quoted() {
    const std::size_t start = at_;
    JsonString string = read_json_string(text_, at_);
    at_ = string.end;
    if (string.fault == JsonString::Fault::not_closed) {
      refuse(start, "the quote is not closed", "");
      return false;
    }
    if (string.fault != JsonString::Fault::none) {
      refuse(at_, std::string(describe(string.fault)),
             "a quoted segment is a JSON string; its escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX");
      return false;
    }
    if (string.half_pair != std::string_view::npos) {
      refuse(string.half_pair, std::string(half_pair_cause), "");
      return false;
    }
    segments_.push_back({.key = std::move(string.text), .quoted = true});
    return true;
  }

  bool parse_index() {
    KeySegment segment{.is_index = true};
    const char* const first = text_.data() + at_;
    const auto [end, error] = std::from_chars(first, text_.data() + text_.size(), segment.index);
    if (end == first || error != std::errc()) {
      refuse(at_, end == first ? "an index is expected" : "the index is too large",
             end == first ? "write [0], [-1] or [\"key\"]" : "");
      return false;
    }
    at_ += static_cast<std::size_t>(end - first);
    segments_.push_back(std::move(segment));
    return true;
  }

  bool close_bracket() {
    if (at_ < text_.size() && text_[at_] == ']') {
      ++at_;
      return true;
    }
    refuse(at_, "']' is expected", "");
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<KeySegment> segments_;
  Error error_;
};

// The item that `index` means, or nullptr.
template <typename Items>
auto* item_at(Items& items, std::int64_t index) {
  const auto size = static_cast<std::int64_t>(items.size());
  const std::int64_t at = index < 0 ? index + size : index;
  return at >= 0 && at < size ? &items[static_cast<std::size_t>(at)] : nullptr;
}

const Value* step(const Value& from, const KeySegment& segment) {
  if (segment.is_index) return from.is_list() ? item_at(from.as_list(), segment.index) : nullptr;
  return from.is_map() ? from.as_map().find(segment.key) : nullptr;
}

Error cannot_go_down(const KeyPath& path, std::size_t count, const Value& parent) {
  const KeySegment& segment = path.segments()[count];
  Error error = refused("key " + path.text(), {});
  const std::string parent_name = path.text(count);
  if (segment.is_index && parent.is_null()) {
    error.cause = parent_name + " is not in the file, and has no items";
    error.cure = "start it with: kratix-status append " + parent_name + " VALUE";
  } else if (segment.is_index && parent.is_list()) {
    const std::size_t size = parent.as_list().size();
    error.cause = parent_name + " has " + (size == 1 ? "1 item" : std::to_string(size) + " items");
    error.cure = "add one with: kratix-status append " + parent_name + " VALUE";
  } else if (segment.is_index) {
    error.cause = parent_name + " is " + std::string(describe(parent.kind())) + ", not a list";
  } else if (parent.is_list()) {
    error.cause = parent_name + " is a list";
    error.cure = "name an item: " + parent_name + "[0]";
  } else {
    error.cause = parent_name + " is " + std::string(describe(parent.kind())) + ", which cannot have keys below it";
    error.cure = "unset " + parent_name + " first, or choose another key";
  }
  return error;
}

// The value at `path`; a missing key at its end is created as null. Creates the missing or null maps before it. If the
// path cannot be followed, nothing has been created.
Result<Value*> reach(Value& root, const KeyPath& path) {
  Value* at = &root;
  const auto& segments = path.segments();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (at->is_null() && segments[i].is_index) return cannot_go_down(path, i, *at);
    if (const Value* next = step(*at, segments[i])) {
      at = const_cast<Value*>(next);
      continue;
    }
    if (segments[i].is_index || !(at->is_map() || at->is_null())) return cannot_go_down(path, i, *at);
    // From here on all is new: an index further down the path has nothing to point at.
    const auto index = std::find_if(segments.begin() + static_cast<std::ptrdiff_t>(i), segments.end(),
                                    [](const KeySegment& segment) { return segment.is_index; });
    if (index != segments.end()) {
      return cannot_go_down(path, static_cast<std::size_t>(index - segments.begin()), Value());
    }
    if (at->is_null()) *at = Value(Map{});
    at = &at->as_map().set(segments[i].key, Value());
  }
  return at;
}

Error too_deep(const KeyPath& path) {
  return refused("key of " + std::to_string(path.segments().size()) + " segments",
                 "nests deeper than " + std::to_string(max_depth));
}

}  // namespace

Result<KeyPath> KeyPath::parse(std::string_view text) {
  Result<std::vector<KeySegment>> segments = Parser(text).parse();
  if (!segments) return segments.error();
  KeyPath path;
  path.segments_ = std::move(*segments);
  if (path.segments_.size() >= max_depth) return too_deep(path);
  return path;
}

KeyPath KeyPath::of(std::string key) {
  KeyPath path;
  path.segments_.push_back({.key = std::move(key), .quoted = true});
  return path;
}

std::string quoted_key_text(std::string_view key) {
  std::string text = "\"";
  for (std::size_t at = 0; at < key.size();) {
    const std::size_t start = at;
    char32_t c = 0;
    if (!decode_utf8(key, at, c)) {
      text += key[at++];
      continue;
    }
    const std::string_view character = key.substr(start, at - start);
    if (character == "\"" || character == "\\")
      text.append("\\").append(character);
    else if (printable(character) != character)
      append_escape(text, c);
    else
      text += character;
  }
  return text + "\"";
}

std::string key_text(std::string_view key) {
  // One that begins with '-' would be taken for an option where a command expects KEY.
  const bool bare = !key.empty() && key.front() != '-' && std::all_of(key.begin(), key.end(), is_bare);
  return bare ? std::string(key) : quoted_key_text(key);
}

std::string KeyPath::text(std::size_t count) const {
  std::string text;
  for (std::size_t i = 0; i < std::min(count, segments_.size()); ++i) {
    const KeySegment& segment = segments_[i];
    if (segment.is_index) {
      text += "[" + std::to_string(segment.index) + "]";
      continue;
    }
    if (!text.empty()) text += '.';
    const bool habit = i == 0 && segment.quoted && segment.key == "status";  // refused without quotes
    text += habit ? quoted_key_text(segment.key) : key_text(segment.key);
  }
  return text;
}

bool find_assignment(std::string_view operand, AssignmentOperator& found) {
  bool quoted = false;
  for (std::size_t i = 0; i < operand.size(); ++i) {
    if (quoted && operand[i] == '\\') {
      ++i;
    } else if (operand[i] == '"') {
      quoted = !quoted;
    } else if (operand[i] == '=' && !quoted) {
      const char before = i > 0 ? operand[i - 1] : '\0';
      found.kind = before == ':'   ? AssignmentOperator::Kind::json
                   : before == '@' ? AssignmentOperator::Kind::file
                                   : AssignmentOperator::Kind::string;
      found.key_length = found.kind == AssignmentOperator::Kind::string ? i : i - 1;
      found.value_start = i + 1;
      return true;
    }
  }
  return false;
}

const Value* find(const Map& root, const KeyPath& path) {
  const auto& segments = path.segments();
  const Value* at = root.find(segments.front().key);
  for (std::size_t i = 1; at != nullptr && i < segments.size(); ++i) at = step(*at, segments[i]);
  return at;
}

const Value* find(const Value& root, const KeyPath& path) {
  return root.is_map() ? find(root.as_map(), path) : nullptr;
}

Outcome put(Value& root, const KeyPath& path, Value value) {
  Result<Value*> place = reach(root, path);
  if (!place) return place.error();
  **place = std::move(value);
  return Done{};
}

Outcome append(Value& root, const KeyPath& path, Value value, bool unique) {
  const Value* existing = find(root, path);
  if (existing != nullptr && !existing->is_list() && !existing->is_null()) {
    return refused("append to " + path.text(), "it is " + std::string(describe(existing->kind())) + ", not a list",
                   "start a list with: kratix-status set --json " + path.text() + " '[]'");
  }
  Result<Value*> place = reach(root, path);
  if (!place) return place.error();
  Value& list = **place;
  if (list.is_null()) list = Value(List{});
  List& items = list.as_list();
  if (unique && std::find(items.begin(), items.end(), value) != items.end()) return Done{};
  items.push_back(std::move(value));
  return Done{};
}

bool remove(Value& root, const KeyPath& path) {
  const auto& segments = path.segments();
  Value* parent = &root;
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
    parent = const_cast<Value*>(step(*parent, segments[i]));
    if (parent == nullptr) return false;
  }
  const KeySegment& last = segments.back();
  if (!last.is_index) return parent->is_map() && parent->as_map().erase(last.key);
  Value* item = parent->is_list() ? item_at(parent->as_list(), last.index) : nullptr;
  if (item == nullptr) return false;
  List& items = parent->as_list();
  items.erase(items.begin() + (item - items.data()));
  return true;
}

}  // namespace kratix_status
