// diff: how the status that the platform user sees now differs from the one after this Pipeline.
#include "invocation.h"
#include "kratix/status_diff.h"
#include "output.h"
#include "publishing.h"

namespace kratix_status::cli {

int run_diff(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  const Result<Preview> preview = preview_of(invocation);
  invocation.warn_all();
  if (!preview) return report(preview.error());
  const std::string lines = diff_lines(preview->previous, preview->status);
  if (lines.empty()) return 0;
  const int code = answer(lines);
  return code == 0 ? 1 : code;
}

}  // namespace kratix_status::cli
