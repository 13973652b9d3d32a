#include "kratix_status/pipeline.h"

#include <string_view>

namespace kratix_status {

namespace {

std::string first_of(const std::string& option, const char* variable, std::string otherwise) {
  if (!option.empty()) return option;
  return variable != nullptr && *variable != '\0' ? std::string(variable) : std::move(otherwise);
}

}  // namespace

Pipeline find_pipeline(const FolderOptions& options, const Environment& environment) {
  const std::string root = first_of(options.root, environment("KRATIX_ROOT"), "/kratix");
  const auto folder = [&](const std::string& option, const char* variable, const char* name) {
    // A root on the command line is nearer than a folder in the environment.
    const char* value = options.root.empty() ? environment(variable) : nullptr;
    return first_of(option, value, join(root, name));
  };
  const char* input = options.root.empty() ? environment("KRATIX_INPUT_DIR") : nullptr;
  const char* type = environment("KRATIX_WORKFLOW_TYPE");
  return {
      .metadata_dir = folder(options.metadata_dir, "KRATIX_METADATA_DIR", "metadata"),
      .input_dir = folder(options.input_dir, "KRATIX_INPUT_DIR", "input"),
      .input_dir_named = !options.input_dir.empty() || (input != nullptr && *input != '\0'),
      .workflow =
          type != nullptr && std::string_view(type) == "promise" ? WorkflowType::promise : WorkflowType::resource,
  };
}

std::string join(const std::string& folder, const std::string& name) {
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

}  // namespace kratix_status
