// What the suites share: values written as JSON, and errors as one text to compare whole.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "kratix_status/json.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"
#include "value/message.h"

namespace kratix_status {

inline std::ostream& operator<<(std::ostream& out, const Value& value) { return out << to_json(value); }
inline std::ostream& operator<<(std::ostream& out, const Map& map) { return out << to_json(Value(map)); }

namespace test {

inline std::string_view name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage: return "usage";
    case ErrorKind::refused: return "refused";
    case ErrorKind::malformed: return "malformed";
    case ErrorKind::io: return "io";
  }
  return "unknown";
}

// "KIND: CONTEXT: CAUSE (CURE)", newline, excerpt: each part only if it is there, and escaped as the command prints it.
inline std::string whole(const Error& error) {
  std::string text(name_of(error.kind));
  if (!error.context.empty()) text += ": " + printable(error.context);
  text += ": " + printable(error.cause);
  if (!error.fix.empty()) text += " (" + error.fix + ")";
  if (!error.excerpt.empty()) text += "\n" + error.excerpt;
  return text;
}

// Warnings as the command prints them.
inline std::vector<std::string> escaped(std::vector<std::string> warnings) {
  for (std::string& warning : warnings) warning = printable(warning);
  return warnings;
}

// "ok", or the error whole.
template <typename T>
std::string outcome(const Result<T>& result) {
  return result.ok() ? std::string("ok") : whole(result.error());
}

// REQUIRES: `text` is JSON that Kratix could show
inline Value json(std::string_view text) {
  Result<Value> value = parse_json(text);
  INFO(text);
  REQUIRE(outcome(value) == "ok");
  return *value;
}

inline Map map(std::string_view text) { return json(text).as_map(); }

}  // namespace test
}  // namespace kratix_status
