// Finds the directories of the Pipeline, and reads what Kratix says in the environment.
#include "kratix_status/pipeline.h"

#include "files/path.h"

namespace kratix_status {

namespace {

std::string first_of(const std::string& option, const char* variable, std::string otherwise) {
  if (!option.empty()) return option;
  return variable != nullptr && *variable != '\0' ? std::string(variable) : std::move(otherwise);
}

}  // namespace

Pipeline find_pipeline(const DirectoryOptions& options, const Environment& environment) {
  const std::string root = first_of(options.root, environment("KRATIX_ROOT"), default_root);
  const auto directory = [&](const std::string& option, const char* own_variable, const char* name) {
    // A root on the command line is nearer than a directory in the environment.
    const char* value = options.root.empty() ? environment(own_variable) : nullptr;
    return first_of(option, value, join(root, name));
  };
  const char* input = options.root.empty() ? environment("KRATIX_INPUT_DIR") : nullptr;
  const auto variable = [&](const char* name) { return first_of({}, environment(name), {}); };
  const std::string type = variable("KRATIX_WORKFLOW_TYPE");
  return {
      .metadata_dir = directory(options.metadata_dir, "KRATIX_METADATA_DIR", "metadata"),
      .input_dir = directory(options.input_dir, "KRATIX_INPUT_DIR", "input"),
      .input_dir_named = !options.input_dir.empty() || (input != nullptr && *input != '\0'),
      .workflow = type.starts_with("promise") ? WorkflowType::promise : WorkflowType::resource,
      .name = variable("KRATIX_PIPELINE_NAME"),
      .type = type,
      .action = variable("KRATIX_WORKFLOW_ACTION"),
      .dry_run = variable("KRATIX_DRY_RUN") == "true",
      .object_name = variable("KRATIX_OBJECT_NAME"),
  };
}

bool heeds_control(const Pipeline& pipeline) {
  return pipeline.type.empty() || pipeline.type == "resource" || pipeline.type == "promise";
}

std::vector<std::string> status_warnings(const Pipeline& pipeline, bool sets_message) {
  // updateStatus in work-creator/cmd/update_status.go
  if (!sets_message || !pipeline.dry_run) return {};
  return {"key message: this is a dry run (KRATIX_DRY_RUN), and Kratix shows \"Dry run executed\" instead"};
}

std::vector<std::string> selectors_warnings(const Pipeline& pipeline) {
  // api/v1alpha1/pipeline_factory.go: the Pod of a delete Pipeline has no work-writer
  if (pipeline.action != "delete") return {};
  return {"this is a delete Pipeline, and Kratix schedules nothing for it: destination-selectors.yaml is not read"};
}

std::vector<std::string> control_warnings(const Pipeline& pipeline) {
  if (heeds_control(pipeline)) return {};
  std::string warning = "KRATIX_WORKFLOW_TYPE is " + pipeline.type;
  warning += ": Kratix acts on workflow-control.yaml only in resource and promise workflows";
  return {std::move(warning)};
}

}  // namespace kratix_status
