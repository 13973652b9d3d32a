// Types plain scalars by the patterns of YAML 1.1 and 1.2.
#include "validate/other_readers.h"

#include <algorithm>

#include "yaml/typing.h"

namespace kratix_status {

namespace {

constexpr std::string_view decimal = "0123456789";
constexpr std::string_view decimal_or_underscore = "0123456789_";

// Matches a text piece by piece, from the front. Each call returns whether it matched, and removes what it matched.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  bool one_of(std::string_view set) {
    const bool found = !rest_.empty() && set.find(rest_.front()) != std::string_view::npos;
    if (found) rest_.remove_prefix(1);
    return found;
  }
  bool many_of(std::string_view set) {
    const std::size_t count = std::min(rest_.find_first_not_of(set), rest_.size());
    rest_.remove_prefix(count);
    return count > 0;
  }
  bool word(std::string_view word) {
    const bool found = rest_.starts_with(word);
    if (found) rest_.remove_prefix(word.size());
    return found;
  }
  // From `least` to `most` digits.
  bool digits(std::size_t least, std::size_t most) {
    const std::size_t count = std::min(rest_.find_first_not_of(decimal), rest_.size());
    if (count < least || count > most) return false;
    rest_.remove_prefix(count);
    return true;
  }

 private:
  std::string_view rest_;
};

// [-+]?0b[0-1_]+ | [-+]?0x[0-9a-fA-F_]+ | [-+]?0[0-7_]* | [-+]?[1-9][0-9_]*
bool is_integer_1_1(std::string_view text) {
  Cursor cursor(text);
  cursor.one_of("+-");
  if (cursor.word("0b")) return cursor.many_of("01_") && cursor.done();
  if (cursor.word("0x")) return cursor.many_of("0123456789abcdefABCDEF_") && cursor.done();
  if (cursor.one_of("0")) {
    cursor.many_of("01234567_");
    return cursor.done();
  }
  if (!cursor.one_of("123456789")) return false;
  cursor.many_of(decimal_or_underscore);
  return cursor.done();
}

// [-+]?([0-9][0-9_]*)?\.[0-9_]*([eE][-+][0-9]+)?, with a digit somewhere before the exponent
bool is_float_1_1(std::string_view text) {
  Cursor cursor(text);
  cursor.one_of("+-");
  const bool whole = cursor.one_of(decimal);
  if (whole) cursor.many_of(decimal_or_underscore);
  if (!cursor.one_of(".")) return false;
  if (!whole && !cursor.one_of(decimal)) return false;
  cursor.many_of(decimal_or_underscore);
  if (cursor.done()) return true;
  return cursor.one_of("eE") && cursor.one_of("+-") && cursor.many_of(decimal) && cursor.done();
}

// [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?
bool is_sexagesimal(std::string_view text) {
  Cursor cursor(text);
  cursor.one_of("+-");
  if (!cursor.one_of(decimal)) return false;
  cursor.many_of(decimal_or_underscore);
  std::size_t groups = 0;
  for (; cursor.one_of(":"); ++groups) {
    const bool tens = cursor.one_of("012345");
    if (!cursor.one_of(decimal) && !tens) return false;
  }
  if (groups > 0 && cursor.one_of(".")) cursor.many_of(decimal_or_underscore);
  return groups > 0 && cursor.done();
}

// 2024-08-21 | 2024-8-21T10:27:45.5 +02:00 and so on
bool is_time(std::string_view text) {
  Cursor date(text);
  if (!date.digits(4, 4) || !date.one_of("-") || !date.digits(1, 2) || !date.one_of("-") || !date.digits(1, 2))
    return false;
  if (date.done()) return text.size() == std::string_view("0000-00-00").size();
  if (!date.one_of("Tt") && !date.many_of(" \t")) return false;
  if (!date.digits(1, 2) || !date.one_of(":") || !date.digits(2, 2) || !date.one_of(":") || !date.digits(2, 2))
    return false;
  if (date.one_of(".")) date.many_of(decimal);
  date.many_of(" \t");
  if (date.done() || date.one_of("Z")) return date.done();
  if (!date.one_of("+-") || !date.digits(1, 2)) return false;
  return date.done() || (date.one_of(":") && date.digits(2, 2) && date.done());
}

// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool is_number_1_2(std::string_view text) {
  Cursor cursor(text);
  if (cursor.word("0o")) return cursor.many_of("01234567") && cursor.done();
  if (cursor.word("0x")) return cursor.many_of("0123456789abcdefABCDEF") && cursor.done();
  cursor.one_of("+-");
  const bool whole = cursor.many_of(decimal);
  const bool fraction = cursor.one_of(".") && cursor.many_of(decimal);
  if (!whole && !fraction) return false;
  if (!cursor.one_of("eE")) return cursor.done();
  cursor.one_of("+-");
  return cursor.many_of(decimal) && cursor.done();
}

ScalarKind kind_of(const Word& word) {
  if (word.type == Scalar::Type::null) return ScalarKind::null;
  return word.type == Scalar::Type::boolean ? ScalarKind::boolean : ScalarKind::number;
}

}  // namespace

ScalarKind kind_in_yaml_1_1(std::string_view text) {
  if (const Word* word = find_word(text)) return word->readers == Readers::kratix ? ScalarKind::text : kind_of(*word);
  if (is_integer_1_1(text) || is_float_1_1(text) || is_sexagesimal(text)) return ScalarKind::number;
  return is_time(text) ? ScalarKind::time : ScalarKind::text;
}

ScalarKind kind_in_yaml_1_2(std::string_view text) {
  if (const Word* word = find_word(text)) return word->readers == Readers::all ? kind_of(*word) : ScalarKind::text;
  return is_number_1_2(text) ? ScalarKind::number : ScalarKind::text;
}

bool has_leading_zero(std::string_view text) {
  Cursor cursor(text);
  cursor.one_of("+-");
  return cursor.one_of("0") && cursor.many_of(decimal_or_underscore) && cursor.done();
}

}  // namespace kratix_status
