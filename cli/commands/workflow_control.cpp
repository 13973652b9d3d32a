// suspend, retry, resume and suspended.
#include "kratix_status/workflow_control.h"

#include <fmt/format.h>

#include <charconv>

#include "invocation.h"
#include "kratix/duration.h"
#include "operands.h"
#include "output.h"
#include "value/message.h"

namespace kratix_status::cli {

namespace {

// Writes the control file, and with a message status.yaml.
int stop(Invocation& invocation, WorkflowControl control, const std::string* message) {
  std::vector<Change> changes;
  if (message != nullptr) {
    Result<Value> value = string_operand(*message, "message");
    if (!value) return report(value.error());
    changes.push_back({Change::Kind::set, KeyPath::of("message"), std::move(*value)});
    control.message = *message;
  }
  Result<std::string> text = write_workflow_control(control);
  if (!text) return report(text.error());
  invocation.warn_all(control_warnings(invocation.pipeline()));
  const ChangeText write = [&](std::optional<std::string_view>) -> Result<std::optional<std::string>> {
    return std::optional(*text);
  };
  return invocation.change(changes, nullptr, {{control_file, write}});
}

// 0 if there is no limit.
Result<std::int64_t> most_attempts(const Invocation& invocation) {
  if (!invocation.options().has("max-attempts")) return std::int64_t{0};
  const std::string text = invocation.options().get("max-attempts");
  std::int64_t most = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), most);
  if (error != std::errc() || end != text.data() + text.size() || most < 1)
    return usage_error("option --max-attempts " + printable(text), "must be a whole number, 1 or more");
  if (!invocation.pipeline().name.empty()) return most;
  return usage_error("option --max-attempts",
                     "KRATIX_PIPELINE_NAME is not set, so the Pipeline's attempts cannot be counted",
                     "Kratix sets it in a Pipeline's containers; elsewhere set it yourself");
}

// How many retries there were, if the limit is reached; else nullopt.
Result<std::optional<std::int64_t>> too_many_attempts(Invocation& invocation) {
  const Result<std::int64_t> most = most_attempts(invocation);
  if (!most) return most.error();
  if (*most == 0) return std::optional<std::int64_t>();
  const Result<Value> previous = invocation.previous();
  if (!previous) return previous.error();
  const std::int64_t attempts = attempts_so_far(previous->as_map(), invocation.pipeline().name);
  return attempts < *most ? std::optional<std::int64_t>() : attempts;
}

// MESSAGE as an operand: refused if it is not UTF-8.
Outcome check_message(const std::string& message) {
  const Result<Value> value = string_operand(message, "message");
  return value ? Outcome(Done{}) : value.error();
}

// MESSAGE of --then-suspend; nullopt if it was not given.
Result<std::optional<std::string>> message_at_the_limit(const Invocation& invocation) {
  const Options& options = invocation.options();
  if (!options.has("then-suspend")) return std::optional<std::string>();
  if (!options.has("max-attempts"))
    return usage_error("option --then-suspend", "goes with --max-attempts",
                       "retry --max-attempts N --then-suspend MESSAGE DURATION");
  return std::optional(options.get("then-suspend"));
}

}  // namespace

int run_suspend(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.size() > 1) {
    return report(invocation.usage(fmt::format("{} operands instead of one MESSAGE: quote it", operands.size()),
                                   "suspend \"$message\""));
  }
  return stop(invocation, {.suspend = true}, operands.empty() ? nullptr : &operands[0]);
}

int run_retry(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.empty()) return report(invocation.usage("DURATION is missing"));
  if (operands.size() > 2) {
    return report(
        invocation.usage(fmt::format("{} operands instead of DURATION and MESSAGE: quote the message", operands.size()),
                         "retry 10m \"$message\""));
  }
  const Result<Duration> duration = parse_duration(operands[0]);
  if (!duration) return report(duration.error());
  const Result<std::optional<std::string>> then = message_at_the_limit(invocation);
  if (!then) return report(then.error());
  // Both at once, whichever of them this attempt needs.
  for (const std::string& message : {operands.size() > 1 ? operands[1] : std::string(), then->value_or("")}) {
    if (Outcome right = check_message(message); !right) return report(right.error());
  }
  const Result<std::optional<std::int64_t>> attempts = too_many_attempts(invocation);
  if (!attempts) return report(attempts.error());
  if (*attempts && *then) return stop(invocation, {.suspend = true}, &**then);
  if (*attempts) {
    invocation.warn_all({fmt::format("Pipeline {} has been retried {} times already: nothing was written",
                                     printable(invocation.pipeline().name), **attempts)});
    return 1;
  }
  return stop(invocation, {.retry_after = duration->text}, operands.size() > 1 ? &operands[1] : nullptr);
}

int run_resume(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  return invocation.remove(control_file);
}

int run_suspended(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  const Result<WorkflowControl> control = invocation.read_control();
  if (!control) return report(control.error());
  return control->stops() ? 0 : 1;
}

}  // namespace kratix_status::cli
