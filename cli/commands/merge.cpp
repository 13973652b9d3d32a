// merge: deep-merges a YAML or JSON map into the status.
#include <fmt/format.h>

#include "invocation.h"
#include "kratix_status/finding.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "operands.h"
#include "output.h"
#include "value/message.h"
#include "value/position.h"

namespace kratix_status::cli {

namespace {

// The input is a value that the user gives, so what Kratix would silently lose of it is refused.
Result<Value> parse_yaml_input(const std::string& text, const std::string& name) {
  Result<Document> document = read_yaml(text, name);
  if (!document) {
    document.error().kind = ErrorKind::refused;
    return document.error();
  }
  if (document->findings.empty()) return std::move(document->value);
  const Finding& finding = document->findings.front();
  return refused(location(name, finding.at), finding.message, {}, excerpt(text, finding.at.line, finding.at.column));
}

// JSON first: to Kratix's YAML reader it is not a subset of YAML (\/ and surrogate pairs).
Result<Value> parse_input(const std::string& text, const std::string& name) {
  if (!is_json(text)) return parse_yaml_input(text, name);
  Result<Value> value = parse_json(text);
  if (!value) {
    value.error().context = name + value.error().context;
    return value;
  }
  if (value->is_null()) return Value(Map{});
  if (value->is_map()) return value;
  return refused(name, fmt::format("holds {}, and only a map can be merged", describe(value->kind())));
}

}  // namespace

int run_merge(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.size() > 1)
    return report(invocation.usage(fmt::format("{} operands instead of one FILE", operands.size())));
  const std::string path = operands.empty() ? "-" : operands.front();
  Result<std::string> text = read_operand_file(invocation.files(), path);
  if (!text) return report(text.error());
  Result<Value> value = parse_input(*text, path == "-" ? "standard input" : path);
  if (!value) return report(value.error());
  std::vector<Change> changes;
  changes.push_back({Change::Kind::merge, std::nullopt, std::move(*value)});
  return invocation.change(changes);
}

}  // namespace kratix_status::cli
