// workflow-control.yaml: how a Pipeline asks Kratix to stop its workflow, or to start it again after a while
// (work-creator/lib/workflow_control.go).
//
// It is written together with the message in status.yaml, through LockedDirectory::replace_all(), status.yaml first: a
// kill between the two leaves a message that the next run writes again, and never a workflow that stops silently.
// The file is always replaced whole; an older one is not read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

struct WorkflowControl {
  bool suspend = false;
  std::string message{};
  std::string retry_after{};  // a duration of Go's; it wins over `suspend`

  // Whether Kratix stops here.
  bool stops() const { return suspend || !retry_after.empty(); }
};

// work-creator/lib/workflow_control.go, WorkflowControlFile
inline constexpr std::string_view control_fields[] = {"suspend", "message", "retryAfter"};

// The field that Kratix puts `key` into, for Go's encoding/json does not look at case; empty if there is none.
std::string_view control_field(std::string_view key);

// The text of the file.
Result<std::string> write_workflow_control(const WorkflowControl& control);

// What Kratix reads: keys in any casing, unknown ones ignored, numbers and booleans taken for strings where it wants
// one. Fails with ErrorKind::malformed where it would fail, at a duration that Go does not know too. `name` is the
// file's.
Result<WorkflowControl> read_workflow_control(const Value& root, const std::string& name);

// How often the Pipeline of that name has been retried: `attempts` of its entry in kratix.workflows.pipelines of the
// previous status; 0 if there is none. Delete Pipelines have their entry in the same list.
std::int64_t attempts_so_far(const Map& previous, const std::string& pipeline);

}  // namespace kratix_status
