// Any bytes, read as JSON: by parse_json() and by a second, strict reading of RFC 8259 (strict_json.h).
//
// parse_json() takes nothing that the grammar does not; what it takes is the same value to both, and is the same after
// to_json() and back. What it refuses though it is grammatical has one of the reasons that json.h names.
// The exception: 1e20 is taken and comes out as 100000000000000000000, an integer beyond 2^53, which is refused.
#include <cstddef>
#include <cstdint>

#include "check.h"
#include "kratix_status/json.h"
#include "random_value.h"
#include "strict_json.h"

namespace {

using namespace kratix_status;
using fuzz::require;

void check_accepted(const Value& value, const fuzz::StrictJson& strict) {
  require(strict.grammatical, "what parse_json() takes is JSON");
  require(strict.value == value, "both readers see the same value");
  require(!strict.duplicate_key, "duplicate keys are refused");
  require(!strict.half_surrogate, "half surrogate pairs are refused");
  require(!strict.large_integer, "integers beyond 2^53 are refused");
  require(strict.depth <= max_depth, "deep nesting is refused");
  const std::string text = to_json(value);
  const auto again = parse_json(text);
  if (!again && fuzz::has_number_beyond_exact(value)) return;
  if (!again || !(*again == value)) fuzz::fail("to_json() and back is the same", text);
  require(to_json(*again) == text, "to_json() is settled after one round");
}

void check_refused(const Error& error, const fuzz::StrictJson& strict) {
  require(error.kind == ErrorKind::refused && !error.cause.empty(), "a refusal says why");
  if (!strict.grammatical) return;
  const bool reason = strict.duplicate_key || strict.half_surrogate || strict.large_integer || strict.many_digits ||
                      strict.depth > max_depth;
  if (!reason) fuzz::fail("JSON is taken", fuzz::describe(error));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const fuzz::StrictJson strict = fuzz::read_strict_json(text);
  const auto value = parse_json(text);
  require(is_json(text) == strict.grammatical, "is_json() knows the grammar");
  if (value)
    check_accepted(*value, strict);
  else
    check_refused(value.error(), strict);
  return 0;
}
