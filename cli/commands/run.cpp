// run: runs a command, ends as it ends, and publishes why it failed.
#include "invocation.h"
#include "kratix/merge.h"
#include "operands.h"
#include "output.h"
#include "process/child_process.h"
#include "process/failure_message.h"
#include "publishing.h"

namespace kratix_status::cli {

namespace {

// TEXT of --message; refused if it is not UTF-8.
Outcome check_message(const Options& options) {
  const Result<Value> message = string_operand(options.get("message"), "message");
  return message ? Outcome(Done{}) : message.error();
}

// What the script itself has set as the message says more than how it ended; empty if it has set none.
std::string own_message(Invocation& invocation) {
  const Result<Map> file = invocation.status().file();
  const std::string* message = file ? string_in(*file, "message") : nullptr;
  invocation.status().take_warnings();
  return message == nullptr || *message == pending_message ? "" : *message;
}

void report_failure(Invocation& invocation, const ChildEnd& end, const std::vector<std::string>& command) {
  const std::string given = invocation.options().get("message");
  std::string message = failure_message(given, command.front(), end);
  const std::string own = own_message(invocation);
  if (given.empty() && !own.empty()) message = own + " (" + message + ")";
  publish_failure(invocation, {}, {.message = std::move(message), .is_vague = true});
}

}  // namespace

int run_run(Invocation& invocation) {
  const std::vector<std::string>& command = invocation.operands();
  if (command.empty()) return report(invocation.usage("COMMAND is missing"));
  // Before COMMAND has run: an error after it would hide how it ended.
  if (const Outcome checked = check_message(invocation.options()); !checked) return report(checked.error());
  // Elsewhere nothing is added to what COMMAND prints.
  const bool publishes = can_publish() && !invocation.options().has("dry-run");
  if (publishes) clear_failure(invocation);
  const Result<ChildEnd> end = run_child(command, {.copy_stderr = invocation.options().has("stderr")});
  if (!end) return report(end.error());
  if (end->not_started) report(*end->not_started);
  if (publishes && end->exit_code != 0) report_failure(invocation, *end, command);
  return end->exit_code;
}

}  // namespace kratix_status::cli
