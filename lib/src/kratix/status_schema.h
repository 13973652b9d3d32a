// What Kubernetes makes of a status that is sent to it: the schema that Kratix forces on every resource API
// (internal/controller/promise_controller.go, setStatusFieldsOnCRD), and that of the Promise itself
// (api/v1alpha1/promise_types.go).
#pragma once

#include <string>
#include <vector>

#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// What is stored of `sent`: without fields that a condition, or the status of a Promise, does not have, for each of
// which `warnings` gets one, and without null in a field that the schema knows.
// Fails with ErrorKind::refused, naming the field, where Kubernetes refuses the whole of it, and the Pod fails.
Result<Map> stored_status(Map sent, WorkflowType workflow, std::vector<std::string>& warnings);

}  // namespace kratix_status
