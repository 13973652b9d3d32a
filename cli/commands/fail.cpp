// fail: says why the Pipeline fails, where the platform user sees it.
#include <fmt/format.h>

#include <algorithm>

#include "invocation.h"
#include "operands.h"
#include "output.h"
#include "publishing.h"

namespace kratix_status::cli {

namespace {

Result<PublishedFailure> failure_of(const Invocation& invocation) {
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
  if (options.has("condition"))
    failure.condition = NewCondition{options.get("condition"), "False", options.get("reason"), failure.message};
  return failure;
}

// Kratix does not reset the message when it runs the container again. Where the script has set none, status.yaml gets
// the one that Kratix starts a Pipeline with, and which Kratix replaces when the Pipeline succeeds.
void end_with_failure(Invocation& invocation) {
  const Result<Map> file = invocation.status().file();
  if (!file || file->find("message") != nullptr || !invocation.pipeline().resets_message()) return;
  const Outcome set = invocation.status().set("message", pending_message);
  if (!set) report(set.error());
  invocation.warn_all();
}

}  // namespace

// 1 whatever happens: a script that calls it has failed.
int run_fail(Invocation& invocation) {
  Result<PublishedFailure> failure = failure_of(invocation);
  if (!failure) return std::max(report(failure.error()), 1);
  Result<PublishOptions> options = publish_options(invocation);
  if (!options) return report(options.error());
  options->failure = std::move(*failure);
  const Result<Published> published = publish(invocation, *options);
  if (published && options->dry_run) return answer(published->patch + "\n") == 0 ? 1 : 5;
  if (published && !published->is_skipped) {
    end_with_failure(invocation);
    return 1;
  }
  if (!published) report(published.error());
  warn("the platform user does not see: " + options->failure->message);
  return 1;
}

}  // namespace kratix_status::cli
