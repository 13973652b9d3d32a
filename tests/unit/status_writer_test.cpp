// The status-writer's own steps, as Kratix has them in August 2026 (commit ae170e22). Rows that come from Kratix's
// tests are those of work-creator/lib/status_updater_test.go.

#include "kratix/status_writer.h"
#include "support.h"

namespace kratix_status {

using test::map;

namespace {

constexpr const char* now = "2026-01-02T03:04:05Z";
constexpr const char* completed =
    R"({"lastTransitionTime":"2026-01-02T03:04:05Z","message":"Pipelines completed",)"
    R"("reason":"PipelinesExecutedSuccessfully","status":"True","type":"ConfigureWorkflowCompleted"})";

// The status, or the error, and then each warning on a line of its own.
std::string written(const char* live, const char* file, WriterRun run) {
  run.now = now;
  std::vector<std::string> warnings;
  const Result<Map> status = written_status(map(live), map(file), run, warnings);
  std::string text = status ? to_json(Value(*status)) : test::outcome(status);
  for (const std::string& warning : warnings) text += "\n" + warning;
  return text;
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

namespace {

constexpr const char* fails_without =
    ": Kratix's status-writer fails then, and the user sees nothing of the status (Kratix makes the entry before it "
    "starts the Pipeline: take object.yaml and KRATIX_PIPELINE_NAME from the same run)";

std::string no_record(const std::string& cause) {
  return "refused: status.kratix.workflows.pipelines of object.yaml: " + cause + fails_without;
}

}  // namespace

TEST_CASE("a Pipeline without a record fails the status-writer, whether it suspends or not", "[status_writer]") {
  const WriterRun goes_on{.is_last_pipeline = false, .pipeline = "other"};
  WriterRun suspends = goes_on;
  suspends.suspension = Suspension{"m", ""};
  const std::string others = in_workflow(R"({"name":"second"})");
  for (const char* live : {others.c_str(), R"({"kratix":{"workflows":{"pipelines":[]}}})",
                           R"({"kratix":{"workflows":{"pipelines":[1,{"name":2}]}}})"}) {
    CAPTURE(live);
    CHECK(written(live, "{}", goes_on) == no_record("has no entry for the Pipeline other"));
    CHECK(written(live, "{}", suspends) == no_record("has no entry for the Pipeline other"));
  }
}

TEST_CASE("without a list of records only a suspension fails the status-writer", "[status_writer]") {
  const WriterRun goes_on{.is_last_pipeline = false, .pipeline = "other"};
  WriterRun suspends = goes_on;
  suspends.suspension = Suspension{"m", ""};
  for (const char* live : {R"({"kratix":{}})", R"({"kratix":{"workflows":{}}})", R"({"kratix":{"workflows":[]}})",
                           R"({"kratix":{"workflows":{"pipelines":"x"}}})"}) {
    CAPTURE(live);
    CHECK(written(live, "{}", goes_on) == live);
    CHECK(written(live, "{}", suspends) == no_record("is missing"));
  }
}

TEST_CASE("an object that Kratix never saw has no record, and a suspension only warns", "[status_writer]") {
  WriterRun run{.is_last_pipeline = false, .pipeline = "gate"};
  CHECK(written(R"({"a":1})", "{}", run) == R"({"a":1})");
  run.suspension = Suspension{"m", ""};
  for (const char* live : {R"({"a":1})", R"({"kratix":null})", R"({"kratix":[]})"}) {
    CHECK(written(live, "{}", run) ==
          std::string(live) + "\nobject.yaml has no status.kratix: what Kratix records there is left out");
  }
}

TEST_CASE("a Pipeline whose name is not known is the only one there is", "[status_writer]") {
  WriterRun run{.is_last_pipeline = false};
  const std::string two = in_workflow(R"({"name":"second","phase":"Running"})");
  const char* one = R"({"kratix":{"workflows":{"pipelines":[{"name":"gate","phase":"Suspended","attempts":2}]}}})";
  CHECK(written(two.c_str(), "{}", run) == two);
  CHECK(written(one, "{}", run) == R"({"kratix":{"workflows":{"pipelines":[{"name":"gate","phase":"Running"}]}}})");
  run.suspension = Suspension{"m", ""};
  CHECK(written(two.c_str(), "{}", run) ==
        two + "\nKRATIX_PIPELINE_NAME is not set: what Kratix records of the Pipeline is left out");
  CHECK(written(one, "{}", run) ==
        R"({"kratix":{"workflows":{"pipelines":[{"name":"gate","phase":"Suspended","message":"m"}],)"
        R"("suspendedGeneration":0}}})");
}

TEST_CASE("another object's records say nothing of this one's", "[status_writer]") {
  WriterRun run{.is_last_pipeline = false, .is_own_object = false, .pipeline = "other"};
  for (const std::string& live : {std::string(R"({"kratix":{}})"), in_workflow(R"({"name":"second"})")}) {
    run.suspension.reset();
    CHECK(written(live.c_str(), "{}", run) == live);
    run.suspension = Suspension{"m", ""};
    CHECK(written(live.c_str(), "{}", run) == live);
  }
}

TEST_CASE("workflows of other types are neither suspended nor cleared, nor called by a message", "[status_writer]") {
  const std::string live = in_workflow(R"({"name":"second","phase":"Suspended","attempts":2})");
  WriterRun run{.heeds_control = false, .pipeline = "other"};
  CHECK(written(R"({"message":"Pending"})", "{}", run) ==
        with_completed(R"({"message":"Pending","conditions":[COMPLETED]})"));
  run.suspension = Suspension{"m", ""};
  CHECK(written(live.c_str(), "{}", run) == live);
}

TEST_CASE("each configure Pipeline starts with Kratix's message, and a delete Pipeline with the last one",
          "[status_writer]") {
  CHECK(to_json(Value(live_status(map(R"({"message":"old","a":1})"), true))) == R"({"message":"Pending","a":1})");
  CHECK(to_json(Value(live_status({}, true))) == R"({"message":"Pending"})");
  CHECK(to_json(Value(live_status(map(R"({"message":"old","a":1})"), false))) == R"({"message":"old","a":1})");
  CHECK(to_json(Value(live_status({}, false))) == "{}");
}

}  // namespace kratix_status
