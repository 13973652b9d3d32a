// What Kratix's status-writer, the last container of a Pipeline's Pod, makes of the status: its algorithm, step by step
// (work-creator/cmd/update_status.go and work-creator/lib/status_updater.go).
//
// Only Pods of configure workflows have a status-writer (api/v1alpha1/pipeline_factory.go): what a delete workflow
// leaves in its metadata folder is not read. What Kratix's controller does once the Pod has ended, such as setting the
// condition Reconciled, is no part of this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "kratix_status/contract.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// What a workflow-control.yaml that suspends or retries comes to.
struct Suspension {
  std::string message{};   // for `kubectl describe`; empty if there is none
  std::string retry_at{};  // RFC 3339; empty if the Pipeline waits for somebody to resume it
};

// What the status-writer knows beside the two statuses.
struct WriterRun {
  WorkflowType workflow = WorkflowType::resource;
  bool is_last_pipeline = true;  // of the workflow; containers are not told
  bool is_dry_run = false;       // KRATIX_DRY_RUN
  std::string pipeline{};        // KRATIX_PIPELINE_NAME
  std::int64_t generation = 0;   // the object's metadata.generation
  std::string now{};             // RFC 3339
  std::optional<Suspension> suspension{};
};

// The status as the status-writer finds it when the Pod ends: `previous`, that of object.yaml, with the message that
// Kratix sets at the start of each Pipeline.
Map live_status(Map previous);

// The status that the status-writer sends to Kubernetes for status.yaml's map `file`. Where `live` has no record of the
// Pipeline, as in a folder made by hand, there is none to mark; Kratix always has one.
// Fails with ErrorKind::refused where the status-writer fails: on the key `kratix`.
Result<Map> written_status(const Map& live, const Map& file, const WriterRun& run);

}  // namespace kratix_status
