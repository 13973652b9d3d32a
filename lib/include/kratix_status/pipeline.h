// The run that kratix-status is called from: its directories and what Kratix says of it in the environment.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kratix_status {

// KRATIX_WORKFLOW_TYPE: whose status a Pipeline writes.
enum class WorkflowType { resource, promise };

// nullptr for a variable that is not set.
using Environment = std::function<const char*(const char* name)>;

// What the command line says; empty strings where it says nothing.
struct DirectoryOptions {
  std::string root{};
  std::string metadata_dir{};
  std::string input_dir{};
};

struct Pipeline {
  std::string metadata_dir{};    // holds status.yaml, workflow-control.yaml and destination-selectors.yaml
  std::string input_dir{};       // holds object.yaml
  bool input_dir_named = false;  // by an option or a variable of its own, so that it must exist
  // By the prefix of KRATIX_WORKFLOW_TYPE, as Kratix tells the two apart (lib/workflow/reconciler.go, labelsForJobs):
  // other controllers run workflows of types such as promise-backstage-gen.
  WorkflowType workflow = WorkflowType::resource;
  std::string name{};         // KRATIX_PIPELINE_NAME
  std::string type{};         // KRATIX_WORKFLOW_TYPE as it is
  std::string action{};       // KRATIX_WORKFLOW_ACTION: configure or delete
  bool dry_run = false;       // KRATIX_DRY_RUN
  std::string object_name{};  // KRATIX_OBJECT_NAME

  // Whether Kratix resets the published message when it starts this Pipeline: a configure Pipeline
  // (lib/workflow/reconciler.go, setPipelineStartingStatus), but not a delete Pipeline (createDeletePipeline).
  bool resets_message() const { return action != "delete"; }
};

inline constexpr const char* default_root = "/kratix";
inline constexpr const char* default_metadata_dir = "/kratix/metadata";
inline constexpr const char* default_input_dir = "/kratix/input";
inline constexpr const char* status_file = "status.yaml";
inline constexpr const char* control_file = "workflow-control.yaml";
inline constexpr const char* selectors_file = "destination-selectors.yaml";
inline constexpr const char* object_file = "object.yaml";

// Options win over KRATIX_ROOT, KRATIX_METADATA_DIR and KRATIX_INPUT_DIR, those over /kratix. An empty variable counts
// as one that is not set.
Pipeline find_pipeline(const DirectoryOptions& options, const Environment& environment);

// Whether Kratix suspends or retries a workflow of this type (work-creator/cmd/update_status.go,
// handleWorkflowControlFile). A type that is not set counts as resource.
bool heeds_control(const Pipeline& pipeline);

// Warnings that follow from the run alone, whatever status.yaml holds. `sets_message`: the run sets message.
std::vector<std::string> status_warnings(const Pipeline& pipeline, bool sets_message);

// Warnings about a destination-selectors.yaml of this run.
std::vector<std::string> selectors_warnings(const Pipeline& pipeline);

// Warnings about a workflow-control.yaml of this run.
std::vector<std::string> control_warnings(const Pipeline& pipeline);

}  // namespace kratix_status
