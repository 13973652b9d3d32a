// Makes the merge patch of status.yaml's own keys.
#include "kratix/own_patch.h"

#include "kratix/managed.h"
#include "kratix/merge.h"
#include "kratix/status_diff.h"
#include "kratix/status_schema.h"

namespace kratix_status {

namespace {

constexpr const char* left_out = ": Kratix writes it itself: it is left out of the patch";

bool is_managed_condition(const Value& condition, WorkflowType workflow) {
  const std::string* type = string_in(condition, "type");
  return type != nullptr && find_managed_condition_type(*type, workflow) != nullptr;
}

List own_conditions(const List& conditions, WorkflowType workflow, std::vector<std::string>& warnings) {
  List own;
  for (const Value& condition : conditions) {
    if (is_managed_condition(condition, workflow))
      warnings.push_back("condition " + *string_in(condition, "type") + left_out);
    else
      own.push_back(condition);
  }
  return own;
}

Map own_keys(const Map& file, WorkflowType workflow, std::vector<std::string>& warnings) {
  Map own;
  for (const auto& [key, value] : file) {
    if (find_managed_key(key, workflow) != nullptr)
      warnings.push_back("key " + key + left_out);
    else if (key == "conditions" && value.is_list())
      own.set(key, own_conditions(value.as_list(), workflow, warnings));
    else
      own.set(key, value);
  }
  return own;
}

// The entries of `status` that have a key of `keys`.
Map restricted(const Map& status, const Map& keys) {
  Map some;
  for (const auto& [key, value] : keys) {
    if (const Value* found = status.find(key)) some.set(key, *found);
  }
  return some;
}

}  // namespace

Result<Map> own_patch(const Map& previous, const Map& file, WorkflowType workflow, std::vector<std::string>& warnings) {
  const Map own = own_keys(file, workflow, warnings);
  std::vector<std::string> dropped;  // preview has said so already
  Result<Map> stored = stored_status(restricted(merge_statuses(previous, own), own), workflow, dropped);
  if (!stored) return stored;
  return merge_patch(restricted(previous, own), *stored, warnings);
}

}  // namespace kratix_status
