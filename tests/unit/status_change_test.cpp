// From the text that is there to the text that shall be.

#include <optional>
#include <string>
#include <vector>

#include "kratix/condition_list.h"
#include "kratix/limits.h"
#include "kratix/status_change.h"
#include "support.h"

namespace kratix_status {

namespace {

using test::json;
using test::map;
using Kind = Change::Kind;

const std::string name = "/kratix/metadata/status.yaml";

KeyPath path(std::string_view text) {
  Result<KeyPath> parsed = KeyPath::parse(text);
  INFO(text);
  REQUIRE(test::outcome(parsed) == "ok");
  return *parsed;
}

Change change(Kind kind, std::string_view key, std::string_view value = "null") {
  return {kind, path(key), json(value)};
}

Change merge(std::string_view value) { return {Kind::merge, std::nullopt, json(value)}; }

struct Row {
  std::optional<std::string> old_text;
  std::vector<Change> changes;
  std::string previous;
  bool fresh;
  std::optional<std::string> new_text;  // nullopt: the file stays
  std::vector<std::string> warnings;
};

std::string shown(const std::optional<std::string>& text) { return text ? *text : "(left as it is)"; }

void check(const Row& row, WorkflowType workflow = WorkflowType::resource) {
  const ChangeContext context{.name = name, .previous = map(row.previous), .fresh = row.fresh, .workflow = workflow};
  CAPTURE(shown(row.old_text), row.previous);
  const std::optional<std::string_view> old_text =
      row.old_text ? std::optional<std::string_view>(*row.old_text) : std::nullopt;
  const Result<ChangedStatus> changed = change_status(old_text, row.changes, context);
  REQUIRE(test::outcome(changed) == "ok");
  CHECK(shown(changed->text) == shown(row.new_text));
  CHECK(test::escaped(changed->warnings) == row.warnings);
}

std::string error_of(std::optional<std::string_view> old_text, const std::vector<Change>& changes,
                     WorkflowType workflow = WorkflowType::resource) {
  return test::outcome(change_status(old_text, changes, {.name = name, .workflow = workflow}));
}

}  // namespace

TEST_CASE("each kind of change does its work on a file without a previous status", "[status_change]") {
  const Row rows[] = {
      {std::nullopt, {change(Kind::set, "message", R"("Ready")")}, "{}", false, "message: Ready\n", {}},
      {"", {change(Kind::set, "message", R"("Ready")")}, "{}", false, "message: Ready\n", {}},
      {"message: Pending\n", {change(Kind::set, "message", R"("Ready")")}, "{}", false, "message: Ready\n", {}},
      {"a: 1\n", {change(Kind::set, "b.c", "2")}, "{}", false, "a: 1\nb:\n  c: 2\n", {}},
      {"a: 1\nb: 2\n", {change(Kind::set, "a", "\"1\"")}, "{}", false, "a: \"1\"\nb: 2\n", {}},
      {"a: [1]\n", {change(Kind::append, "a", "2")}, "{}", false, "a:\n  - 1\n  - 2\n", {}},
      {"a: [1]\n", {change(Kind::append_unique, "a", "2")}, "{}", false, "a:\n  - 1\n  - 2\n", {}},
      {"a: 1\nb: 2\n", {change(Kind::remove, "a")}, "{}", false, "b: 2\n", {}},
      {"a: 1\n", {change(Kind::remove, "a")}, "{}", false, "{}\n", {}},
      {"a: {b: 1, c: 2}\n", {change(Kind::remove, "a.b")}, "{}", false, "a:\n  c: 2\n", {}},
      {"a: {b: 1}\n", {merge(R"({"a":{"c":2},"d":3})")}, "{}", false, "a:\n  b: 1\n  c: 2\nd: 3\n", {}},
      {"a: 1\n",
       {change(Kind::set, "b", "2"), change(Kind::remove, "a"), change(Kind::set, "b", "3"),
        change(Kind::append, "l", "4")},
       "{}",
       false,
       "b: 3\nl:\n  - 4\n",
       {}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a file that is right as it is stays, down to its comments", "[status_change]") {
  const Row rows[] = {
      {"# mine\nmessage: 'Ready' # really\n",
       {change(Kind::set, "message", R"("Ready")")},
       "{}",
       false,
       std::nullopt,
       {}},
      {"# mine\na: {b: 1}\n", {change(Kind::set, "a.b", "1.0")}, "{}", false, std::nullopt, {}},
      {"# mine\na: [x]\n", {change(Kind::append_unique, "a", "\"x\"")}, "{}", false, std::nullopt, {}},
      {"# mine\na: 1\n", {change(Kind::remove, "b.c")}, "{}", false, std::nullopt, {}},
      {"# mine\na: 1\n", {merge("{}")}, "{}", false, std::nullopt, {}},
      {"# mine\na: {x: 1, y: 2}\n", {merge(R"({"a":{"true":2,"x":1}})")}, "{}", false, std::nullopt, {}},
      {"# mine\na: 1\n", {}, "{}", false, std::nullopt, {}},
      {"# mine\n", {change(Kind::remove, "b")}, "{}", false, std::nullopt, {}},
      {"# mine\na: 1\n", {change(Kind::set, "b", "1"), change(Kind::remove, "b")}, "{}", false, std::nullopt, {}},
      {std::nullopt, {change(Kind::remove, "b")}, "{}", false, std::nullopt, {}},
      {std::nullopt, {merge("{}")}, "{}", false, std::nullopt, {}},
      {"", {}, "{}", false, std::nullopt, {}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a file with something the author cannot have meant is written anew even if nothing else changes",
          "[status_change]") {
  const Row rows[] = {
      {"a: 1\na: 2\n",
       {change(Kind::set, "a", "2")},
       "{}",
       false,
       "a: 2\n",
       {name + ":2:1: key \"a\" appears on lines 1 and 2; Kratix keeps the last"}},
      {"id: 9007199254740993\n",
       {change(Kind::set, "a", "1")},
       "{}",
       false,
       "id: 9007199254740992\na: 1\n",
       {name + ":1:5: Kratix keeps numbers as 64-bit floats and loses digits of 9007199254740993"}},
      {"\"a\\e\": 1\n\"a\\e\": 2\n",
       {},
       "{}",
       false,
       "\"a\\x1B\": 2\n",
       {name + ":2:1: key \"a\\x1b\" appears on lines 1 and 2; Kratix keeps the last"}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a write below a top-level map brings that map from the previous status", "[status_change]") {
  const std::string previous =
      R"({"iam":{"user":"u"},"list":[1],"text":"t","message":"old","conditions":[{"type":"A"}]})";
  const Row rows[] = {
      {std::nullopt,
       {change(Kind::set, "iam.password", "\"p\"")},
       previous,
       false,
       "iam:\n  user: u\n  password: p\n",
       {}},
      {"a: 1\n",
       {change(Kind::set, "iam.password", "\"p\"")},
       previous,
       false,
       "a: 1\niam:\n  user: u\n  password: p\n",
       {}},
      {std::nullopt, {change(Kind::set, "iam.password", "\"p\"")}, previous, true, "iam:\n  password: p\n", {}},
      {"iam: {x: 1}\n",
       {change(Kind::set, "iam.password", "\"p\"")},
       previous,
       false,
       "iam:\n  x: 1\n  password: p\n",
       {}},
      {"iam:\n", {change(Kind::set, "iam.password", "\"p\"")}, previous, false, "iam:\n  password: p\n", {}},
      {std::nullopt, {change(Kind::set, "iam", R"({"password":"p"})")}, previous, false, "iam:\n  password: p\n", {}},
      {std::nullopt,
       {change(Kind::append, "iam.roles", "\"r\"")},
       previous,
       false,
       "iam:\n  user: u\n  roles:\n    - r\n",
       {}},
      {std::nullopt,
       {merge(R"({"iam":{"password":"p"},"text":"new"})")},
       previous,
       false,
       "iam:\n  user: u\n  password: p\ntext: new\n",
       {}},
      {std::nullopt, {merge(R"({"iam":{"password":"p"}})")}, previous, true, "iam:\n  password: p\n", {}},
      {std::nullopt, {merge(R"({"iam":"none"})")}, previous, false, "iam: none\n", {}},
      {std::nullopt, {change(Kind::set, "text.x", "1")}, previous, true, "text:\n  x: 1\n", {}},
      {"text: null\n", {change(Kind::set, "text.x", "1")}, previous, false, "text:\n  x: 1\n", {}},
      {std::nullopt, {merge(R"({"text":{"x":1}})")}, previous, false, "text:\n  x: 1\n", {}},
      // What Kratix would keep all the same is not written once more.
      {std::nullopt, {change(Kind::set, "a", "1")}, previous, false, "a: 1\n", {}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("once keeps what is there and not null, in the file or in the previous status", "[status_change]") {
  const std::string previous = R"({"bucket":"b-17","none":null,"iam":{"user":"u","none":null},"message":"old"})";
  const Row rows[] = {
      {std::nullopt, {change(Kind::set_once, "bucket", "\"b-42\"")}, previous, false, std::nullopt, {}},
      {"bucket: b-18\n", {change(Kind::set_once, "bucket", "\"b-42\"")}, previous, false, std::nullopt, {}},
      {"bucket:\n", {change(Kind::set_once, "bucket", "\"b-42\"")}, previous, false, "bucket: b-42\n", {}},
      {std::nullopt, {change(Kind::set_once, "none", "\"b-42\"")}, previous, false, "none: b-42\n", {}},
      {std::nullopt, {change(Kind::set_once, "fresh", "\"b-42\"")}, previous, false, "fresh: b-42\n", {}},
      {std::nullopt, {change(Kind::set_once, "bucket", "\"b-42\"")}, "{}", false, "bucket: b-42\n", {}},
      {std::nullopt, {change(Kind::set_once, "iam.user", "\"v\"")}, previous, false, std::nullopt, {}},
      {std::nullopt,
       {change(Kind::set_once, "iam.none", "\"v\"")},
       previous,
       false,
       "iam:\n  user: u\n  none: v\n",
       {}},
      // Kratix replaces top-level keys whole: with iam in the file, the previous user is gone.
      {"iam: {x: 1}\n",
       {change(Kind::set_once, "iam.user", "\"v\"")},
       previous,
       false,
       "iam:\n  x: 1\n  user: v\n",
       {}},
      // A message of an earlier run is gone as soon as a Pipeline starts.
      {std::nullopt, {change(Kind::set_once, "message", "\"new\"")}, previous, false, "message: new\n", {}},
      {"message: mine\n", {change(Kind::set_once, "message", "\"new\"")}, previous, false, std::nullopt, {}},
      {std::nullopt, {change(Kind::set_once, "a", "1"), change(Kind::set_once, "a", "2")}, "{}", false, "a: 1\n", {}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("unset of a nested key rewrites its map, and of a published top-level key warns", "[status_change]") {
  const std::string previous = R"({"iam":{"user":"u","password":"p"},"text":"t","message":"old"})";
  const std::string kept =
      ": already published, and Kratix keeps it: status.yaml can overwrite a top-level key, not remove it";
  const std::string kept_text = "key text" + kept + "; to publish null instead: kratix-status set --json text null";
  const Row rows[] = {
      {std::nullopt, {change(Kind::remove, "iam.password")}, previous, false, "iam:\n  user: u\n", {}},
      {"iam: {user: v, password: q}\n",
       {change(Kind::remove, "iam.password")},
       previous,
       false,
       "iam:\n  user: v\n",
       {}},
      {std::nullopt, {change(Kind::remove, "iam.absent")}, previous, false, std::nullopt, {}},
      {std::nullopt, {change(Kind::remove, "text")}, previous, false, std::nullopt, {kept_text}},
      {"text: u\na: 1\n", {change(Kind::remove, "text")}, previous, false, "a: 1\n", {kept_text}},
      {"a: 1\n", {change(Kind::remove, "a")}, previous, false, "{}\n", {}},
      {"message: x\n", {change(Kind::remove, "message")}, previous, false, "{}\n", {}},
      {std::nullopt,
       {change(Kind::remove, R"("a b")")},
       R"({"a b":1})",
       false,
       std::nullopt,
       {R"(key "a b")" + kept + R"(; to publish null instead: kratix-status set --json '"a b"' null)"}},
      {std::nullopt,
       {change(Kind::remove, R"("it's")")},
       R"({"it's":1})",
       false,
       std::nullopt,
       {R"(key "it's")" + kept}},
      // Neither of the two takes null.
      {std::nullopt,
       {change(Kind::remove, "conditions")},
       R"({"conditions":[]})",
       false,
       std::nullopt,
       {"key conditions" + kept}},
      {std::nullopt, {change(Kind::remove, "kratix")}, R"({"kratix":{}})", false, std::nullopt, {"key kratix" + kept}},
  };
  for (const Row& row : rows) check(row);
  // Kubernetes drops null in a field that it knows, and a Promise's status has no others.
  check({std::nullopt, {change(Kind::remove, "text")}, previous, false, std::nullopt, {"key text" + kept}},
        WorkflowType::promise);
}

TEST_CASE("what Kratix would not publish is refused", "[status_change]") {
  const std::string managed =
      ": managed by Kratix: Kratix overwrites it, or takes it for its own (choose a key of your own)";
  struct Refusal {
    std::vector<Change> changes;
    std::string error;
  };
  const Refusal refusals[] = {
      {{change(Kind::set, "kratix", "1")},
       "refused: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it (choose a key of your "
       "own)"},
      {{change(Kind::set, "kratix.x", "1")},
       "refused: key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it (choose a key of your "
       "own)"},
      {{change(Kind::append, "workflows", "1")}, "refused: key workflows" + managed},
      {{merge(R"({"a":1,"healthStatus":{}})")}, "refused: key healthStatus" + managed},
      {{change(Kind::set, "message", "true")},
       "refused: key message: must be a string, not a boolean: Kubernetes refuses the whole status otherwise (give it "
       "as one "
       "string: kratix-status set message TEXT)"},
      {{change(Kind::set, "message.x", "1")},
       "refused: key message: must be a string, not a map: Kubernetes refuses the whole status otherwise (give it as "
       "one "
       "string: kratix-status set message TEXT)"},
      {{change(Kind::append, "conditions", "{}")},
       "refused: conditions[0].type: is missing (a condition has type, status, reason, message and "
       "lastTransitionTime)"},
      {{change(Kind::set, "a", "1"), change(Kind::set, "a.b", "2")},
       "refused: key a.b: a is a number, which cannot have keys below it (unset a first, or choose another key)"},
      {{Change{Kind::set, path("a"), Value(std::string("\xFF"))}}, "refused: write YAML: a string is not valid UTF-8"},
      {{Change{Kind::set, path("a"), Value(std::string(max_status_bytes, 'x'))}},
       "refused: status: would take 1025 KiB as JSON; Kubernetes stores at most about 1024 KiB (keep large data "
       "elsewhere, in a "
       "ConfigMap or a Secret, and its name in the status)"},
  };
  for (const Refusal& row : refusals) CHECK(error_of("a: {}\n", row.changes) == row.error);
  CHECK(error_of(std::nullopt, {change(Kind::set, "status", "1")}) == "ok");
  CHECK(error_of(std::nullopt, {change(Kind::set, "status", "1")}, WorkflowType::promise) ==
        "refused: key status" + managed);
}

TEST_CASE("what was wrong before is only warned of, and stays", "[status_change]") {
  const std::string before = name + " holds ";
  const Row rows[] = {
      {"kratix: 1\n",
       {change(Kind::set, "a", "1")},
       "{}",
       false,
       "kratix: 1\na: 1\n",
       {before + "key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it"}},
      {"message: yes\n",
       {change(Kind::set, "a", "1")},
       "{}",
       false,
       "message: true\na: 1\n",
       {before + "key message: must be a string, not a boolean: Kubernetes refuses the whole status otherwise"}},
      {"conditions: [{type: A}]\n",
       {change(Kind::set, "a", "1")},
       "{}",
       false,
       "conditions:\n  - type: A\na: 1\n",
       {before + "conditions[0].status: is missing"}},
      {"message: yes\n", {change(Kind::set, "message", "\"yes\"")}, "{}", false, "message: \"yes\"\n", {}},
      {"kratix: 1\n", {change(Kind::remove, "kratix")}, "{}", false, "{}\n", {}},
      {"kratix: {a: 1, b: 2}\n",
       {change(Kind::remove, "kratix.a")},
       "{}",
       false,
       "kratix:\n  b: 2\n",
       {before + "key kratix: managed by Kratix: Kratix fails the Pod when a Pipeline writes it"}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("a merged key status is warned of, as in a whole object that was pasted", "[status_change]") {
  const std::string warning =
      "key status: status.yaml already holds what is below status; this key will be status.status";
  const Row rows[] = {
      {std::nullopt, {merge(R"({"status":{"a":1}})")}, "{}", false, "status:\n  a: 1\n", {warning}},
      {std::nullopt, {change(Kind::set, "status.a", "1")}, "{}", false, "status:\n  a: 1\n", {}},
      {"status: 1\n", {change(Kind::set, "a", "1")}, "{}", false, "status: 1\na: 1\n", {}},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("on a Promise every key but message is warned of", "[status_change]") {
  const std::string dropped =
      ": the status of a Promise has no such field, so Kubernetes will drop it; only message is kept";
  const Row rows[] = {
      {std::nullopt, {change(Kind::set, "message", "\"x\"")}, "{}", false, "message: x\n", {}},
      {std::nullopt, {change(Kind::set, "a", "1")}, "{}", false, "a: 1\n", {"key a" + dropped}},
      {"b: 1\n", {change(Kind::set, "a", "1")}, "{}", false, "b: 1\na: 1\n", {"key a" + dropped}},
  };
  for (const Row& row : rows) check(row, WorkflowType::promise);
}

TEST_CASE("a file that Kratix would not read, or not whole, is malformed for every change", "[status_change]") {
  struct Malformed {
    const char* text;
    const char* error;
  };
  const Malformed rows[] = {
      {"a: [1\n",
       "malformed: /kratix/metadata/status.yaml:1:4: did not find expected ',' or ']' (the file is unchanged: fix it, "
       "or remove it to start again)\n  a: [1\n     ^"},
      {"- a\n",
       "malformed: /kratix/metadata/status.yaml:1:1: it holds a list, and Kratix expects a map (the file is unchanged: "
       "fix it, or remove it to start again)\n  - a\n  ^"},
      {"{a: 1}\nb: 2\n",
       "malformed: /kratix/metadata/status.yaml:2:1: Kratix stops reading here, and silently drops the rest "
       "(make it one "
       "document: move these lines into the map above, or remove them)\n  b: 2\n  ^"},
      {"a: 1\n---\nb: 2\n",
       "malformed: /kratix/metadata/status.yaml:2:1: Kratix stops reading here, and silently drops the rest "
       "(make it one "
       "document: move these lines into the map above, or remove them)\n  ---\n  ^"},
  };
  const std::vector<Change> changes[] = {
      {change(Kind::set, "a", "1")},
      {change(Kind::set_once, "a", "1")},
      {change(Kind::append, "l", "1")},
      {change(Kind::remove, "a")},
      {merge("{}")},
      {},
  };
  for (const Malformed& row : rows) {
    for (const std::vector<Change>& change : changes) CHECK(error_of(row.text, change) == row.error);
  }
}

TEST_CASE("the previous status is asked for only where it counts", "[status_change]") {
  struct Need {
    Change change;
    bool needed;
    bool needed_if_fresh;
  };
  const Need rows[] = {
      {change(Kind::set, "a"), false, false},       {change(Kind::set, "a.b"), true, false},
      {change(Kind::set, "\"a.b\""), false, false}, {change(Kind::set_once, "a"), true, true},
      {change(Kind::append, "a"), false, false},    {change(Kind::append_unique, "a.b"), true, false},
      {change(Kind::remove, "a"), true, true},      {merge("{}"), true, false},
  };
  for (const Need& row : rows) {
    CHECK(needs_previous(row.change, false) == row.needed);
    CHECK(needs_previous(row.change, true) == row.needed_if_fresh);
  }
}

TEST_CASE("a change is made again on a newer text as if it were the first time", "[status_change]") {
  const std::vector<Change> changes = {change(Kind::append_unique, "l", "2"), change(Kind::set, "a", "1")};
  const ChangeContext context{.name = name};
  const Result<ChangedStatus> once = change_status("l: [1]\n", changes, context);
  REQUIRE(once.ok());
  const Result<ChangedStatus> again = change_status(*once->text, changes, context);
  REQUIRE(again.ok());
  CHECK_FALSE(again->text.has_value());
  CHECK(again->status == once->status);
}

namespace {

Change set_condition_of(const std::string& type, const std::string& status) {
  return {.kind = Kind::set_condition, .condition = {type, status, "Ok", ""}};
}

Change remove_condition_of(const std::string& type) {
  return {.kind = Kind::remove_condition, .condition = {.type = type}};
}

ChangedStatus changed(std::string_view old_text, const std::vector<Change>& changes, const std::string& previous) {
  const ChangeContext context{.name = name, .previous = map(previous), .now = "2024-08-21T10:27:45Z"};
  Result<ChangedStatus> result = change_status(old_text, changes, context);
  REQUIRE(test::outcome(result) == "ok");
  return *result;
}

}  // namespace

TEST_CASE("a condition is set beside malformed ones, which are only reported", "[status_change]") {
  const ChangedStatus status = changed("conditions: [{type: Half}]\n", {set_condition_of("Ready", "True")}, "{}");
  CHECK(*status.text ==
        "conditions:\n  - type: Half\n  - type: Ready\n    status: \"True\"\n    reason: Ok\n    message: \"\"\n"
        "    lastTransitionTime: \"2024-08-21T10:27:45Z\"\n");
  CHECK(status.warnings == std::vector<std::string>{name + " holds conditions[0].status: is missing"});
}

TEST_CASE("a condition that only the previous status has is never carried into the file", "[status_change]") {
  const std::string previous =
      R"({"conditions":[{"type":"Old","status":"True","reason":"A","message":"","lastTransitionTime":"2020-01-01T00:00:00Z"}]})";
  const ChangedStatus status = changed("", {set_condition_of("Ready", "True")}, previous);
  CHECK(status.status.find("conditions")->as_list().size() == 1);
  CHECK(find_condition(status.status, "Old") == nullptr);
}

TEST_CASE("the same condition a second time changes nothing, and a removed one may stay published", "[status_change]") {
  const std::string text = *changed("", {set_condition_of("Ready", "True")}, "{}").text;
  CHECK_FALSE(changed(text, {set_condition_of("Ready", "True")}, "{}").text);
  const ChangedStatus removed = changed(text, {remove_condition_of("Ready")}, R"({"conditions":[{"type":"Ready"}]})");
  CHECK(*removed.text == "{}\n");
  CHECK(removed.warnings == std::vector<std::string>{"condition Ready: already published, and Kratix keeps it: "
                                                     "status.yaml can replace a condition, not remove it"});
  CHECK(changed("a: 1\n", {remove_condition_of("Ready")}, "{}").warnings.empty());
}

TEST_CASE("which changes give a key another value", "[status_change]") {
  CHECK(changes_key(change(Kind::set, "message", "1"), "message"));
  CHECK(changes_key(change(Kind::append, "message", "1"), "message"));
  CHECK_FALSE(changes_key(change(Kind::remove, "message"), "message"));
  CHECK_FALSE(changes_key(change(Kind::set, "a.message"), "message"));
  CHECK(changes_key(merge(R"({"message":"x"})"), "message"));
  CHECK_FALSE(changes_key(merge(R"({"a":{"message":"x"}})"), "message"));
  CHECK(changes_key(set_condition_of("Ready", "True"), "conditions"));
  CHECK_FALSE(changes_key(set_condition_of("Ready", "True"), "message"));
}

}  // namespace kratix_status
