// The tables of managed.h.
#include "kratix/managed.h"

#include <algorithm>

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

constexpr std::string_view believed = "Kratix's controller acts on it";

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

}  // namespace

std::span<const Managed> managed_keys() { return keys; }
std::span<const Managed> managed_condition_types() { return condition_types; }

const Managed* find_managed_key(std::string_view key, WorkflowType workflow) { return find_in(keys, key, workflow); }

const Managed* find_managed_condition_type(std::string_view type, WorkflowType workflow) {
  return find_in(condition_types, type, workflow);
}

}  // namespace kratix_status
