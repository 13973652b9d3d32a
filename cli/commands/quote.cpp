// quote TEXT: any text as one segment of a KEY.
#include <fmt/format.h>

#include "invocation.h"
#include "kratix_status/key_path.h"
#include "output.h"
#include "value/utf8.h"

namespace kratix_status::cli {

int run_quote(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.size() != 1) {
    return report(
        invocation.usage(fmt::format("{} operands instead of one TEXT: quote it for the shell", operands.size()),
                         "kratix-status quote \"$text\""));
  }
  const std::size_t bad = find_invalid_utf8(operands[0]);
  if (bad != std::string::npos) {
    return report(refused(fmt::format("text \"{}\"", operands[0]), fmt::format("is not valid UTF-8 (byte {})", bad + 1),
                          "convert it first, with iconv or base64"));
  }
  return answer(quoted_key_text(operands[0]) + "\n");
}

}  // namespace kratix_status::cli
