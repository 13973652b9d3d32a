// The status-writer's own steps. Rows that come from Kratix's tests are those of
// work-creator/lib/status_updater_test.go.
#include "kratix_status/status_writer.h"

#include "support.h"

namespace kratix_status {

using test::map;

namespace {

constexpr const char* now = "2026-01-02T03:04:05Z";
constexpr const char* completed =
    R"({"lastTransitionTime":"2026-01-02T03:04:05Z","message":"Pipelines completed",)"
    R"("reason":"PipelinesExecutedSuccessfully","status":"True","type":"ConfigureWorkflowCompleted"})";

std::string written(const char* live, const char* file, WriterRun run) {
  run.now = now;
  const Result<Map> status = written_status(map(live), map(file), run);
  return status ? to_json(Value(*status)) : test::outcome(status);
}

std::string with_completed(std::string text) {
  const std::string mark = "COMPLETED";
  if (const std::size_t at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), completed);
  return text;
}

}  // namespace

TEST_CASE("the last Pipeline completes the workflow", "[status_writer]") {
  struct Row {
    const char* live;
    const char* file;
    const char* status;
  };
  const Row rows[] = {
      {"{}", "{}", R"({"conditions":[COMPLETED]})"},
      {R"({"message":"Pending"})", "{}", R"({"message":"Resource requested","conditions":[COMPLETED]})"},
      {R"({"message":"Pending"})", R"({"message":"ready"})", R"({"message":"ready","conditions":[COMPLETED]})"},
      {R"({"message":"ready"})", R"({"message":"Pending"})",
       R"({"message":"Resource requested","conditions":[COMPLETED]})"},
      {R"({"message":"pending"})", "{}", R"({"message":"pending","conditions":[COMPLETED]})"},
      {R"({"message":"Pending"})", R"({"message":null})", R"({"message":null,"conditions":[COMPLETED]})"},
      {R"({"conditions":[{"type":"A"},{"type":"ConfigureWorkflowCompleted","status":"False"},{"type":"B"}]})", "{}",
       R"({"conditions":[{"type":"A"},COMPLETED,{"type":"B"}]})"},
      {R"({"conditions":[{"type":"A"}]})", R"({"conditions":[{"type":"B"}]})",
       R"({"conditions":[{"type":"A"},{"type":"B"},COMPLETED]})"},
      // What is no list of conditions gives way.
      {R"({"conditions":[{"type":"A"}]})", R"({"conditions":"none"})", R"({"conditions":[COMPLETED]})"},
      {R"({"conditions":[{"type":"A"}]})", R"({"conditions":null})", R"({"conditions":[COMPLETED]})"},
      {"{}", R"({"conditions":[]})", R"({"conditions":[COMPLETED]})"},
      {"{}", R"({"conditions":["x",{"type":1},null]})", R"({"conditions":["x",{"type":1},null,COMPLETED]})"},
      {R"({"kratix":{"workflows":{"suspendedGeneration":2,"pipelines":[]}}})", "{}",
       R"({"kratix":{"workflows":{"pipelines":[]}},"conditions":[COMPLETED]})"},
      {R"({"kratix":{"workflows":{"configure":{"suspendedGeneration":2},"delete":{"suspendedGeneration":2}}}})", "{}",
       R"({"kratix":{"workflows":{"configure":{},"delete":{"suspendedGeneration":2}}},"conditions":[COMPLETED]})"},
      {R"({"kratix":"x"})", "{}", R"({"kratix":"x","conditions":[COMPLETED]})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.live, row.file);
    CHECK(written(row.live, row.file, {}) == with_completed(row.status));
  }
}

TEST_CASE("a Promise's workflow has a message of its own", "[status_writer]") {
  const WriterRun run{.workflow = WorkflowType::promise};
  CHECK(written(R"({"message":"Pending"})", "{}", run) ==
        with_completed(R"({"message":"Promise configured","conditions":[COMPLETED]})"));
  CHECK(written(R"({"message":"Pending"})", R"({"message":"Howdy","other":1})", run) ==
        with_completed(R"({"message":"Howdy","other":1,"conditions":[COMPLETED]})"));
}

TEST_CASE("other Pipelines only merge", "[status_writer]") {
  const WriterRun run{.is_last_pipeline = false};
  CHECK(written(R"({"message":"Pending","a":{"b":1}})", R"({"a":{"c":2}})", run) ==
        R"({"message":"Pending","a":{"c":2}})");
}

TEST_CASE("the key kratix fails the status-writer, whatever its value", "[status_writer]") {
  for (const char* file : {R"({"kratix":null})", R"({"kratix":{"workflows":{}},"message":"x"})"}) {
    CHECK(
        written("{}", file, {}) ==
        "refused: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it (choose a key of your "
        "own)");
  }
}

TEST_CASE("a dry run says so, whatever the Pipeline said", "[status_writer]") {
  const WriterRun run{.is_last_pipeline = false, .is_dry_run = true};
  CHECK(written(R"({"message":"Pending"})", R"({"message":"ready"})", run) == R"({"message":"Dry run executed"})");
  CHECK(written("{}", "{}", run) == R"({"message":"Dry run executed"})");
}

namespace {

// A status whose workflow has two Pipelines, the first of which is done.
std::string in_workflow(const char* second, const char* more = "") {
  std::string text =
      R"({"message":"Pending","kratix":{"workflows":{"pipelines":[{"name":"first","phase":"Succeeded"},)";
  text += second;
  text += "]";
  text += more;
  return text += "}}}";
}

}  // namespace

TEST_CASE("a Pipeline that suspends or retries is marked, and completes nothing", "[status_writer]") {
  struct Row {
    Suspension suspension;
    const char* before;
    const char* after;
  };
  const Row rows[] = {
      {{"waiting for approval", ""},
       R"({"name":"second","phase":"Running"})",
       R"({"name":"second","phase":"Suspended","message":"waiting for approval"})"},
      {{"", ""},
       R"({"name":"second","phase":"Suspended","message":"old"})",
       R"({"name":"second","phase":"Suspended"})"},
      {{"waiting", ""},
       R"({"name":"second","phase":"Suspended","nextRetryAt":"2026-03-25T14:22:00Z","attempts":3})",
       R"({"name":"second","phase":"Suspended","message":"waiting"})"},
      {{"", "2026-03-25T14:22:00Z"},
       R"({"name":"second","phase":"Running"})",
       R"({"name":"second","phase":"Suspended","nextRetryAt":"2026-03-25T14:22:00Z","attempts":1})"},
      {{"again", "2026-03-25T14:22:00Z"},
       R"({"name":"second","phase":"Running","attempts":17})",
       R"({"name":"second","phase":"Suspended","message":"again","nextRetryAt":"2026-03-25T14:22:00Z","attempts":18})"},
  };
  for (const Row& row : rows) {
    const WriterRun run{.pipeline = "second", .generation = 7, .suspension = row.suspension};
    const std::string before = in_workflow(row.before);
    CAPTURE(before);
    CHECK(written(before.c_str(), "{}", run) == in_workflow(row.after, R"(,"suspendedGeneration":7)"));
  }
}

TEST_CASE("a Pipeline that does neither is running, whatever it was", "[status_writer]") {
  const WriterRun run{.is_last_pipeline = false, .pipeline = "second"};
  const std::string before = in_workflow(
      R"({"name":"second","phase":"Suspended","message":"m","nextRetryAt":"2026-03-25T14:22:00Z","attempts":3})");
  CHECK(written(before.c_str(), "{}", run) == in_workflow(R"({"name":"second","phase":"Running"})"));
}

TEST_CASE("the record of later versions lies below the action's name", "[status_writer]") {
  const WriterRun run{.pipeline = "only", .generation = 3, .suspension = Suspension{"m", ""}};
  CHECK(written(R"({"kratix":{"workflows":{"configure":{"pipelines":[{"name":"only"}]},"delete":{}}}})", "{}", run) ==
        R"({"kratix":{"workflows":{"configure":{"pipelines":[{"name":"only","phase":"Suspended","message":"m"}],)"
        R"("suspendedGeneration":3},"delete":{}}}})");
}

TEST_CASE("without a record of the Pipeline there is nothing to mark", "[status_writer]") {
  const WriterRun run{.pipeline = "other", .generation = 3, .suspension = Suspension{"m", ""}};
  for (const std::string& live :
       {std::string("{}"), in_workflow(R"({"name":"second"})"),
        std::string(R"({"kratix":{"workflows":{"pipelines":"x"}}})"),
        std::string(R"({"kratix":{"workflows":{"pipelines":[1,{"name":2}]}}})"), std::string(R"({"kratix":[]})")}) {
    CHECK(written(live.c_str(), "{}", run) == live);
  }
}

TEST_CASE("each Pipeline starts with Kratix's message", "[status_writer]") {
  CHECK(to_json(Value(live_status(map(R"({"message":"old","a":1})")))) == R"({"message":"Pending","a":1})");
  CHECK(to_json(Value(live_status({}))) == R"({"message":"Pending"})");
}

}  // namespace kratix_status
