// Recognizes what Terraform and OpenTofu print, and takes the outputs from it.
#include "document/terraform.h"

namespace kratix_status {

namespace {

// https://developer.hashicorp.com/terraform/internals/json-format, "State Representation" and "Plan Representation";
// the state file itself has its version as a number.
const Map* outputs_of(const Map& root, const std::string& name, Error& error) {
  static const Map none;
  const Value* version = root.find("version");
  if (version != nullptr && version->kind() == Value::Kind::integer) {
    error = refused(name, "is Terraform's own state file", "give the output of: terraform output -json");
    return nullptr;
  }
  if (string_in(root, "format_version") == nullptr) return &root;
  if (root.find("planned_values") != nullptr) {
    error = refused(name, "is a plan, whose outputs are not known yet",
                    "apply it, and give the output of: terraform output -json");
    return nullptr;
  }
  const Map* values = map_in(root, "values");
  const Map* outputs = values == nullptr ? nullptr : map_in(*values, "outputs");
  return outputs == nullptr ? &none : outputs;
}

}  // namespace

Result<std::vector<TerraformOutput>> terraform_outputs(const Value& document, const std::string& name) {
  const auto is_not = [&](const std::string& why) {
    return refused(name, "is not what terraform output -json prints: " + why,
                   "give its output whole, without the name of one; to take a field: import FILE KEY=PATH");
  };
  if (!document.is_map()) return is_not("it holds " + std::string(describe(document.kind())));
  Error error;
  const Map* outputs = outputs_of(document.as_map(), name, error);
  if (outputs == nullptr) return error;
  std::vector<TerraformOutput> found;
  for (const auto& [key, output] : *outputs) {
    const Value* value = output.is_map() ? output.as_map().find("value") : nullptr;
    const Value* sensitive = output.is_map() ? output.as_map().find("sensitive") : nullptr;
    if (value == nullptr) return is_not(key + " has no value");
    if (sensitive == nullptr || sensitive->kind() != Value::Kind::boolean) {
      return is_not(key + " does not say whether it is sensitive");
    }
    found.push_back({&key, value, sensitive->as_boolean()});
  }
  return found;
}

}  // namespace kratix_status
