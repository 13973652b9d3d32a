// Finds, sets and removes the value at the place that a KEY names, and types the KEY.
#include "kratix_status/key_path.h"

#include <algorithm>

#include "kratix_status/json.h"
#include "value/ascii.h"
#include "value/key_path_parser.h"
#include "value/message.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

// JSON's \uXXXX; a character beyond U+FFFF takes two.
void append_escape(std::string& out, char32_t c) {
  const auto append_unit = [&](char32_t unit) { append_code_escape(out, "\\u", unit, 4); };
  if (c < 0x10000) return append_unit(c);
  append_unit(0xD800 + ((c - 0x10000) >> 10));
  append_unit(0xDC00 + ((c - 0x10000) & 0x3FF));
}

// The item that `index` means, or nullptr.
template <typename Items>
auto* item_at(Items& items, std::int64_t index) {
  const auto size = static_cast<std::int64_t>(items.size());
  const std::int64_t at = index < 0 ? index + size : index;
  return at >= 0 && at < size ? &items[static_cast<std::size_t>(at)] : nullptr;
}

// Whether a selector means `item`.
bool is_selected(const Value& item, const KeySegment& selector) {
  const Value* at = find_field(item, selector);
  if (at == nullptr) return false;
  if (at->is_string()) return at->as_string() == selector.key;
  const bool is_scalar = !at->is_null() && !at->is_list() && !at->is_map();
  return is_scalar && !selector.quoted && to_json(*at) == selector.key;
}

struct Selected {
  const Value* first = nullptr;
  std::size_t position = 0;  // of the first
  std::size_t count = 0;
};

Selected select(const Value& list, const KeySegment& selector) {
  Selected selected;
  if (!list.is_list()) return selected;
  for (const Value& item : list.as_list()) {
    if (!is_selected(item, selector) || selected.count++ > 0) continue;
    selected.first = &item;
    selected.position = static_cast<std::size_t>(&item - list.as_list().data());
  }
  return selected;
}

Error selects_several(const KeyPath& path, std::size_t count, const Selected& selected) {
  const std::string list = path.text(count);
  return refused("key " + path.text(),
                 segment_text(path.segments()[count]) + " selects " + std::to_string(selected.count) + " items" +
                     (count == 0 ? "" : " of " + list) + ", and must select one",
                 "name one by its position: " + list + "[" + std::to_string(selected.position) + "] is the first");
}

// The first segment that is a selector, or their number.
std::size_t first_selector(const KeyPath& path) {
  const auto& segments = path.segments();
  const auto found =
      std::find_if(segments.begin(), segments.end(), [](const KeySegment& segment) { return segment.is_selector(); });
  return static_cast<std::size_t>(found - segments.begin());
}

constexpr const char* condition_hint =
    "set a condition with: kratix-status condition set TYPE True|False|Unknown --reason REASON";

Error cannot_go_down(const KeyPath& path, std::size_t count, const Value& parent) {
  const KeySegment& segment = path.segments()[count];
  Error error = refused("key " + path.text(), {});
  const std::string parent_name = path.text(count);
  if (segment.is_index && parent.is_null()) {
    error.cause = parent_name + " is not in the file, and has no items";
    error.fix = "start it with: kratix-status append " + parent_name + " VALUE";
  } else if (segment.is_index && parent.is_list()) {
    const std::size_t size = parent.as_list().size();
    error.cause = parent_name + " has " + (size == 1 ? "1 item" : std::to_string(size) + " items");
    error.fix = "add one with: kratix-status append " + parent_name + " VALUE";
  } else if (segment.is_index) {
    error.cause = parent_name + " is " + std::string(describe(parent.kind())) + ", not a list";
  } else if (parent.is_list()) {
    error.cause = parent_name + " is a list";
    error.fix = "name an item: " + parent_name + "[0]";
  } else {
    error.cause = parent_name + " is " + std::string(describe(parent.kind())) + ", which cannot have keys below it";
    error.fix = "unset " + parent_name + " first, or choose another key";
  }
  if (segment.is_index && !error.fix.empty() && parent_name == "conditions") error.fix = condition_hint;
  return error;
}

// The value at `path`; a missing key at its end is created as null. Creates the missing or null maps before it. If the
// path cannot be followed, nothing has been created.
Result<Value*> reach(Value& root, const KeyPath& path) {
  if (Outcome writable = check_writable(path); !writable) return writable.error();
  Value* at = &root;
  const auto& segments = path.segments();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (at->is_null() && segments[i].is_index) return cannot_go_down(path, i, *at);
    if (const Value* next = find_in(*at, segments[i])) {
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

Result<KeyPath> KeyPath::parse(std::string_view text) { return parse(text, false); }
Result<KeyPath> KeyPath::parse_in_document(std::string_view text) { return parse(text, true); }

Result<KeyPath> KeyPath::parse(std::string_view text, bool any_root) {
  Result<std::vector<KeySegment>> segments = parse_key_segments(text, any_root);
  if (!segments) return segments.error();
  KeyPath path;
  path.segments_ = std::move(*segments);
  if (path.segments_.size() >= max_depth) return too_deep(path);
  return path;
}

Result<KeyPath> KeyPath::child(std::string key) const {
  KeyPath path = *this;
  path.segments_.push_back({.key = std::move(key), .quoted = true});
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
  const bool bare = !key.starts_with('-') && is_bare_key(key);
  return bare ? std::string(key) : quoted_key_text(key);
}

std::string segment_text(const KeySegment& segment) {
  if (segment.is_index) return "[" + std::to_string(segment.index) + "]";
  if (!segment.is_selector()) return key_text(segment.key);
  std::string text = "[";
  for (const std::string& key : segment.field) text.append(text.size() > 1 ? "." : "").append(key_text(key));
  const bool bare = !segment.quoted && is_bare_selected_value(segment.key);
  return text + "=" + (bare ? segment.key : quoted_key_text(segment.key)) + "]";
}

std::string KeyPath::text(std::size_t count) const {
  std::string text;
  for (std::size_t i = 0; i < std::min(count, segments_.size()); ++i) {
    const KeySegment& segment = segments_[i];
    if (!text.empty() && !segment.is_index && !segment.is_selector()) text += '.';
    const bool habit = i == 0 && segment.quoted && segment.key == "status";  // refused without quotes
    text += habit ? quoted_key_text(segment.key) : segment_text(segment);
  }
  return text.empty() && segments_.empty() ? "." : text;
}

namespace {

// The position of the ']' that closes the bracket at `at`; npos if there is none.
std::size_t end_of_bracket(std::string_view text, std::size_t at) {
  bool quoted = false;
  for (std::size_t i = at; i < text.size(); ++i) {
    if (quoted && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (text[i] == ']' && !quoted)
      return i;
  }
  return std::string_view::npos;
}

}  // namespace

bool find_assignment(std::string_view operand, AssignmentOperator& found) {
  bool quoted = false;
  bool may_close = true;  // a bracket that is open; one that is not closed is none
  for (std::size_t i = 0; i < operand.size(); ++i) {
    if (quoted && operand[i] == '\\') {
      ++i;
    } else if (operand[i] == '[' && !quoted && may_close) {
      const std::size_t end = end_of_bracket(operand, i);
      may_close = end != std::string_view::npos;
      if (may_close) i = end;
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

Outcome check_writable(const KeyPath& path) {
  const std::size_t at = first_selector(path);
  if (at == path.segments().size()) return Done{};
  const bool is_condition = at == 1 && path.top() == "conditions";
  return refused("key " + path.text(),
                 "a selector such as " + segment_text(path.segments()[at]) + " is for reading only",
                 is_condition ? condition_hint : "name the item by its position: " + path.text(at) + "[0]");
}

const Value* find_in(const Value& parent, const KeySegment& segment) {
  if (segment.is_index) return parent.is_list() ? item_at(parent.as_list(), segment.index) : nullptr;
  if (segment.is_selector()) {
    const Selected selected = select(parent, segment);
    return selected.count == 1 ? selected.first : nullptr;
  }
  return parent.is_map() ? parent.as_map().find(segment.key) : nullptr;
}

const Value* find_field(const Value& item, const KeySegment& selector) {
  const Value* at = &item;
  for (const std::string& key : selector.field) {
    at = at != nullptr && at->is_map() ? at->as_map().find(key) : nullptr;
  }
  return at;
}

Result<const Value*> look_up(const Value& root, const KeyPath& path) {
  const auto& segments = path.segments();
  const Value* at = &root;
  for (std::size_t i = 0; at != nullptr && i < segments.size(); ++i) {
    if (segments[i].is_selector()) {
      const Selected selected = select(*at, segments[i]);
      if (selected.count > 1) return selects_several(path, i, selected);
    }
    at = find_in(*at, segments[i]);
  }
  return at;
}

const Value* find(const Map& root, const KeyPath& path) {
  const auto& segments = path.segments();
  const Value* at = root.find(segments.front().key);
  for (std::size_t i = 1; at != nullptr && i < segments.size(); ++i) at = find_in(*at, segments[i]);
  return at;
}

const Value* find(const Value& root, const KeyPath& path) {
  const auto& segments = path.segments();
  const Value* at = &root;
  for (std::size_t i = 0; at != nullptr && i < segments.size(); ++i) at = find_in(*at, segments[i]);
  return at;
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
    const std::string key = path.text();
    Error error = refused("append to " + key, "it is " + std::string(describe(existing->kind())) + ", not a list",
                          "unset " + key + " first, or choose another key");
    if (key == "message") error.fix = "give it as one string: kratix-status set message TEXT";
    return error;
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
  if (!check_writable(path)) return false;
  Value* parent = &root;
  for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
    parent = const_cast<Value*>(find_in(*parent, segments[i]));
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
