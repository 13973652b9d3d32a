// The directories of a run, by option, environment and default.

#include <map>

#include "files/path.h"
#include "kratix_status/pipeline.h"
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
    DirectoryOptions options;
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
      // A root on the command line is nearer than a directory in the environment.
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

TEST_CASE("a type that begins with promise makes it a Promise's workflow", "[pipeline]") {
  struct Row {
    const char* type;
    WorkflowType workflow;
    bool heeds_control;
  };
  const Row rows[] = {
      {"promise", WorkflowType::promise, true},     {"promise-backstage-gen", WorkflowType::promise, false},
      {"resource", WorkflowType::resource, true},   {"resource-backstage-gen", WorkflowType::resource, false},
      {"", WorkflowType::resource, true},           {"Promise", WorkflowType::resource, false},
      {"x-promise", WorkflowType::resource, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.type);
    const Pipeline pipeline = find_pipeline({}, environment({{"KRATIX_WORKFLOW_TYPE", row.type}}));
    CHECK(pipeline.workflow == row.workflow);
    CHECK(heeds_control(pipeline) == row.heeds_control);
  }
}

TEST_CASE("what Kratix says of the run is kept as it is", "[pipeline]") {
  const Variables variables = {{"KRATIX_PIPELINE_NAME", "gate"},
                               {"KRATIX_WORKFLOW_TYPE", "health"},
                               {"KRATIX_WORKFLOW_ACTION", "delete"},
                               {"KRATIX_DRY_RUN", "true"}};
  const Pipeline pipeline = find_pipeline({}, environment(variables));
  CHECK(pipeline.name == "gate");
  CHECK(pipeline.type == "health");
  CHECK(pipeline.action == "delete");
  CHECK(pipeline.dry_run);
  const Pipeline none = find_pipeline({}, environment({}));
  CHECK((none.name + none.type + none.action).empty());
  CHECK_FALSE(none.dry_run);
  CHECK_FALSE(find_pipeline({}, environment({{"KRATIX_DRY_RUN", "false"}})).dry_run);
}

TEST_CASE("what Kratix will not show or heed is warned of", "[pipeline]") {
  using Warnings = std::vector<std::string>;
  const Warnings none;
  const Warnings dry_run = {
      "key message: this is a dry run (KRATIX_DRY_RUN), and Kratix shows \"Dry run executed\" instead"};
  CHECK(status_warnings({}, true) == none);
  CHECK(status_warnings({.action = "configure"}, true) == none);
  CHECK(status_warnings({.action = "delete"}, true) == none);
  CHECK(status_warnings({.dry_run = true}, false) == none);
  CHECK(status_warnings({.dry_run = true}, true) == dry_run);
  for (const char* type : {"", "resource", "promise"}) CHECK(control_warnings({.type = type}) == none);
  CHECK(test::escaped(control_warnings({.type = "he\nalth"})) ==
        Warnings{"KRATIX_WORKFLOW_TYPE is he\\nalth: Kratix acts on workflow-control.yaml only in resource and promise "
                 "workflows"});
}

TEST_CASE("a directory and a name are joined by one slash", "[pipeline]") {
  CHECK(join("/kratix/metadata", "status.yaml") == "/kratix/metadata/status.yaml");
  CHECK(join("/kratix/metadata/", "status.yaml") == "/kratix/metadata/status.yaml");
  CHECK(join("/", "x") == "/x");
  CHECK(join(".", "x") == "./x");
}

TEST_CASE("what Kratix says of the run is taken at its word, and nothing else", "[pipeline]") {
  const Variables delete_run = {{"KRATIX_WORKFLOW_ACTION", "delete"},
                                {"KRATIX_DRY_RUN", "true"},
                                {"KRATIX_PIPELINE_NAME", "instance"},
                                {"KRATIX_OBJECT_NAME", "example"}};
  const Pipeline pipeline = find_pipeline({}, environment(delete_run));
  CHECK(pipeline.action == "delete");
  CHECK(pipeline.dry_run);
  CHECK(pipeline.name == "instance");
  CHECK(pipeline.object_name == "example");
  const Variables others = {{"KRATIX_WORKFLOW_ACTION", "configure"}, {"KRATIX_DRY_RUN", "1"}};
  for (const Variables& variables : {others, Variables{}}) {
    const Pipeline plain = find_pipeline({}, environment(variables));
    CHECK(plain.action != "delete");
    CHECK_FALSE(plain.dry_run);
    CHECK(plain.name.empty());
    CHECK(plain.object_name.empty());
  }
}

}  // namespace kratix_status
