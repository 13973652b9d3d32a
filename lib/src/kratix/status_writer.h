// What Kratix's status-writer, the last container of a Pipeline's Pod, makes of the status: its algorithm, step by step
// (work-creator/cmd/update_status.go and work-creator/lib/status_updater.go).
//
// Configure and delete workflows end with it alike (api/v1alpha1/pipeline_factory.go, pipelineJob); before July 2026
// delete workflows had none. What Kratix's controller does after the Pod, such as setting the condition Reconciled, is
// no part of this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "kratix_status/pipeline.h"
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
  bool heeds_control = true;     // false in workflows of other types than resource and promise
  bool is_own_object = true;     // false where `live` is not the status of the object that is written
  std::string pipeline{};        // KRATIX_PIPELINE_NAME; empty if it is not known
  std::int64_t generation = 0;   // the object's metadata.generation
  std::string now{};             // RFC 3339
  std::optional<Suspension> suspension{};
};

// The status as the status-writer finds it when the Pod ends: `previous`, the status of object.yaml. Kratix resets its
// message when it starts the Pipeline, if `resets_message` (Pipeline::resets_message()).
Map live_status(Map previous, bool resets_message);

// The status that the status-writer sends to Kubernetes for status.yaml's map `file`.
//
// Fails with ErrorKind::refused where the status-writer fails: if `file` has the key `kratix`, and if the Pipeline has
// no record in kratix.workflows.pipelines of `live`. Kratix makes the record before it starts the Pipeline. So where
// `live` has no `kratix` at all, or `run` does not name the Pipeline, this is no run of Kratix's: nothing is marked
// then, and `warnings` gets a line if that leaves out a suspension.
Result<Map> written_status(const Map& live, const Map& file, const WriterRun& run, std::vector<std::string>& warnings);

}  // namespace kratix_status
