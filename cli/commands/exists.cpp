// exists: answers whether KEY has a value, by the exit code.
#include "invocation.h"
#include "output.h"

namespace kratix_status::cli {

int run_exists(Invocation& invocation) {
  if (invocation.operands().size() != 1) return report(invocation.usage("one KEY is needed"));
  const Result<Value> value = invocation.value_at_key();
  if (!value) return report(value.error());
  return value->is_null() ? 1 : 0;
}

}  // namespace kratix_status::cli
