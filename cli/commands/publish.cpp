// publish: status.yaml as it is, now.
#include "invocation.h"
#include "output.h"
#include "publishing.h"

namespace kratix_status::cli {

int run_publish(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  const Result<PublishOptions> options = publish_options(invocation);
  if (!options) return report(options.error());
  const Result<Published> published = publish(invocation, *options);
  if (published && options->dry_run && !published->patch.empty()) return answer(published->patch + "\n");
  return finish_publish(invocation, published, false);
}

}  // namespace kratix_status::cli
