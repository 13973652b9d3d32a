// fail: says why the Pipeline fails, where the platform user sees it.
#include <fmt/format.h>

#include "invocation.h"
#include "kratix/clock.h"
#include "kratix/condition_list.h"
#include "operands.h"
#include "output.h"
#include "publishing.h"

namespace kratix_status::cli {

namespace {

// What the user sees if the script gives an empty message.
constexpr std::string_view unexplained = "Failed; the Pipeline does not say why";

Result<PublishedFailure> failure_of(Invocation& invocation) {
  const auto& operands = invocation.operands();
  const Options& options = invocation.options();
  if (operands.empty()) return invocation.usage("MESSAGE is missing");
  if (operands.size() > 1)
    return invocation.usage(fmt::format("{} operands instead of one MESSAGE: quote it", operands.size()),
                            "fail \"$message\"");
  if (options.has("condition") != options.has("reason"))
    return invocation.usage("--condition and --reason go together", "fail --condition TYPE --reason REASON MESSAGE");
  Result<Value> message = string_operand(operands.front(), "message");
  if (!message) return message.error();
  PublishedFailure failure{.message = message->as_string()};
  if (failure.message.empty()) {
    failure.message = unexplained;
    warn_now(invocation, fmt::format("MESSAGE is empty: \"{}\" is published instead", unexplained));
  }
  if (options.has("condition"))
    failure.condition = NewCondition{options.get("condition"), "False", options.get("reason"), failure.message};
  return failure;
}

// The Pipeline fails all the same, so its message is replaced and not refused.
void withhold_secrets(Invocation& invocation, PublishedFailure& failure) {
  if (invocation.options().has("allow-secret")) return;
  const auto holds_secret = [&](const std::string& text, std::string_view place) {
    return !secret_to_withhold(invocation, text, place).empty();
  };
  if (failure.condition && (holds_secret(failure.condition->type, "the condition's type") ||
                            holds_secret(failure.condition->reason, "the reason")))
    failure.condition.reset();
  const std::string what = secret_to_withhold(invocation, failure.message, "the message");
  if (what.empty()) return;
  failure.message = "Failed; the message is withheld because it holds " + what;
  if (failure.condition) failure.condition->message = failure.message;
}

// The user sees the message also where Kubernetes would refuse the condition.
void leave_out_bad_condition(Invocation& invocation, PublishedFailure& failure) {
  if (!failure.condition) return;
  const Result<std::int64_t> now = invocation.status().now();
  Map alone;
  const Outcome set =
      now ? set_condition(alone, {}, *failure.condition, rfc3339(*now), invocation.pipeline().workflow) : now.error();
  if (set) return;
  failure.condition.reset();
  const Error& error = set.error();
  warn_now(invocation,
           fmt::format("{}: {}: the message is published without the condition", error.context, error.cause));
}

}  // namespace

// 1 whether or not it can be published: a script that calls it has failed.
int run_fail(Invocation& invocation) {
  Result<PublishedFailure> failure = failure_of(invocation);
  if (!failure) return report(failure.error());
  const Result<PublishOptions> options = publish_options(invocation);
  if (!options) return report(options.error());
  withhold_secrets(invocation, *failure);
  leave_out_bad_condition(invocation, *failure);
  publish_failure(invocation, *options, std::move(*failure));
  return 1;
}

}  // namespace kratix_status::cli
