// KeyPath: the place of a value in a status, as it is typed on a command line.
//
//   a.b.c    labels."app.kubernetes.io/name"    labels["app.kubernetes.io/name"]    ports[0]    ports[-1]
//   conditions[type=Ready].status    items[metadata.name="a b"]
//
// A bare segment holds ASCII letters, digits, '_' and '-'. A quoted one is a JSON string (RFC 8259), with all of its
// escapes. One leading dot is accepted, since yq and jq write it. parse() fails with ErrorKind::refused and a caret
// under the character at fault.
//
// A selector, [FIELD=VALUE], is the one item of a list that holds VALUE at FIELD, keys with points between them. A bare
// VALUE holds letters, digits and _-./: and also means a number or boolean of that spelling; one in quotes is a JSON
// string, and means only a string. Selectors are for reading.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// One key of a map as it is typed in a path, in quotes where it needs them. It is always one line, and drives no
// terminal: in quotes, what printable() would change is written as \uXXXX. REQUIRES: `key` is valid UTF-8
std::string key_text(std::string_view key);

// The same, always in quotes: with it, any text is one segment of a path, wherever in the path it is put.
std::string quoted_key_text(std::string_view key);

struct KeySegment {
  std::string key{};       // a key of a map; the VALUE of a selector
  std::int64_t index = 0;  // a position in a list, negative from the end, if is_index
  bool is_index = false;
  bool quoted = false;
  std::vector<std::string> field{};  // of a selector; else empty

  bool is_selector() const { return !field.empty(); }
};

// A segment as it is typed: key, "a b", [0] or [type=Ready].
std::string segment_text(const KeySegment& segment);

class KeyPath {
 public:
  static Result<KeyPath> parse(std::string_view text);
  static KeyPath of(std::string key);  // one segment, taken literally

  // A place in any document, whose root may be a list or a scalar: the first segment may be an index or a selector, and
  // "." is the root, a path without segments.
  static Result<KeyPath> parse_in_document(std::string_view text);

  // The place of `key`, taken literally, below this one.
  Result<KeyPath> child(std::string key) const;

  // Unless it is of parse_in_document(): never empty, and the first segment is a key.
  const std::vector<KeySegment>& segments() const { return segments_; }
  const std::string& top() const { return segments_.front().key; }

  // As one would type it, the first `count` segments of it (all by default).
  std::string text(std::size_t count = SIZE_MAX) const;

 private:
  static Result<KeyPath> parse(std::string_view text, bool any_root);

  std::vector<KeySegment> segments_;
};

// The operator of an assignment such as `a.b=x`, `a:=1` or `a@=file`: where the key ends and the value begins.
struct AssignmentOperator {
  enum class Kind { string, json, file } kind;
  std::size_t key_length;
  std::size_t value_start;
};

// Looks for the first '=' outside quotes and brackets; nothing to the right of it is ever interpreted.
// False if `operand` has none, and so is no assignment.
bool find_assignment(std::string_view operand, AssignmentOperator& found);

// nullptr if there is nothing at `path`: a key is missing, its parent is a scalar, or a selector does not select
// exactly one item.
const Value* find(const Value& root, const KeyPath& path);
const Value* find(const Map& root, const KeyPath& path);  // REQUIRES: `path` has a segment

// The same one segment down.
const Value* find_in(const Value& parent, const KeySegment& segment);

// What an item of a list holds where `selector` looks; nullptr if that is nothing.
const Value* find_field(const Value& item, const KeySegment& selector);

// find() that refuses a selector of more than one item, and says how many there are.
Result<const Value*> look_up(const Value& root, const KeyPath& path);

// Refuses a path with a selector: what is written must not depend on what is there.
Outcome check_writable(const KeyPath& path);

// Sets `path` to `value`, making the maps on the way (a null on the way counts as missing).
// Refused, and `root` left as it was: a way through a scalar, a key into a list, an index into a map, an index that
// does not exist, and a selector.
Outcome put(Value& root, const KeyPath& path, Value value);

// Adds `value` to the list at `path`, making it if it is missing or null. With `unique`, not if the list holds it.
Outcome append(Value& root, const KeyPath& path, Value value, bool unique);

// True if there was something to remove, which is never at a selector. Items after a removed list item move up.
bool remove(Value& root, const KeyPath& path);

}  // namespace kratix_status
