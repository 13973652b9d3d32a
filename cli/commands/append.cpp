// append: adds a value to a list.
#include <fmt/format.h>

#include "invocation.h"
#include "operands.h"
#include "output.h"

namespace kratix_status::cli {

int run_append(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.size() != 2) {
    const std::string cause = operands.size() < 2
                                  ? "KEY and VALUE are needed"
                                  : fmt::format("{} operands instead of KEY VALUE: quote the value", operands.size());
    return report(invocation.usage(cause));
  }
  Result<KeyPath> key = parse_status_key(operands[0]);
  if (!key) return report(key.error());
  Result<Value> value = invocation.options().has("json") ? parse_json_operand(operands[1], *key)
                                                         : string_operand(operands[1], key->text());
  if (!value) return report(value.error());
  const Change::Kind kind = invocation.options().has("unique") ? Change::Kind::append_unique : Change::Kind::append;
  return invocation.change({{kind, std::move(*key), std::move(*value)}});
}

}  // namespace kratix_status::cli
