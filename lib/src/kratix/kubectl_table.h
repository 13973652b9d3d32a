// What `kubectl get` prints of an object: a header and a row, byte for byte.
//
// The columns are the ones that Kratix gives an API without any (internal/controller/promise_controller.go) and those
// of the Promise (api/v1alpha1/promise_types.go). Cells as k8s.io/cli-runtime prints them
// (pkg/printers/tableprinter.go): cut at the first line break, ESC shown as ^[, and a tab begins another column
// (github.com/liggitt/tabwriter).
#pragma once

#include <string>

#include "kratix_status/pipeline.h"
#include "kratix_status/value.h"

namespace kratix_status {

// Characters that drive a terminal or hide, and what a CI runner takes for a command, are escaped as in messages, where
// kubectl shows them raw; joiners and variation selectors within an emoji or a word are not.
// REQUIRES: `status` is as Kubernetes stores it
std::string kubectl_table(const std::string& name, const Map& status, WorkflowType workflow);

}  // namespace kratix_status
