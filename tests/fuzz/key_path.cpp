// A text as a key path, and the path used on a random tree.
//
// Input: a length (two bytes), that many bytes of text, then decisions for the tree and for what is done to it. A path
// that parses prints as a text that parses as the same path, on one line that drives no terminal; a text that is UTF-8
// is one segment once it is quoted. put() and append() either do what they say and nothing else, or refuse and leave
// the tree as it was; remove() takes away what find() found, and nothing else.
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
  }
  return true;
}

void check_text(const KeyPath& path) {
  require(!path.segments().empty() && !path.segments().front().is_index, "a path starts with a key");
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Bytes bytes(data, size);
  const std::size_t high = bytes.byte();
  const std::string text = bytes.take(high << 8 | bytes.byte());
  check_assignment(text);
  if (find_invalid_utf8(text) == std::string::npos) check_quoted(text);
  const auto path = KeyPath::parse(text);
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
  const Value value = fuzz::random_value(bytes);
  check_put(root, *path, value);
  check_append(root, *path, value, bytes.below(2) == 1);
  check_remove(root, *path);
  return 0;
}
