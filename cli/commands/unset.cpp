// unset: removes keys from status.yaml.
#include "invocation.h"
#include "operands.h"
#include "output.h"

namespace kratix_status::cli {

int run_unset(Invocation& invocation) {
  if (invocation.operands().empty()) return report(invocation.usage("KEY is missing"));
  std::vector<Change> changes;
  for (const std::string& operand : invocation.operands()) {
    Result<KeyPath> key = parse_status_key(operand);
    if (!key) return report(key.error());
    changes.push_back({Change::Kind::remove, std::move(*key)});
  }
  return invocation.change(changes);
}

}  // namespace kratix_status::cli
