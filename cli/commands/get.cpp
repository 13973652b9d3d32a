// get: prints a value of the status, or of the object.
#include <fmt/format.h>

#include "invocation.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "operands.h"
#include "output.h"

namespace kratix_status::cli {

namespace {

Result<std::string> shown(const Value& value, const std::string& format) {
  if (format == "json") return show_json(value) + "\n";
  if (format == "yaml") return show_yaml(value);
  return raw_line(value);
}

// VALUE of --default: a string, printed as any other in that format; for raw, bytes as they are.
Result<std::string> shown_default(const std::string& text, const std::string& format) {
  if (format == "raw") return text + "\n";
  Result<Value> value = string_operand(text, "--default");
  return value ? shown(*value, format) : value.error();
}

}  // namespace

int run_get(Invocation& invocation) {
  const Options& options = invocation.options();
  const auto& operands = invocation.operands();
  constexpr std::string_view formats[] = {"raw", "yaml", "json"};
  const Result<std::string> format = output_format(options, formats);
  if (!format) return report(format.error());
  if (operands.size() > 1)
    return report(invocation.usage(fmt::format("{} operands instead of one KEY", operands.size())));
  const Result<Value> value = invocation.value_at_key();
  if (!value) return report(value.error());
  if (value->is_null() && !options.has("default")) return 1;
  const Result<std::string> text =
      value->is_null() ? shown_default(options.get("default"), *format) : shown(*value, *format);
  if (!text) return report(text.error());
  return answer(*text);
}

}  // namespace kratix_status::cli
