#include "kratix_status/contract.h"

#include <algorithm>

#include "kratix_status/conditions.h"
#include "kratix_status/json.h"
#include "kratix_status/text.h"

namespace kratix_status {

namespace {

constexpr std::string_view overwritten = "Kratix overwrites it, or takes it for its own";

constexpr Managed keys[] = {
    {"kratix", false, "Kratix fails the Pod when a Pipeline writes it", "work-creator/cmd/update_status.go"},
    {"observedGeneration", false, overwritten, "internal/controller/dynamic_resource_request_controller.go"},
    {"workflows", false, overwritten, "internal/controller/dynamic_resource_request_controller.go"},
    {"workflowsSucceeded", false, overwritten, "internal/controller/dynamic_resource_request_controller.go"},
    {"workflowsFailed", false, overwritten, "internal/controller/dynamic_resource_request_controller.go"},
    {"lastSuccessfulConfigureWorkflowTime", false, overwritten,
     "internal/controller/dynamic_resource_request_controller.go"},
    {"promiseVersion", false, overwritten, "internal/controller/dynamic_resource_request_controller.go"},
    {"resourceBindingVersion", false, overwritten, "internal/controller/dynamic_resource_request_controller.go"},
    {"healthStatus", false, overwritten, "internal/controller/healthrecord_controller.go"},
    {"status", true, overwritten, "api/v1alpha1/promise_types.go"},
    {"version", true, overwritten, "api/v1alpha1/promise_types.go"},
    {"kind", true, overwritten, "api/v1alpha1/promise_types.go"},
    {"apiVersion", true, overwritten, "api/v1alpha1/promise_types.go"},
    {"requiredPromises", true, overwritten, "api/v1alpha1/promise_types.go"},
    {"requiredBy", true, overwritten, "api/v1alpha1/promise_types.go"},
    {"lastAvailableTime", true, overwritten, "api/v1alpha1/promise_types.go"},
};

constexpr std::string_view believed = "Kratix's controller takes it at its word";

constexpr Managed condition_types[] = {
    {"ConfigureWorkflowCompleted", false, believed, "lib/resourceutil/util.go"},
    {"DeleteWorkflowCompleted", false, believed, "lib/resourceutil/util.go"},
    {"WorksSucceeded", false, believed, "lib/resourceutil/util.go"},
    {"Reconciled", false, believed, "lib/resourceutil/util.go"},
    {"PromiseAvailable", false, believed, "lib/resourceutil/util.go"},
    {"Available", true, believed, "api/v1alpha1/promise_types.go"},
    {"RequirementsFulfilled", true, believed, "internal/controller/promise_controller.go"},
};

const Managed* find_in(std::span<const Managed> table, std::string_view name, WorkflowType workflow) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Managed& row) { return row.name == name; });
  const bool applies = found != table.end() && (!found->only_on_promises || workflow == WorkflowType::promise);
  return applies ? &*found : nullptr;
}

std::string kibibytes(std::size_t bytes) { return std::to_string((bytes + 1023) / 1024) + " KiB"; }

}  // namespace

std::span<const Managed> managed_keys() { return keys; }
std::span<const Managed> managed_condition_types() { return condition_types; }

const Managed* find_managed_key(std::string_view key, WorkflowType workflow) { return find_in(keys, key, workflow); }

const Managed* find_managed_condition_type(std::string_view type, WorkflowType workflow) {
  return find_in(condition_types, type, workflow);
}

Outcome check_key(std::string_view key, const Value& value, WorkflowType workflow) {
  const std::string context = "key " + printable(key);
  if (const Managed* managed = find_managed_key(key, workflow)) {
    return Error{ErrorKind::refused,
                 context,
                 "managed by Kratix: " + std::string(managed->effect),
                 "choose a key of your own",
                 {}};
  }
  if (key == "message" && !value.is_string()) {
    return Error{ErrorKind::refused,
                 context,
                 "must be a string, not " + std::string(describe(value.kind())) +
                     ": Kubernetes refuses the whole status otherwise",
                 "give it as one string: kratix-status set message TEXT",
                 {}};
  }
  if (key == "conditions") return check_conditions(value, workflow);
  return Done{};
}

Outcome check_size(const Value& status, std::vector<std::string>& warnings) {
  const std::size_t size = to_json(status).size();
  if (size > max_status_bytes) {
    return Error{ErrorKind::refused,
                 "status",
                 "would take " + kibibytes(size) + " as JSON; Kubernetes stores no more than some " +
                     kibibytes(max_status_bytes),
                 "keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status",
                 {}};
  }
  if (size > large_status_bytes) {
    warnings.push_back("the status takes " + kibibytes(size) +
                       " as JSON, which slows every reader of the object; the limit is " + kibibytes(max_status_bytes));
  }
  return Done{};
}

}  // namespace kratix_status
