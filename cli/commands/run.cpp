// run: runs a command, ends as it ends, and publishes why it failed.
#include "invocation.h"
#include "kratix/merge.h"
#include "kratix/secret_guard.h"
#include "operands.h"
#include "output.h"
#include "process/child_process.h"
#include "process/failure_message.h"
#include "publishing.h"

namespace kratix_status::cli {

namespace {

// TEXT of --message; refused if it is not UTF-8, or holds a secret.
Outcome check_message(Invocation& invocation) {
  const Result<Value> message = string_operand(invocation.options().get("message"), "message");
  if (!message) return message.error();
  if (invocation.options().has("allow-secret")) return Done{};
  std::vector<std::string> warnings;
  const SecretGuard guard = invocation.status().secrets();
  if (Outcome checked = guard.check(message->as_string(), "value of message", warnings); !checked) return checked;
  invocation.status().warn(std::move(warnings));
  invocation.warn_all();
  return Done{};
}

// What the end of standard error holds, or the one line that is made of it, which has no colours in between. Nobody has
// chosen that text for the platform user, so the value of a variable counts here as well.
std::string secret_in_stderr(Invocation& invocation, const ChildEnd& end) {
  if (end.stderr_tail.empty() || invocation.options().has("allow-secret")) return {};
  const SecretGuard guard = invocation.status().secrets();
  std::optional<FoundSecret> found = guard.find(end.stderr_tail);
  if (!found) found = guard.find(failure_message("x", "", end));
  return found ? found->what() : std::string();
}

// What the script itself has set as the message says more than how it ended; empty if it has set none.
std::string own_message(Invocation& invocation) {
  const Result<Map> file = invocation.status().file();
  const std::string* message = file ? string_in(*file, "message") : nullptr;
  invocation.status().take_warnings();
  return message == nullptr || *message == pending_message ? "" : *message;
}

// For a COMMAND that was not found.
const char* not_found_hint(const std::vector<std::string>& command) {
  const bool is_quoted = command.size() == 1 && command.front().find(' ') != std::string::npos;
  return is_quoted ? "give COMMAND and its arguments as separate words, without quotes around all of them"
                   : "check the name, and that the image holds the program";
}

void report_failure(Invocation& invocation, ChildEnd end, const std::vector<std::string>& command) {
  const std::string given = invocation.options().get("message");
  const std::string secret = secret_in_stderr(invocation, end);
  if (!secret.empty()) end.stderr_tail.clear();
  std::string message = failure_message(given, command.front(), end);
  if (!secret.empty()) message += ": standard error is withheld because it holds " + secret;
  const std::string own = own_message(invocation);
  if (given.empty() && !own.empty()) message = own + " (" + message + ")";
  publish_failure(invocation, {}, {.message = std::move(message), .is_vague = true});
}

}  // namespace

int run_run(Invocation& invocation) {
  const std::vector<std::string>& command = invocation.operands();
  if (command.empty()) return report(invocation.usage("COMMAND is missing"));
  if (invocation.options().has("dry-run"))
    return report(invocation.usage("--dry-run cannot keep COMMAND from writing",
                                   "leave it out; KRATIX_STATUS_PUBLISH=print shows what would be published"));
  // Before COMMAND has run: an error after it would hide how it ended.
  if (const Outcome checked = check_message(invocation); !checked) return report(checked.error());
  // Elsewhere nothing is added to what COMMAND prints.
  const bool publishes = can_publish();
  if (publishes) clear_failure(invocation);
  Result<ChildEnd> end = run_child(command, {.copy_stderr = invocation.options().has("stderr")});
  if (!end) return report(end.error());
  constexpr int not_found = 127;
  if (end->not_started && end->exit_code == not_found) end->not_started->fix = not_found_hint(command);
  if (end->not_started) report(*end->not_started);
  if (publishes && end->exit_code != 0) report_failure(invocation, *end, command);
  return end->exit_code;
}

}  // namespace kratix_status::cli
