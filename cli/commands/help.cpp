// help: explains the program, one of its commands, or all of them as a manual page.
#include "help_text.h"
#include "invocation.h"
#include "output.h"

namespace kratix_status::cli {

int run_help(Invocation& invocation) {
  if (invocation.options().has("man")) {
    if (!invocation.operands().empty()) return report(invocation.usage("--man is about all commands"));
    return answer(manual_page());
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

}  // namespace kratix_status::cli
