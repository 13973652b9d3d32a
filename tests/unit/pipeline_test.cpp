// The folders of a run, by option, environment and default.
#include "kratix_status/pipeline.h"

#include <map>

#include "support.h"

namespace kratix_status {

namespace {

using Variables = std::map<std::string, std::string>;

Environment environment(const Variables& variables) {
  return [&variables](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  };
}

}  // namespace

TEST_CASE("options win over the environment, and that over /kratix", "[pipeline]") {
  struct Row {
    FolderOptions options;
    Variables variables;
    const char* metadata;
    const char* input;
  };
  const Row rows[] = {
      {{}, {}, "/kratix/metadata", "/kratix/input"},
      {{.root = "/r"}, {}, "/r/metadata", "/r/input"},
      {{.root = "/r/"}, {}, "/r/metadata", "/r/input"},
      {{.root = "."}, {}, "./metadata", "./input"},
      {{.root = "/"}, {}, "/metadata", "/input"},
      {{}, {{"KRATIX_ROOT", "/e"}}, "/e/metadata", "/e/input"},
      {{}, {{"KRATIX_ROOT", ""}}, "/kratix/metadata", "/kratix/input"},
      {{.root = "/r"}, {{"KRATIX_ROOT", "/e"}}, "/r/metadata", "/r/input"},
      {{.metadata_dir = "/m"}, {}, "/m", "/kratix/input"},
      {{.input_dir = "/i"}, {}, "/kratix/metadata", "/i"},
      {{.root = "/r", .metadata_dir = "m/"}, {}, "m/", "/r/input"},
      {{}, {{"KRATIX_METADATA_DIR", "/em"}}, "/em", "/kratix/input"},
      {{}, {{"KRATIX_INPUT_DIR", "/ei"}}, "/kratix/metadata", "/ei"},
      {{}, {{"KRATIX_METADATA_DIR", ""}, {"KRATIX_INPUT_DIR", ""}}, "/kratix/metadata", "/kratix/input"},
      {{}, {{"KRATIX_ROOT", "/e"}, {"KRATIX_METADATA_DIR", "/em"}}, "/em", "/e/input"},
      {{.metadata_dir = "/m"}, {{"KRATIX_METADATA_DIR", "/em"}}, "/m", "/kratix/input"},
      // A root on the command line is nearer than a folder in the environment.
      {{.root = "/r"}, {{"KRATIX_METADATA_DIR", "/em"}, {"KRATIX_INPUT_DIR", "/ei"}}, "/r/metadata", "/r/input"},
      {{.root = "/r", .metadata_dir = "/m"}, {{"KRATIX_INPUT_DIR", "/ei"}}, "/m", "/r/input"},
  };
  for (const Row& row : rows) {
    const Pipeline pipeline = find_pipeline(row.options, environment(row.variables));
    CAPTURE(row.metadata, row.input);
    CHECK(pipeline.metadata_dir == row.metadata);
    CHECK(pipeline.input_dir == row.input);
    CHECK(pipeline.workflow == WorkflowType::resource);
  }
}

TEST_CASE("only the word promise makes it a Promise's workflow", "[pipeline]") {
  struct Row {
    const char* type;
    WorkflowType workflow;
  };
  const Row rows[] = {
      {"promise", WorkflowType::promise},  {"resource", WorkflowType::resource}, {"", WorkflowType::resource},
      {"Promise", WorkflowType::resource}, {"promise ", WorkflowType::resource}, {"x", WorkflowType::resource},
  };
  for (const Row& row : rows) {
    CAPTURE(row.type);
    CHECK(find_pipeline({}, environment({{"KRATIX_WORKFLOW_TYPE", row.type}})).workflow == row.workflow);
  }
}

TEST_CASE("a folder and a name are joined by one slash", "[pipeline]") {
  CHECK(join("/kratix/metadata", "status.yaml") == "/kratix/metadata/status.yaml");
  CHECK(join("/kratix/metadata/", "status.yaml") == "/kratix/metadata/status.yaml");
  CHECK(join("/", "x") == "/x");
  CHECK(join(".", "x") == "./x");
}

}  // namespace kratix_status
