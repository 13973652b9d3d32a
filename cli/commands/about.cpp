// help and version.
#include <fmt/format.h>

#include "invocation.h"
#include "output.h"
#include "third_party.h"

namespace kratix_status::cli {

std::string version_line() { return "kratix-status " KRATIX_STATUS_VERSION "\n"; }

int run_help(Invocation& invocation) {
  if (invocation.options().has("man")) {
    if (!invocation.operands().empty()) return report(invocation.usage("--man is about all commands"));
    return answer(manual());
  }
  const Command* command = nullptr;
  std::span<const Command> candidates = commands();
  for (const std::string& word : invocation.operands()) {
    if (candidates.empty()) return report(invocation.usage("at most one COMMAND"));
    const Command* found = find_command(candidates, word);
    if (found == nullptr) return report(unknown_command(word, command));
    command = found;
    candidates = found->subcommands;
  }
  return answer(command == nullptr ? overview() : help_on(*command));
}

int run_version(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  if (invocation.options().has("licenses")) return answer(third_party_notices);
  return answer(version_line());
}

}  // namespace kratix_status::cli
