// How Kratix types a scalar of YAML.
//
// Kratix reads with sigs.k8s.io/yaml 1.6 on go-yaml v2.4 (resolve.go), which follows YAML 1.1 in parts: y and no
// are booleans, 0644 is octal, 1_000 and 1234e56 are numbers; sexagesimals and timestamps are strings.
// Numbers beyond a double's range stay strings, and integers beyond 64 bits become floats.
#pragma once

#include <cstdint>
#include <string_view>

#include "kratix_status/value.h"

namespace kratix_status {

// A scalar's type before it is narrowed to a Value. Keys need the difference between integer and float,
// since Kratix prints them differently.
struct Scalar {
  enum class Type {
    null,
    boolean,
    integer,           // fits in 64 bits with a sign
    unsigned_integer,  // only fits without one
    floating,          // may be infinite or not a number: Kratix cannot publish those
    string,
  };
  Type type = Type::string;
  bool boolean = false;
  std::int64_t integer = 0;
  std::uint64_t unsigned_integer = 0;
  double floating = 0;
  bool rounded = false;  // the text has digits that a double does not keep
};

// Which readers give a word its meaning; the others read text. Kratix's reader knows all words.
enum class Readers : std::uint8_t { all, yaml_1_1, kratix };

// A plain scalar that is null, a boolean or a special number.
struct Word {
  char text[6];  // ends with a zero; not a pointer, which every start of the program would have to adjust
  Readers readers;
  Scalar::Type type;
  bool boolean = false;
  double floating = 0;
};

// The word that is spelled `text`, or nullptr. Only these spellings count: yEs and oN are strings.
const Word* find_word(std::string_view text);

// Types a plain scalar without a tag. Type::string means that the text itself is the value.
Scalar type_plain_scalar(std::string_view text);

// The value that Kratix makes of a scalar that is not a string. False for a string, and for a number that JSON does not
// have.
bool value_of(const Scalar& scalar, Value& value);

// Whether every reader of YAML 1.1 or 1.2 reads the plain `text` as a string. If not, it must be written with quotes.
bool is_safe_plain(std::string_view text);

// "int" for "tag:yaml.org,2002:int", which is written !!int; empty for a tag outside YAML's own name space.
std::string_view core_tag_name(std::string_view tag);

}  // namespace kratix_status
