// What a container itself may send while its Pipeline runs: the JSON merge patch of status.yaml's own keys.
//
// A merge patch replaces a list whole, and Kratix keeps a record of each Pipeline in the list
// status.kratix.workflows.pipelines. A patch with a list from object.yaml wipes what was recorded since, such as the
// attempts of a retry. So the patch has nothing that Kratix writes.
#pragma once

#include <string>
#include <vector>

#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// The merge patch (RFC 7386) that brings the top-level keys of status.yaml's map `file` from their values in
// `previous`, the status of object.yaml, to those that Kubernetes will store; empty if they are the same. `conditions`
// is the whole list, merged by type with the previous one. Left out, each with a line in `warnings`: managed keys,
// conditions of managed types, and a null that a merge patch cannot set. Fails with ErrorKind::refused where Kubernetes
// would refuse the status.
Result<Map> own_patch(const Map& previous, const Map& file, WorkflowType workflow, std::vector<std::string>& warnings);

}  // namespace kratix_status
