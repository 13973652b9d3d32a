// set KEY VALUE, and set KEY=VALUE KEY:=JSON KEY@=FILE...
#include <fmt/format.h>

#include <utility>

#include "invocation.h"
#include "operands.h"
#include "output.h"
#include "places.h"

namespace kratix_status::cli {

namespace {

Change::Kind kind_of(const Invocation& invocation) {
  return invocation.options().has("once") ? Change::Kind::set_once : Change::Kind::set;
}

Result<Change> key_and_value(const Invocation& invocation) {
  Result<KeyPath> key = parse_status_key(invocation.operands()[0]);
  if (!key) return key.error();
  const std::string& text = invocation.operands()[1];
  Result<Value> value =
      invocation.options().has("json") ? parse_json_operand(text, *key) : string_operand(text, key->text());
  if (!value) return value.error();
  return Change{kind_of(invocation), std::move(*key), std::move(*value)};
}

Result<Value> value_of(Invocation& invocation, const AssignmentOperator& found, const KeyPath& key, std::string text) {
  if (found.kind == AssignmentOperator::Kind::json) return parse_json_operand(text, key);
  if (found.kind == AssignmentOperator::Kind::string) return string_operand(std::move(text), key.text());
  Result<std::string> content = read_operand_file(invocation.files(), text);
  if (!content) return content.error();
  if (content->ends_with('\n')) content->pop_back();
  return string_operand(std::move(*content), key.text());
}

Result<std::vector<Change>> assignments(Invocation& invocation) {
  std::vector<Change> changes;
  Places places(invocation);
  bool standard_input_taken = false;
  for (const std::string& operand : invocation.operands()) {
    AssignmentOperator found{};
    if (!find_assignment(operand, found)) {
      return invocation.usage(fmt::format("operand \"{}\" is not an assignment, but the first one is", operand),
                              "quote a value that has blanks: set message=\"$text\"");
    }
    Result<KeyPath> key = parse_status_key(operand.substr(0, found.key_length));
    if (!key) return key.error();
    if (Outcome added = places.add(*key); !added) return added.error();
    std::string text = operand.substr(found.value_start);
    if (found.kind == AssignmentOperator::Kind::file && text.empty()) {
      return invocation.usage("FILE is missing after @=", "write KEY@=FILE, or KEY@=- for standard input");
    }
    if (found.kind == AssignmentOperator::Kind::file && text == "-") {
      if (standard_input_taken)
        return invocation.usage("standard input can be read only once", "write it to a file first");
      standard_input_taken = true;
    }
    Result<Value> value = value_of(invocation, found, *key, std::move(text));
    if (!value) return value.error();
    changes.push_back({kind_of(invocation), std::move(*key), std::move(*value)});
  }
  return changes;
}

Result<std::vector<Change>> changes_of(Invocation& invocation) {
  const auto& operands = invocation.operands();
  const Options& options = invocation.options();
  if (operands.empty()) return invocation.usage("KEY is missing");
  AssignmentOperator found{};
  if (find_assignment(operands.front(), found)) {
    if (options.has("json")) return invocation.usage("--json works only with KEY VALUE", "write KEY:=JSON");
    if (options.has("print"))
      return invocation.usage("--print works only with KEY VALUE", "run kratix-status get KEY afterwards");
    return assignments(invocation);
  }
  if (operands.size() == 1)
    return invocation.usage("VALUE is missing", "an empty value is \"\"; quote the value: set KEY \"$value\"");
  if (operands.size() > 2)
    return invocation.usage(fmt::format("{} operands instead of KEY VALUE: quote the value", operands.size()),
                            "set KEY \"$value\"");
  Result<Change> change = key_and_value(invocation);
  if (!change) return change.error();
  return std::vector<Change>{std::move(*change)};
}

}  // namespace

int run_set(Invocation& invocation) {
  const bool prints = invocation.options().has("print");
  if (prints && invocation.options().has("dry-run"))
    return report(invocation.usage("--print and --dry-run both write to standard output", "leave one of them out"));
  Result<std::vector<Change>> changes = changes_of(invocation);
  if (!changes) return report(changes.error());
  return invocation.change(*changes, prints ? &*changes->front().path : nullptr);
}

}  // namespace kratix_status::cli
