// Status: the whole act, from the files of a Pipeline to the files that it leaves.
#include "kratix_status/status.h"

#include <map>

#include "kratix/preview.h"
#include "memory_file_system.h"
#include "support.h"

namespace kratix_status {

namespace {

using Texts = std::vector<std::string>;

const std::string status_path = "/kratix/metadata/status.yaml";
const std::string control_path = "/kratix/metadata/workflow-control.yaml";
const std::string object_path = "/kratix/input/object.yaml";

// A Pipeline's directories, and the variables of its container.
struct World {
  World() {
    files.add_directory("/kratix/metadata");
    files.add_directory("/kratix/input");
  }

  Status status() {
    const Environment environment = [this](const char* name) -> const char* {
      const auto found = variables.find(name);
      return found == variables.end() ? nullptr : found->second.c_str();
    };
    return {files, find_pipeline({}, environment), environment};
  }

  std::string text() const { return files.text(status_path).value_or("none"); }

  test::MemoryFileSystem files;
  std::map<std::string, std::string, std::less<>> variables;
};

std::string shown(const Result<std::optional<Value>>& result) {
  if (!result) return test::whole(result.error());
  return *result ? to_json(**result) : "none";
}

}  // namespace

TEST_CASE("set() of a nested key keeps the siblings that are published") {
  World world;
  world.files.put(object_path, "status: {message: old, login: {username: kibana, secret: s}, other: 1}\n");
  Status status = world.status();
  CHECK(test::outcome(status.set("login.username", "elastic")) == "ok");
  CHECK(world.text() == "login:\n  username: elastic\n  secret: s\n");
  CHECK(status.take_warnings().empty());

  SECTION("unless the change is to be fresh") {
    CHECK(test::outcome(status.unset("login")) == "ok");
    CHECK(test::outcome(status.set("login.username", "elastic", {.fresh = true})) == "ok");
    CHECK(world.text() == "login:\n  username: elastic\n");
  }
}

TEST_CASE("each change is made, and get() answers what the platform user will see") {
  World world;
  world.files.put(object_path, "status: {message: old, published: 1, gone: null}\n");
  Status status = world.status();
  CHECK(test::outcome(status.append("list", "a")) == "ok");
  CHECK(test::outcome(status.append("list", "b")) == "ok");
  CHECK(test::outcome(status.merge(test::map(R"({"map":{"x":true,"y":null}})"))) == "ok");
  CHECK(test::outcome(status.unset("map.x")) == "ok");
  CHECK(world.text() == "list:\n  - a\n  - b\nmap:\n  \"y\": null\n");
  CHECK(shown(status.get("list[-1]")) == R"("b")");
  CHECK(shown(status.get("published")) == "1");
  CHECK(shown(status.get("gone")) == "none");
  CHECK(shown(status.get("map.x")) == "none");
  CHECK(shown(status.get("message")) == "none");
  CHECK(shown(status.get("status.message")).find("write message") != std::string::npos);
}

TEST_CASE("a delete Pipeline keeps the published message, a configure Pipeline does not") {
  World world;
  world.files.put(object_path, "status: {message: old}\n");
  CHECK(shown(world.status().get("message")) == "none");
  world.variables["KRATIX_WORKFLOW_ACTION"] = "delete";
  CHECK(shown(world.status().get("message")) == R"("old")");
  const std::vector<Change> once{{Change::Kind::set_once, KeyPath::of("message"), "new"}};
  CHECK(world.status().change(once).ok());
  CHECK(world.text() == "none");
  world.variables["KRATIX_WORKFLOW_ACTION"] = "configure";
  CHECK(world.status().change(once).ok());
  CHECK(world.text() == "message: new\n");
}

TEST_CASE("a condition gets the time of the run") {
  World world;
  world.variables["SOURCE_DATE_EPOCH"] = "0";
  CHECK(test::outcome(world.status().set_condition({"Ready", "True", "Done", "all is well"})) == "ok");
  CHECK(world.text() ==
        "conditions:\n  - type: Ready\n    status: \"True\"\n    reason: Done\n    message: all is well\n"
        "    lastTransitionTime: \"1970-01-01T00:00:00Z\"\n");
  world.variables["SOURCE_DATE_EPOCH"] = "soon";
  CHECK(world.status().set_condition({"Ready", "False", "Failed", ""}).error().kind == ErrorKind::usage);
}

TEST_CASE("what is refused, malformed or cannot be read changes nothing") {
  World world;
  world.files.put(status_path, "a: 1 # mine\n");
  const auto fails = [&](ErrorKind kind, const Outcome& outcome) {
    REQUIRE(!outcome.ok());
    CHECK(outcome.error().kind == kind);
  };
  Status status = world.status();
  fails(ErrorKind::refused, status.set("kratix.x", "y"));
  fails(ErrorKind::refused, status.set("message", Value::number(1)));
  fails(ErrorKind::refused, status.set("a..b", "y"));
  fails(ErrorKind::refused, status.set("status.a", "y"));
  fails(ErrorKind::refused, status.append("a", "y"));
  fails(ErrorKind::refused, status.retry("soon", "again").ok() ? Outcome(Done{}) : status.retry("soon").error());
  CHECK(world.text() == "a: 1 # mine\n");
  CHECK(!world.files.text(control_path));

  world.files.put(object_path, "- no map\n");
  fails(ErrorKind::malformed, status.set("b.c", "y"));
  world.files.put(status_path, "a: [\n");
  fails(ErrorKind::malformed, status.set("b", "y"));
  CHECK(world.text() == "a: [\n");
  world.files.remove_directory("/kratix/metadata");
  fails(ErrorKind::io, status.set("b", "y"));
}

TEST_CASE("a change that changes nothing leaves the file as it is, comments and all") {
  World world;
  world.files.put(status_path, "a: {b: 1, c: [x]} # mine\nconditions: []\n");
  Status status = world.status();
  CHECK(test::outcome(status.set("a.b", Value::number(1))) == "ok");
  CHECK(test::outcome(status.unset("missing.key")) == "ok");
  CHECK(test::outcome(status.merge(test::map(R"({"a":{"b":1}})"))) == "ok");
  CHECK(status.change({{Change::Kind::append_unique, *KeyPath::parse("a.c"), "x"}}).ok());
  CHECK(status
            .change({{Change::Kind::set, KeyPath::of("a"), "x"},
                     {Change::Kind::set, KeyPath::of("a"), test::json(R"({"b":1,"c":["x"]})")}})
            .ok());
  CHECK(world.text() == "a: {b: 1, c: [x]} # mine\nconditions: []\n");
  CHECK(test::outcome(status.set("a.b", "1")) == "ok");
  CHECK(world.text() == "a:\n  b: \"1\"\n  c:\n    - x\nconditions: []\n");
}

TEST_CASE("suspend() and retry() write both files, and resume() removes the one that acts") {
  World world;
  Status status = world.status();
  CHECK(status.suspend("ask somebody").ok());
  CHECK(world.text() == "message: ask somebody\n");
  CHECK(world.files.text(control_path) == "suspend: true\nmessage: ask somebody\n");
  CHECK(status.control()->stops());
  CHECK(status.retry("1d").ok());
  CHECK(world.text() == "message: ask somebody\n");
  CHECK(world.files.text(control_path) == "retryAfter: \"24h\"\n");
  CHECK(test::outcome(status.resume()) == "ok");
  CHECK(!world.files.text(control_path));
  CHECK(test::outcome(status.resume()) == "ok");
}

TEST_CASE("a dry run writes nothing and returns what it would have written") {
  World world;
  world.files.put(status_path, "a: 1\n");
  Status status = world.status();
  const Result<Changed> changed = status.suspend("ask", {.dry_run = true, .effective = true});
  REQUIRE(changed.ok());
  REQUIRE(changed->files.size() == 2);
  CHECK(changed->files[0].name == "status.yaml");
  CHECK(changed->files[0].text == "a: 1\nmessage: ask\n");
  CHECK(changed->files[1].name == "workflow-control.yaml");
  CHECK(to_json(changed->effective) == R"({"a":1,"message":"ask"})");
  CHECK(world.text() == "a: 1\n");
  CHECK(!world.files.text(control_path));
  CHECK(status.resume({.dry_run = true})->files.empty());
  world.files.put(control_path, "suspend: true\n");
  const Result<Changed> resumed = status.resume({.dry_run = true});
  REQUIRE(resumed->files.size() == 1);
  CHECK(resumed->files[0].name == "workflow-control.yaml");
  CHECK(resumed->files[0].is_removed);
  CHECK(world.files.text(control_path) == "suspend: true\n");
}

TEST_CASE("an empty message is written with a warning") {
  World world;
  Status status = world.status();
  CHECK(status.suspend("").ok());
  CHECK(status.take_warnings() ==
        std::vector<std::string>{"key message: is empty, and kubectl get shows nothing there"});
  CHECK(test::outcome(status.set("url", "")) == "ok");
  CHECK(status.take_warnings().empty());
}

TEST_CASE("warnings are kept for the caller, and of one document no more than ten") {
  World world;
  world.variables["KRATIX_DRY_RUN"] = "true";
  world.variables["KRATIX_WORKFLOW_TYPE"] = "other";
  Status status = world.status();
  CHECK(status.suspend("ask").ok());
  CHECK(
      status.take_warnings() ==
      Texts{
          "KRATIX_WORKFLOW_TYPE is other: Kratix acts on workflow-control.yaml only in resource and promise workflows",
          "key message: this is a dry run (KRATIX_DRY_RUN), and Kratix shows \"Dry run executed\" instead"});
  CHECK(status.take_warnings().empty());

  std::string text;
  for (int i = 0; i < 20; ++i) text += "a: 1\n";
  world.files.put(status_path, text);
  CHECK(status.file().ok());
  const Texts warnings = status.take_warnings();
  REQUIRE(warnings.size() == 11);
  CHECK(warnings.front().starts_with("/kratix/metadata/status.yaml:2:1: "));
  CHECK(warnings.back() == "and 9 more like these");

  status.warn(Texts(11, "x"));
  CHECK(status.take_warnings() == Texts(11, "x"));
}

TEST_CASE("an input directory that somebody has named must be there") {
  World world;
  world.files.remove_directory("/kratix/input");
  CHECK(world.status().previous().ok());
  CHECK(!*world.status().object());
  world.variables["KRATIX_INPUT_DIR"] = "/elsewhere";
  CHECK(
      test::outcome(world.status().previous()) ==
      "io: open /elsewhere: No such file or directory (--input-dir or KRATIX_INPUT_DIR names it: name the directory of "
      "object.yaml, or leave it out)");
}

TEST_CASE("a preview is what the status-writer and Kubernetes make of the files") {
  World world;
  world.files.put(object_path, "metadata: {name: demo, generation: 3}\nstatus: {message: old, kept: 1}\n");
  world.files.put(status_path, "message: ready\n");
  Status status = world.status();
  const Result<Preview> preview = make_preview(status, false);
  REQUIRE(test::outcome(preview) == "ok");
  CHECK(preview->name == "demo");
  CHECK(to_json(preview->previous) == R"({"message":"old","kept":1})");
  CHECK(to_json(preview->file) == R"({"message":"ready"})");
  CHECK(to_json(preview->status) == R"({"message":"ready","kept":1})");
  world.files.put(status_path, "kratix: {}\n");
  CHECK(make_preview(status, false).error().kind == ErrorKind::refused);
}

}  // namespace kratix_status
