// What Kubernetes stores of a status: the schema that Kratix forces on every resource API
// (internal/controller/promise_controller.go, setStatusFieldsOnCRD), and that of the Promise itself
// (api/v1alpha1/promise_types.go).
#pragma once

#include <string>
#include <vector>

#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// What Kubernetes stores of `sent`. Fields unknown to a condition or to a Promise's status are dropped, with a warning
// each; nulls in known fields are dropped silently.
// Fails with ErrorKind::refused, naming the field, where Kubernetes refuses the whole of it, and the Pod fails.
Result<Map> stored_status(Map sent, WorkflowType workflow, std::vector<std::string>& warnings);

}  // namespace kratix_status
