// keys: prints the keys of a map, each so that it can be given back as KEY.
#include "invocation.h"
#include "output.h"

namespace kratix_status::cli {

int run_keys(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.size() > 1) return report(invocation.usage("at most one KEY"));
  const Result<Value> value = invocation.value_at_key();
  if (!value) return report(value.error());
  if (!value->is_map()) return 1;
  std::string text;
  for (const auto& [name, member] : value->as_map()) text += KeyPath::of(name).text() + "\n";
  return answer(text);
}

}  // namespace kratix_status::cli
