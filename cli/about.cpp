// help and version.
#include <fmt/format.h>

#include "invocation.h"
#include "kratix_status/text.h"
#include "output.h"

namespace kratix_status::cli {

std::string version_line() { return "kratix-status " KRATIX_STATUS_VERSION "\n"; }

int run_help(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.empty()) return answer(overview());
  if (operands.size() > 1) return report(invocation.usage("at most one COMMAND"));
  const Command* command = find_command(operands.front());
  if (command != nullptr) return answer(help_on(*command));
  return report(unknown_command(operands.front()));
}

int run_version(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  return answer(version_line());
}

}  // namespace kratix_status::cli
