// condition set, get, unset and list.
#include <fmt/format.h>

#include <algorithm>

#include "invocation.h"
#include "kratix/condition_list.h"
#include "kratix_status/conditions.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "operands.h"
#include "output.h"
#include "value/message.h"
#include "value/nearest.h"

namespace kratix_status::cli {

namespace {

// A field as a line shows it; empty if there is none.
std::string shown(const Value& condition, std::string_view field) {
  const Value* value = condition.as_map().find(field);
  if (value == nullptr || value->is_null()) return {};
  return printable(value->is_string() ? value->as_string() : to_json(*value));
}

std::string line(const Value& condition) {
  return without_log_commands(fmt::format("{}\t{}\t{}\t{}\n", shown(condition, "type"), shown(condition, "status"),
                                          shown(condition, "reason"), shown(condition, "message")));
}

// What Kratix will keep: those with a type.
Result<List> effective_conditions(Invocation& invocation) {
  Result<Map> status = invocation.source();
  if (!status) return status.error();
  List* list = list_in(*status, "conditions");
  if (list == nullptr) return List{};
  std::erase_if(*list, [](const Value& condition) { return string_in(condition, "type") == nullptr; });
  return std::move(*list);
}

Error unknown_field(const Invocation& invocation, const std::string& field) {
  const std::string_view near = nearest(field, condition_fields);
  return invocation.usage("a condition has no field " + field,
                          near.empty() ? fmt::format("fields are {}", fmt::join(condition_fields, ", "))
                                       : fmt::format("did you mean {}?", near));
}

Result<NewCondition> new_condition(const Invocation& invocation) {
  const auto& operands = invocation.operands();
  const Options& options = invocation.options();
  if (operands.size() < 2) return invocation.usage("TYPE and a status are needed");
  if (operands.size() > 2) {
    return invocation.usage(fmt::format("{} operands instead of TYPE and a status", operands.size()),
                            "quote the reason and the message: --message \"$text\"");
  }
  if (!options.has("reason"))
    return invocation.usage("--reason is missing", "give the reason as one word in CamelCase: --reason BackupFinished");
  Result<Value> message = string_operand(options.get("message"), "message");
  if (!message) return message.error();
  return NewCondition{operands[0], operands[1], options.get("reason"), message->as_string()};
}

}  // namespace

int run_condition_set(Invocation& invocation) {
  Result<NewCondition> condition = new_condition(invocation);
  if (!condition) return report(condition.error());
  return invocation.change({{.kind = Change::Kind::set_condition, .condition = std::move(*condition)}});
}

int run_condition_get(Invocation& invocation) {
  const auto& operands = invocation.operands();
  if (operands.empty() || operands.size() > 2) return report(invocation.usage("TYPE and at most one FIELD are needed"));
  const std::string field = operands.size() > 1 ? operands[1] : "status";
  if (std::find(std::begin(condition_fields), std::end(condition_fields), field) == std::end(condition_fields))
    return report(unknown_field(invocation, field));
  const Result<Map> status = invocation.source();
  if (!status) return report(status.error());
  const Value* condition = find_condition(*status, operands[0]);
  const Value* value = condition == nullptr ? nullptr : condition->as_map().find(field);
  return value == nullptr || value->is_null() ? 1 : answer(raw_line(*value));
}

int run_condition_unset(Invocation& invocation) {
  if (invocation.operands().size() != 1) return report(invocation.usage("one TYPE is needed"));
  return invocation.change(
      {{.kind = Change::Kind::remove_condition, .condition = {.type = invocation.operands().front()}}});
}

int run_condition_list(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  constexpr std::string_view formats[] = {"table", "yaml", "json"};
  const Result<std::string> format = output_format(invocation.options(), formats);
  if (!format) return report(format.error());
  Result<List> conditions = effective_conditions(invocation);
  if (!conditions) return report(conditions.error());
  if (*format == "json") return answer(show_json(std::move(*conditions)) + "\n");
  if (*format == "yaml") {
    const Result<std::string> text = show_yaml(std::move(*conditions));
    return text ? answer(*text) : report(text.error());
  }
  std::string text;
  for (const Value& condition : *conditions) text += line(condition);
  return answer(text);
}

}  // namespace kratix_status::cli
