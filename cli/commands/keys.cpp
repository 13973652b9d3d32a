// keys: prints the keys of a map, each so that it can be given back as KEY.
#include "invocation.h"
#include "output.h"

namespace kratix_status::cli {

int run_keys(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.size() > 1) return report(invocation.usage("at most one KEY"));
  Result<KeyPath> key = operands.empty() ? KeyPath::of("") : KeyPath::parse(operands.front());
  if (!key) return report(key.error());
  Result<Map> source = invocation.source(operands.empty() ? nullptr : &*key);
  if (!source) return report(source.error());
  const Value whole = operands.empty() ? Value(std::move(*source)) : Value();
  const Value* value = operands.empty() ? &whole : find(*source, *key);
  if (value == nullptr || !value->is_map()) return 1;
  std::string text;
  for (const auto& [name, member] : value->as_map()) text += KeyPath::of(name).text() + "\n";
  return answer(text);
}

}  // namespace kratix_status::cli
