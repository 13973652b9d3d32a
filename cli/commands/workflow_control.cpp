// suspend, retry, resume and suspended.
#include "kratix_status/workflow_control.h"

#include <fmt/format.h>

#include <optional>

#include "invocation.h"
#include "kratix/duration.h"
#include "operands.h"
#include "output.h"
#include "value/number.h"

namespace kratix_status::cli {

namespace {

// MESSAGE as an operand; refused if it is not UTF-8.
Result<std::optional<std::string>> message_of(const std::string* operand) {
  if (operand == nullptr) return std::optional<std::string>();
  Result<Value> value = string_operand(*operand, "message");
  return value ? Result(std::optional(value->as_string())) : value.error();
}

int suspend(Invocation& invocation, const std::optional<std::string>& message) {
  const Result<ChangeOptions> options = invocation.change_options();
  if (!options) return report(options.error());
  return invocation.finish(invocation.status().suspend(message, *options));
}

// 0 if there is no limit.
Result<std::int64_t> most_attempts(const Invocation& invocation) {
  if (!invocation.options().has("max-attempts")) return std::int64_t{0};
  const std::string text = invocation.options().get("max-attempts");
  const std::optional<std::int64_t> most = parse_whole_number(text);
  if (!most || *most < 1) return usage_error("option --max-attempts " + text, "must be a whole number, 1 or more");
  if (!invocation.pipeline().name.empty()) return *most;
  return usage_error("option --max-attempts",
                     "KRATIX_PIPELINE_NAME is not set, so the Pipeline's attempts cannot be counted",
                     "Kratix sets it in a Pipeline's containers; elsewhere set it yourself");
}

// How many retries there were, if the limit is reached; else nullopt.
Result<std::optional<std::int64_t>> too_many_attempts(Invocation& invocation) {
  const Result<std::int64_t> most = most_attempts(invocation);
  if (!most) return most.error();
  if (*most == 0) return std::optional<std::int64_t>();
  const Result<Map> previous = invocation.status().previous();
  invocation.warn_all();
  if (!previous) return previous.error();
  const std::int64_t attempts = attempts_so_far(*previous, invocation.pipeline().name);
  return attempts < *most ? std::optional<std::int64_t>() : attempts;
}

// MESSAGE of --then-suspend; nullopt if it was not given.
Result<std::optional<std::string>> message_at_the_limit(const Invocation& invocation) {
  const Options& options = invocation.options();
  if (!options.has("then-suspend")) return std::optional<std::string>();
  if (!options.has("max-attempts"))
    return usage_error("option --then-suspend", "needs --max-attempts",
                       "retry --max-attempts N --then-suspend MESSAGE DURATION");
  const std::string text = options.get("then-suspend");
  return message_of(&text);
}

}  // namespace

int run_suspend(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.size() > 1) {
    return report(invocation.usage(fmt::format("{} operands instead of one MESSAGE: quote it", operands.size()),
                                   "suspend \"$message\""));
  }
  const Result<std::optional<std::string>> message = message_of(operands.empty() ? nullptr : operands.data());
  return message ? suspend(invocation, *message) : report(message.error());
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
  const Result<std::optional<std::string>> message = message_of(operands.size() > 1 ? &operands[1] : nullptr);
  if (!message) return report(message.error());
  const Result<std::optional<std::int64_t>> attempts = too_many_attempts(invocation);
  if (!attempts) return report(attempts.error());
  if (*attempts && *then) return suspend(invocation, *then);
  if (*attempts) {
    invocation.status().warn({fmt::format("Pipeline {} has been retried {} times already: nothing was written",
                                          invocation.pipeline().name, **attempts)});
    invocation.warn_all();
    return 1;
  }
  const Result<ChangeOptions> options = invocation.change_options();
  if (!options) return report(options.error());
  return invocation.finish(invocation.status().retry(operands[0], *message, *options));
}

int run_resume(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  const Result<ChangeOptions> options = invocation.change_options();
  if (!options) return report(options.error());
  return invocation.finish(invocation.status().resume(*options));
}

int run_suspended(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  const Result<WorkflowControl> control = invocation.status().control();
  invocation.warn_all();
  if (!control) return report(control.error());
  return control->stops() ? 0 : 1;
}

}  // namespace kratix_status::cli
