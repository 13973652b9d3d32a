// version: prints the version, or the licences of what is linked in.
#include "help_text.h"
#include "invocation.h"
#include "output.h"
#include "third_party.h"

namespace kratix_status::cli {

int run_version(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  if (invocation.options().has("licenses")) return answer(third_party_notices);
  return answer(version_line());
}

}  // namespace kratix_status::cli
