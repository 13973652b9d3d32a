// exists: answers whether KEY has a value, by the exit code.
#include "invocation.h"
#include "output.h"

namespace kratix_status::cli {

int run_exists(Invocation& invocation) {
  if (invocation.operands().size() != 1) return report(invocation.usage("one KEY is needed"));
  Result<KeyPath> key = KeyPath::parse(invocation.operands().front());
  if (!key) return report(key.error());
  Result<Map> source = invocation.source(&*key);
  if (!source) return report(source.error());
  const Value* value = find(*source, *key);
  return value != nullptr && !value->is_null() ? 0 : 1;
}

}  // namespace kratix_status::cli
