// merge: deep-merges a YAML or JSON map into the status.
#include <fmt/format.h>

#include "document/document.h"
#include "invocation.h"
#include "operands.h"
#include "output.h"

namespace kratix_status::cli {

int run_merge(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.size() > 1)
    return report(invocation.usage(fmt::format("{} operands instead of one FILE", operands.size())));
  const std::string path = operands.empty() ? "-" : operands.front();
  Result<std::string> text = read_operand_file(invocation.files(), path);
  if (!text) {
    if (path.starts_with('{'))
      text.error().fix = "FILE is a path: pipe a document to merge, or use set --json KEY VALUE";
    return report(text.error());
  }
  Result<Value> value = read_map_document(*text, operand_file_name(path));
  if (!value) return report(value.error());
  if (const Outcome checked = check_not_empty(*text, path); !checked) return report(checked.error());
  std::vector<Change> changes;
  changes.push_back({Change::Kind::merge, std::nullopt, std::move(*value)});
  return invocation.change(changes);
}

}  // namespace kratix_status::cli
