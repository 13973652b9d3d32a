// run: runs a command, ends as it ends, and publishes why it failed.
#include "invocation.h"
#include "operands.h"
#include "output.h"
#include "process/child_process.h"
#include "process/failure_message.h"

namespace kratix_status::cli {

namespace {

// TEXT of --message; refused if it is not UTF-8.
Outcome check_message(const Options& options) {
  const Result<Value> message = string_operand(options.get("message"), "message");
  return message ? Outcome(Done{}) : message.error();
}

// The one place where a failure becomes the status message. For now it goes nowhere.
void report_failure(Invocation& invocation, const ChildEnd& end, const std::vector<std::string>& command) {
  [[maybe_unused]] const std::string message =
      failure_message(invocation.options().get("message"), command.front(), end);
}

}  // namespace

int run_run(Invocation& invocation) {
  const std::vector<std::string>& command = invocation.operands();
  if (command.empty()) return report(invocation.usage("COMMAND is missing"));
  // Before COMMAND has run: an error after it would hide how it ended.
  if (const Outcome checked = check_message(invocation.options()); !checked) return report(checked.error());
  const Result<ChildEnd> end = run_child(command, {.copy_stderr = invocation.options().has("stderr")});
  if (!end) return report(end.error());
  if (end->not_started) report(*end->not_started);
  if (end->exit_code != 0) report_failure(invocation, *end, command);
  return end->exit_code;
}

}  // namespace kratix_status::cli
