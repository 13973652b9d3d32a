// Any bytes, through our reader and through Kratix's own (sigs.k8s.io/yaml on go-yaml v2). We may refuse more than
// Kratix does, which is counted; what we accept, Kratix accepts, with the same value, before and after a rewrite.
//
// Keys that collide once they are strings (`yes` and `"true"`) are resolved by chance in Kratix. So it is asked again
// before a difference is called one: an answer that it may give is no difference.
//
// There is no target against libyaml's events alone: our reader compares its own with them on every document, and
// Kratix's reader, whose parser is a port of libyaml, is the stricter judge of what they mean.
#include <cstddef>
#include <cstdint>
#include <cstdio>

#include "check.h"
#include "kratix_reader.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "strict_json.h"

namespace {

using namespace kratix_status;

constexpr int times_to_ask = 24;

struct Counts {
  std::size_t same = 0, both_refuse = 0, refused_though_read = 0, unknown = 0;
  ~Counts() {
    std::fprintf(stderr,
                 "\nfuzz-differential: same: %zu, both refuse: %zu, refused though Kratix reads: %zu, unknown: %zu\n",
                 same, both_refuse, refused_though_read, unknown);
  }
} counts;

// With zeros made equal: the corpus, like most JSON libraries, does not tell -0 from 0.
Value plain(const Value& value) {
  if (value.kind() == Value::Kind::floating && value.as_float() == 0) return Value::integer(0);
  if (value.is_list()) {
    List list;
    for (const Value& item : value.as_list()) list.push_back(plain(item));
    return Value(std::move(list));
  }
  if (!value.is_map()) return value;
  Map map;
  for (const auto& [key, member] : value.as_map()) map.set(key, plain(member));
  return Value(std::move(map));
}

bool agrees(const fuzz::KratixAnswer& answer, const Value& value) {
  if (answer.refused) return false;
  const fuzz::StrictJson json = fuzz::read_strict_json(answer.text);
  if (!json.grammatical) fuzz::fail("Kratix's answer is JSON", answer.text);
  return json.value == value || plain(json.value) == plain(value);
}

void require_same(std::string_view document, fuzz::KratixAnswer answer, const Value& value, std::string_view law) {
  for (int i = 0; i < times_to_ask; ++i) {
    if (agrees(answer, value)) return;
    answer = *fuzz::ask_kratix(document);
  }
  fuzz::fail(law, std::string(document) + "\nours:   " + to_json(value) +
                      (answer.refused ? "\nKratix refuses: " : "\nKratix: ") + answer.text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto ours = read_yaml(text, "status.yaml");
  const auto answer = fuzz::ask_kratix(text);
  if (!answer) {
    ++counts.unknown;
    return 0;
  }
  if (!ours) {
    ++(answer->refused ? counts.both_refuse : counts.refused_though_read);
    return 0;
  }
  require_same(text, *answer, ours->value, "we accept what Kratix accepts, with the same value");
  const auto written = write_yaml(ours->value);
  if (!written) fuzz::fail("what is read can be written", fuzz::describe(written.error()));
  const auto again = fuzz::ask_kratix(*written);
  if (again) require_same(*written, *again, ours->value, "Kratix reads the same after a rewrite");
  ++counts.same;
  return 0;
}
