// KeyPath: the place of a value in a status, as it is typed on a command line.
//
//   a.b.c    labels."app.kubernetes.io/name"    labels["app.kubernetes.io/name"]    ports[0]    ports[-1]
//
// A bare segment holds ASCII letters, digits, '_' and '-'. A quoted one is a JSON string (RFC 8259), with all of its
// escapes. One leading dot is accepted, since yq and jq write it. parse() fails with ErrorKind::refused and a caret
// under the character at fault.
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
  std::string key{};       // a key of a map, if !is_index
  std::int64_t index = 0;  // a position in a list, negative from the end, if is_index
  bool is_index = false;
  bool quoted = false;
};

class KeyPath {
 public:
  static Result<KeyPath> parse(std::string_view text);
  static KeyPath of(std::string key);  // one segment, taken literally

  // Never empty, and the first segment is never an index.
  const std::vector<KeySegment>& segments() const { return segments_; }
  const std::string& top() const { return segments_.front().key; }

  // As one would type it, the first `count` segments of it (all by default).
  std::string text(std::size_t count = SIZE_MAX) const;

 private:
  std::vector<KeySegment> segments_;
};

// The operator of an assignment such as `a.b=x`, `a:=1` or `a@=file`: where the key ends and the value begins.
struct AssignmentOperator {
  enum class Kind { string, json, file } kind;
  std::size_t key_length;
  std::size_t value_start;
};

// Looks for the first '=' outside quotes; nothing to the right of it is ever interpreted.
// False if `operand` has none, and so is no assignment.
bool find_assignment(std::string_view operand, AssignmentOperator& found);

// nullptr if there is nothing at `path`: a key is missing, or its parent is a scalar.
const Value* find(const Value& root, const KeyPath& path);
const Value* find(const Map& root, const KeyPath& path);

// Sets `path` to `value`, making the maps on the way (a null on the way counts as missing).
// Refused, and `root` left as it was: a way through a scalar, a key into a list, an index into a map, and an
// index that does not exist.
Outcome put(Value& root, const KeyPath& path, Value value);

// Adds `value` to the list at `path`, making it if it is missing or null. With `unique`, not if the list holds it.
Outcome append(Value& root, const KeyPath& path, Value value, bool unique);

// True if there was something to remove. Items after a removed list item move up.
bool remove(Value& root, const KeyPath& path);

}  // namespace kratix_status
