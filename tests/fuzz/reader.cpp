// Any bytes, read as YAML. What is accepted can be written, reads back as the same value without findings, and
// survives JSON; what is refused is refused with a message that is fit for a terminal.
//
// parse_json() may refuse the JSON of an accepted file in one case: a number beyond 2^53, which Kratix rounds (and so
// a file may hold), but nobody may set. The writer may refuse nothing that the reader took.
#include <cstddef>
#include <cstdint>

#include "check.h"
#include "kratix_status/finding.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "random_value.h"
#include "strict_json.h"
#include "value/message.h"
#include "value/utf8.h"

namespace {

using namespace kratix_status;
using fuzz::require;

void check_message(const std::string& text, bool lines) {
  require(find_invalid_utf8(text) == std::string::npos, "a message is valid UTF-8");
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    require((byte >= 0x20 && byte != 0x7F) || (lines && c == '\n'), "a message holds no control characters");
  }
}

void check_refusal(const Error& error) {
  require(error.kind == ErrorKind::malformed, "a file that is refused is malformed");
  require(error.context.starts_with("status.yaml") && !error.cause.empty(), "a refusal names file and cause");
  check_message(printable(error.context), false);
  check_message(printable(error.cause), false);
  check_message(error.excerpt, true);
}

void check_findings(const Findings& findings) {
  for (const Finding& finding : findings) {
    require(finding.at.line > 0 && finding.at.column > 0 && !finding.message.empty(), "a finding has a place");
  }
}

void check_rewriting(const Value& value) {
  const auto text = write_yaml(value);
  if (!text) fuzz::fail("what is read can be written", fuzz::describe(text.error()));
  const auto again = read_yaml(*text, "again");
  if (!again) fuzz::fail("what is written can be read", *text + "\n" + fuzz::describe(again.error()));
  if (!(again->value == value)) fuzz::fail("what is written reads as what was read", *text);
  if (!again->findings.empty()) fuzz::fail("what is written has no findings", *text);
}

void check_json(const Value& value) {
  const std::string text = to_json(value);
  const fuzz::StrictJson strict = fuzz::read_strict_json(text);
  if (!strict.grammatical || !(strict.value == value)) fuzz::fail("to_json() gives the value in JSON", text);
  const auto parsed = parse_json(text);
  if (!parsed && fuzz::has_number_beyond_exact(value)) return;
  if (!parsed) fuzz::fail("parse_json() takes what to_json() gives", text + "\n" + fuzz::describe(parsed.error()));
  if (!(*parsed == value)) fuzz::fail("JSON there and back is the same", text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = read_yaml({reinterpret_cast<const char*>(data), size}, "status.yaml");
  if (!document) {
    check_refusal(document.error());
    return 0;
  }
  require(document->value.is_map(), "a status is a map");
  check_findings(document->findings);
  check_rewriting(document->value);
  check_json(document->value);
  return 0;
}
