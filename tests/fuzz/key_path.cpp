// A text as a key path, and the path used on a random tree.
//
// Input: a length (two bytes), that many bytes of text, then decisions for the tree and for what is done to it. A path
// that parses prints as a text that parses as the same path, on one line that drives no terminal; a text that is UTF-8
// is one segment once it is quoted. put() and append() either do what they say and nothing else, or refuse and leave
// the tree as it was; remove() takes away what find() found, and nothing else. A path with a selector finds what was
// planted for it, refuses to choose between two, and never writes.
#include <cstddef>
#include <cstdint>

#include "check.h"
#include "kratix_status/json.h"
#include "kratix_status/key_path.h"
#include "random_value.h"
#include "value/message.h"
#include "value/utf8.h"

namespace {

using namespace kratix_status;
using fuzz::require;

bool same(const KeyPath& a, const KeyPath& b) {
  if (a.segments().size() != b.segments().size()) return false;
  for (std::size_t i = 0; i < a.segments().size(); ++i) {
    const KeySegment& one = a.segments()[i];
    const KeySegment& other = b.segments()[i];
    if (one.is_index != other.is_index || one.key != other.key || one.index != other.index) return false;
    if (one.field != other.field || (one.is_selector() && one.quoted != other.quoted)) return false;
  }
  return true;
}

// A place in any document: it, too, prints as a text that parses as the same, and is one line.
void check_document_text(const std::string& text, bool is_key) {
  const auto path = KeyPath::parse_in_document(text);
  require(path.ok() || !is_key, "a key is a place in a document");
  if (!path) return;
  const std::string typed = path->text();
  const auto again = KeyPath::parse_in_document(typed);
  require(again.ok() && same(*again, *path), "text() of a place in a document parses as the same");
  require(printable(typed) == typed, "text() of a place in a document is one line");
}

void check_text(const KeyPath& path) {
  const KeySegment& first = path.segments().front();
  require(!first.is_index && !first.is_selector(), "a path starts with a key");
  const std::string text = path.text();
  const auto again = KeyPath::parse(text);
  if (!again) fuzz::fail("text() parses", text + "\n" + fuzz::describe(again.error()));
  if (!same(*again, path)) fuzz::fail("text() parses as the same path", text);
  require(again->text() == text, "text() is settled");
  require(printable(text) == text, "text() is one line, and drives no terminal");
  require(!text.starts_with('-'), "text() is no option");
  require(text.starts_with(path.text(1)), "text(1) is its first segment");
}

// `text` as a segment of its own, of whatever path it becomes a part.
void check_quoted(const std::string& text) {
  const std::string quoted = quoted_key_text(text);
  require(printable(quoted) == quoted, "a quoted segment is one line, and drives no terminal");
  const auto path = KeyPath::parse("a." + quoted + "[0]");
  if (!path) fuzz::fail("a quoted segment parses", quoted + "\n" + fuzz::describe(path.error()));
  require(path->segments().size() == 3 && path->segments()[1].key == text, "a quoted segment is the text");
  AssignmentOperator found{};
  require(!find_assignment(quoted, found), "a quoted segment holds no operator");
}

void check_assignment(std::string_view operand) {
  AssignmentOperator found{};
  if (!find_assignment(operand, found)) return;
  require(found.key_length < found.value_start && found.value_start <= operand.size(), "the operator lies between");
  const std::string_view sign = operand.substr(found.key_length, found.value_start - found.key_length);
  const bool right = found.kind == AssignmentOperator::Kind::json   ? sign == ":="
                     : found.kind == AssignmentOperator::Kind::file ? sign == "@="
                                                                    : sign == "=";
  require(right, "the operator is what it is called");
  AssignmentOperator of_key{};
  require(!find_assignment(operand.substr(0, found.key_length), of_key), "the first operator counts");
}

// A step down that leads nowhere, so that what is there now can be compared with what was there before.
std::size_t size_of(const Value& value) {
  return value.is_list() ? value.as_list().size() : value.is_map() ? value.as_map().size() : 0;
}

void check_put(const Value& before, const KeyPath& path, const Value& value) {
  Value root = before;
  const Value* const old = find(before, path);
  const Outcome outcome = put(root, path, value);
  if (!outcome) {
    require(old == nullptr, "what is there can be set");
    require(to_json(root) == to_json(before), "put() refuses and leaves the tree as it was");
    require(outcome.error().kind == ErrorKind::refused, "put() refuses");
    return;
  }
  const Value* const now = find(root, path);
  require(now != nullptr && *now == value, "put() sets the value");
  if (old != nullptr) {
    const Value kept = *old;
    require(put(root, path, kept).ok() && to_json(root) == to_json(before), "put() sets nothing else");
    return;
  }
  require(!path.segments().back().is_index, "put() makes no items");
  require(remove(root, path) && find(root, path) == nullptr, "what put() made can be removed");
  require(put(root, path, value).ok(), "and made again");
}

void check_append(const Value& before, const KeyPath& path, const Value& value, bool unique) {
  Value root = before;
  const Value* const old = find(before, path);
  const Outcome outcome = append(root, path, value, unique);
  if (!outcome) {
    require(to_json(root) == to_json(before), "append() refuses and leaves the tree as it was");
    require(old == nullptr || !(old->is_list() || old->is_null()), "append() takes lists");
    return;
  }
  const Value* const now = find(root, path);
  require(now != nullptr && now->is_list(), "append() makes a list");
  const std::size_t count = old == nullptr ? 0 : size_of(*old);
  const bool held = count == now->as_list().size();
  require(held ? unique : now->as_list().size() == count + 1 && now->as_list().back() == value, "append() adds one");
  if (held) require(to_json(root) == to_json(before), "append() leaves a list that holds the value");
  if (!held && unique && old != nullptr && old->is_list()) {
    for (const Value& item : old->as_list()) require(!(item == value), "append() knows what the list holds");
  }
}

void check_remove(const Value& before, const KeyPath& path) {
  Value root = before;
  const bool there = find(before, path) != nullptr;
  require(remove(root, path) == there, "remove() removes what find() finds");
  if (!there) {
    require(to_json(root) == to_json(before), "remove() of nothing changes nothing");
    return;
  }
  const bool item = path.segments().back().is_index;
  require(item || find(root, path) == nullptr, "what is removed is gone");
  require(to_json(root) != to_json(before) || item, "remove() changes the tree");
  const Value* const found = find(before, path);
  require(!item || to_json(root).size() < to_json(before).size(), "remove() makes the tree smaller");
  if (!item) require(put(root, path, *found).ok() && root == before, "remove() removes nothing else");
}

std::size_t first_selector(const KeyPath& path) {
  std::size_t at = 0;
  while (at < path.segments().size() && !path.segments()[at].is_selector()) ++at;
  return at;
}

// A map that holds `value` at `field`, beside what `inner` holds.
Value with_field(Value inner, const std::vector<std::string>& field, const std::string& value) {
  Value item = inner.is_map() ? std::move(inner) : Value(Map{});
  Value nested(value);
  for (std::size_t i = field.size(); i > 1; --i) {
    Map map;
    map.set(field[i - 1], std::move(nested));
    nested = Value(std::move(map));
  }
  item.as_map().set(field.front(), std::move(nested));
  return item;
}

// A value in which `path` from segment `at` on leads somewhere. False if the path cannot: an index into a map, a
// selector that asks for another value of the key behind it, and lists too large to make.
bool plant(const KeyPath& path, std::size_t at, fuzz::Bytes& bytes, Value& value) {
  constexpr std::int64_t longest = 8;
  if (at == path.segments().size()) return value = fuzz::random_value(bytes), true;
  const KeySegment& segment = path.segments()[at];
  Value inner;
  if (!plant(path, at + 1, bytes, inner)) return false;
  if (segment.is_index) {
    if (segment.index >= longest || segment.index < -longest) return false;
    List list(static_cast<std::size_t>(segment.index < 0 ? -segment.index : segment.index + 1));
    list[static_cast<std::size_t>(segment.index < 0 ? 0 : segment.index)] = std::move(inner);
    value = Value(std::move(list));
  } else if (segment.is_selector()) {
    const bool is_last = at + 1 == path.segments().size();
    const KeySegment* next = is_last ? nullptr : &path.segments()[at + 1];
    if (next != nullptr && (next->is_index || next->is_selector() || next->key == segment.field.front())) return false;
    List list;
    if (bytes.below(2) == 1) list.push_back(with_field({}, segment.field, segment.key + "x"));
    list.push_back(with_field(std::move(inner), segment.field, segment.key));
    value = Value(std::move(list));
  } else {
    Map map;
    map.set(segment.key, std::move(inner));
    value = Value(std::move(map));
  }
  return true;
}

void check_selectors(Value root, const KeyPath& path, fuzz::Bytes& bytes) {
  const Result<const Value*> found = look_up(root, path);
  require(find(root, path) == (found ? *found : nullptr), "find() finds what look_up() finds");
  const std::string before = to_json(root);
  require(!put(root, path, Value(1.5)) && !append(root, path, Value(1.5), false) && !remove(root, path),
          "nothing is written at a selector");
  require(to_json(root) == before, "a selector leaves the tree as it was");
  Value planted;
  if (!plant(path, 0, bytes, planted)) return;
  require(find(planted, path) != nullptr, "a selector finds what was planted");
  const std::size_t at = first_selector(path);
  const auto list = KeyPath::parse(path.text(at));
  const auto item = KeyPath::parse(path.text(at + 1));
  require(list.ok() && item.ok(), "a part of a path parses");
  const Value twice = *find(planted, *item);
  const_cast<Value*>(find(planted, *list))->as_list().push_back(twice);
  const Result<const Value*> several = look_up(planted, path);
  require(!several && several.error().kind == ErrorKind::refused, "a selector does not choose between two");
  require(find(planted, path) == nullptr, "nor does find()");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Bytes bytes(data, size);
  const std::size_t high = bytes.byte();
  const std::string text = bytes.take(high << 8 | bytes.byte());
  check_assignment(text);
  if (find_invalid_utf8(text) == std::string::npos) check_quoted(text);
  const auto path = KeyPath::parse(text);
  check_document_text(text, path.ok());
  if (!path) {
    require(path.error().kind == ErrorKind::refused && !path.error().cause.empty(), "a refusal says why");
    return 0;
  }
  check_text(*path);
  require(KeyPath::of(text).top() == text, "of() takes a key literally");
  check_text(KeyPath::of(text));

  // Half of the trees have something on the way, else most paths would end at the root.
  Value root(fuzz::random_map(bytes));
  const bool planted = bytes.below(2) == 1;
  for (std::size_t i = 0; planted && i < path->segments().size(); ++i) {
    const auto prefix = KeyPath::parse(path->text(i + 1));
    if (prefix) (void)put(root, *prefix, fuzz::random_value(bytes));
  }
  if (first_selector(*path) < path->segments().size()) {
    check_selectors(std::move(root), *path, bytes);
    return 0;
  }
  const Value value = fuzz::random_value(bytes);
  check_put(root, *path, value);
  check_append(root, *path, value, bytes.below(2) == 1);
  check_remove(root, *path);
  return 0;
}
