// Recognizes what Terraform and OpenTofu print, and takes the outputs from it.
#include "document/terraform.h"

#include <algorithm>
#include <iterator>

namespace kratix_status {

namespace {

Error not_outputs(const std::string& name, const std::string& why) {
  return refused(name, "is not what terraform output -json prints: " + why,
                 "give its output whole, without the name of one; to take a field: import FILE KEY=PATH");
}

// Of what terraform show -json prints, which leaves out the values of an empty state. Other commands print a
// format_version, too.
Result<const Map*> outputs_of_state(const Map& root, const std::string& name) {
  static const Map none;
  constexpr std::string_view of_empty_state[] = {"format_version", "terraform_version", "checks"};
  const Value* values = root.find("values");
  if (values == nullptr) {
    for (const auto& [key, value] : root) {
      if (std::find(std::begin(of_empty_state), std::end(of_empty_state), key) == std::end(of_empty_state))
        return not_outputs(name, "it has " + key + ", but no values");
    }
    return &none;
  }
  if (!values->is_map()) return not_outputs(name, "values is " + std::string(describe(values->kind())));
  const Value* outputs = values->as_map().find("outputs");
  if (outputs == nullptr) return &none;
  if (!outputs->is_map()) return not_outputs(name, "values.outputs is " + std::string(describe(outputs->kind())));
  return &outputs->as_map();
}

// https://developer.hashicorp.com/terraform/internals/json-format, "State Representation" and "Plan Representation";
// the state file itself has its version as a number.
Result<const Map*> outputs_of(const Map& root, const std::string& name) {
  const Value* version = root.find("version");
  if (version != nullptr && version->kind() == Value::Kind::integer)
    return refused(name, "is Terraform's own state file", "give the output of: terraform output -json");
  if (string_in(root, "format_version") == nullptr) return &root;
  if (root.find("planned_values") != nullptr) {
    return refused(name, "is a plan, whose outputs are not known yet",
                   "apply it, and give the output of: terraform output -json");
  }
  return outputs_of_state(root, name);
}

}  // namespace

Result<std::vector<TerraformOutput>> terraform_outputs(const Value& document, const std::string& name) {
  if (!document.is_map()) return not_outputs(name, "it holds " + std::string(describe(document.kind())));
  const Result<const Map*> outputs = outputs_of(document.as_map(), name);
  if (!outputs) return outputs.error();
  std::vector<TerraformOutput> found;
  for (const auto& [key, output] : **outputs) {
    const Value* value = output.is_map() ? output.as_map().find("value") : nullptr;
    const Value* sensitive = output.is_map() ? output.as_map().find("sensitive") : nullptr;
    if (value == nullptr) return not_outputs(name, key + " has no value");
    if (sensitive == nullptr || sensitive->kind() != Value::Kind::boolean) {
      return not_outputs(name, key + " does not say whether it is sensitive");
    }
    found.push_back({&key, value, sensitive->as_boolean()});
  }
  return found;
}

}  // namespace kratix_status
