// destination set, list and unset: which Destinations Kratix schedules the files of the output to.
#include <fmt/format.h>

#include "invocation.h"
#include "kratix_status/destination_selectors.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "operands.h"
#include "output.h"
#include "value/message.h"

namespace kratix_status::cli {

namespace {

Result<Value> directory_of(const Invocation& invocation) {
  const Options& options = invocation.options();
  return options.has("directory") ? string_operand(options.get("directory"), "--directory")
                                  : Value(std::string(whole_output));
}

Result<Map> labels_of(const Invocation& invocation) {
  Map labels;
  for (const std::string& operand : invocation.operands()) {
    const std::size_t equals = operand.find('=');
    if (equals == std::string::npos)
      return invocation.usage(fmt::format("operand \"{}\" is not LABEL=VALUE", operand),
                              "write it without blanks, such as environment=dev");
    std::string name = operand.substr(0, equals);
    Result<Value> value = string_operand(operand.substr(equals + 1), "label " + name);
    if (!value) return value.error();
    if (labels.find(name) != nullptr)
      return invocation.usage(fmt::format("label {} is given twice", name), "give each label once");
    labels.set(std::move(name), std::move(*value));
  }
  if (labels.empty()) return invocation.usage("LABEL=VALUE is missing");
  return labels;
}

Value as_value(const DestinationSelector& selector) {
  Map entry;
  entry.set("directory", selector.directory);
  entry.set("matchLabels", selector.match_labels);
  return entry;
}

std::string line(const DestinationSelector& selector) {
  std::string labels;
  for (const auto& [name, value] : selector.match_labels)
    labels += fmt::format("{}{}={}", labels.empty() ? "" : ",", printable(name), printable(value.as_string()));
  return without_log_commands(fmt::format("{}\t{}\n", printable(selector.directory), labels));
}

}  // namespace

int run_destination_set(Invocation& invocation) {
  Result<Map> labels = labels_of(invocation);
  if (!labels) return report(labels.error());
  const Result<Value> directory = directory_of(invocation);
  if (!directory) return report(directory.error());
  const Result<ChangeOptions> options = invocation.change_options();
  if (!options) return report(options.error());
  return invocation.finish(invocation.status().set_destination(directory->as_string(), std::move(*labels), *options));
}

int run_destination_unset(Invocation& invocation) {
  if (!invocation.operands().empty())
    return report(invocation.usage("takes no operand", "unset --directory DIR, or unset for all of the output"));
  const Result<Value> directory = directory_of(invocation);
  if (!directory) return report(directory.error());
  const Result<ChangeOptions> options = invocation.change_options();
  if (!options) return report(options.error());
  return invocation.finish(invocation.status().unset_destination(directory->as_string(), *options));
}

int run_destination_list(Invocation& invocation) {
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  constexpr std::string_view formats[] = {"table", "yaml", "json"};
  const Result<std::string> format = output_format(invocation.options(), formats);
  if (!format) return report(format.error());
  const Result<std::vector<DestinationSelector>> selectors = invocation.status().destinations();
  if (!selectors) return report(selectors.error());
  if (*format == "table") {
    std::string text;
    for (const DestinationSelector& selector : *selectors) text += line(selector);
    return answer(text);
  }
  List list;
  for (const DestinationSelector& selector : *selectors) list.push_back(as_value(selector));
  if (*format == "json") return answer(show_json(std::move(list)) + "\n");
  const Result<std::string> text = show_yaml(std::move(list));
  return text ? answer(*text) : report(text.error());
}

}  // namespace kratix_status::cli
