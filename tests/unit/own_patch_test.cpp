// What a container may send while its Pipeline runs: the file's own keys, and nothing that Kratix writes.

#include "kratix/own_patch.h"
#include "support.h"

namespace kratix_status {

namespace {

// The patch, or the error, and then each warning on a line of its own.
std::string patch(const char* previous, const char* file, WorkflowType workflow = WorkflowType::resource) {
  std::vector<std::string> warnings;
  const Result<Map> made = own_patch(test::map(previous), test::map(file), workflow, warnings);
  std::string text = made ? to_json(Value(*made)) : test::outcome(made);
  for (const std::string& warning : warnings) text += "\n" + warning;
  return text;
}

constexpr const char* running =
    R"({"message":"Pending","kratix":{"workflows":{"pipelines":[{"name":"p1","phase":"Running","attempts":2}]}},)"
    R"("conditions":[{"type":"Reconciled","status":"Unknown"},{"type":"Ready","status":"False"}],)"
    R"("iam":{"user":"u","password":"p"},"url":"http://x"})";

}  // namespace

TEST_CASE("a patch has the file's own keys that differ, and no others", "[own_patch]") {
  CHECK(patch(running, "{}") == "{}");
  CHECK(patch(running, R"({"progress":{"percent":"10"}})") == R"({"progress":{"percent":"10"}})");
  CHECK(patch(running, R"({"url":"http://x","message":"Pending"})") == "{}");
  CHECK(patch(running, R"({"url":"http://y","message":"ready"})") == R"({"url":"http://y","message":"ready"})");
  CHECK(patch("{}", R"({"message":"ready"})") == R"({"message":"ready"})");
}

TEST_CASE("a map of the file takes the place of the whole map, as when Kratix merges it", "[own_patch]") {
  CHECK(patch(running, R"({"iam":{"user":"u","role":"r"}})") == R"({"iam":{"password":null,"role":"r"}})");
}

TEST_CASE("conditions are the whole list, merged by type, since a merge patch replaces lists", "[own_patch]") {
  CHECK(patch(running, R"({"conditions":[{"type":"Ready","status":"True"},{"type":"New","severity":"x"}]})") ==
        R"({"conditions":[{"type":"Reconciled","status":"Unknown"},{"type":"Ready","status":"True"},{"type":"New"}]})");
  CHECK(patch(running, R"({"conditions":[{"type":"Ready","status":"False"}]})") == "{}");
  CHECK(patch("{}", R"({"conditions":[{"type":"Ready"}]})") == R"({"conditions":[{"type":"Ready"}]})");
}

TEST_CASE("what Kratix writes itself is left out, and that is said", "[own_patch]") {
  const std::string left_out = ": Kratix writes it itself: it is left out of the patch";
  CHECK(patch(running, R"({"kratix":null,"observedGeneration":7,"a":1})") == R"({"a":1})"
                                                                             "\nkey kratix" +
                                                                                 left_out + "\nkey observedGeneration" +
                                                                                 left_out);
  CHECK(patch(running, R"({"conditions":[{"type":"Reconciled","status":"True"},{"type":"New"}]})") ==
        R"({"conditions":[{"type":"Reconciled","status":"Unknown"},{"type":"Ready","status":"False"},{"type":"New"}]})"
        "\ncondition Reconciled" +
            left_out);
  CHECK(patch(running, R"({"conditions":[{"type":"Reconciled","status":"True"}]})") ==
        "{}\ncondition Reconciled" + left_out);
}

TEST_CASE("a patch is what Kubernetes would store", "[own_patch]") {
  CHECK(patch(running, R"({"message":null})") == R"({"message":null})");
  CHECK(patch(running, R"({"url":null})") == "{}\nkey url: is null, and a merge patch cannot set null: it is left out");
  CHECK(patch(R"({"message":"m"})", R"({"message":"n","url":"x"})", WorkflowType::promise) == R"({"message":"n"})");
  CHECK(patch(running, R"({"message":7})") ==
        "refused: key message: must be a string, not a number: Kubernetes refuses the whole status otherwise (fix it "
        "in status.yaml: until then the Pod fails, and the user sees nothing of the status)");
}

}  // namespace kratix_status
