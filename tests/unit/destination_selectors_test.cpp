// destination-selectors.yaml: directories as Kratix cleans them, labels as Kubernetes allows them, and the whole act.
#include "kratix_status/destination_selectors.h"

#include <string>
#include <utility>

#include "kratix_status/status.h"
#include "memory_file_system.h"
#include "support.h"

namespace kratix_status {

namespace {

const Environment no_environment = [](const char*) -> const char* { return nullptr; };
const std::string path = "/kratix/metadata/destination-selectors.yaml";

std::string cleaned(std::string_view directory) {
  const Result<std::string> clean = clean_directory(directory);
  return clean ? *clean : "refused";
}

}  // namespace

// The left ones are those of Go's filepath.Clean().
TEST_CASE("a directory is cleaned as Go does it", "[destination_selectors]") {
  const std::pair<const char*, const char*> rows[] = {
      {"", "."},           {".", "."},
      {"./", "."},         {"./.", "."},
      {"a", "a"},          {"a/", "a"},
      {"./a", "a"},        {"a/.", "a"},
      {"a//", "a"},        {"a/..", "."},
      {"a/../b", "b"},     {"a/b/..", "a"},
      {"...", "..."},      {".a", ".a"},
      {"a b", "a b"},      {"a/b", "refused"},
      {"/", "refused"},    {"/a", "refused"},
      {"..", "refused"},   {"../", "refused"},
      {"../a", "refused"}, {"a/../..", "refused"},
      {"/..", "refused"},  {"./a/b", "refused"},
  };
  for (const auto& [directory, clean] : rows) {
    INFO(directory);
    CHECK(cleaned(directory) == clean);
  }
}

TEST_CASE("labels are those that Kubernetes allows", "[destination_selectors]") {
  const std::string longest(63, 'a');
  const std::string prefix(253, 'p');
  for (const std::string& name :
       {std::string("a"), std::string("A_b.c-9"), longest, prefix + "/" + longest, std::string("a.b/c")})
    CHECK(test::outcome(check_label(name, "")) == "ok");
  for (const std::string& name :
       {std::string(), std::string("a/"), std::string("/a"), std::string("A/b"), std::string("a..b/c"),
        std::string("-a"), std::string("a."), "a" + longest, "p" + prefix + "/a", std::string("a/b/c")})
    CHECK(test::outcome(check_label(name, "")) != "ok");
  for (const std::string& value : {std::string(), std::string("a"), std::string("1.10"), longest})
    CHECK(test::outcome(check_label("a", value)) == "ok");
  for (const std::string& value : {std::string("a/b"), std::string(" "), std::string("a_"), "a" + longest})
    CHECK(test::outcome(check_label("a", value)) != "ok");
}

TEST_CASE("Status sets, replaces, lists and removes entries", "[destination_selectors]") {
  test::MemoryFileSystem files;
  files.add_directory("/kratix/metadata");
  Status status(files, find_pipeline({}, no_environment), no_environment);
  CHECK(test::outcome(status.set_destination("", test::map(R"({"zone": "eu"})"))) == "ok");
  CHECK(test::outcome(status.set_destination("backups/", test::map(R"({"slow": "true"})"))) == "ok");
  CHECK(test::outcome(status.set_destination(".", test::map(R"({"zone": "us"})"))) == "ok");
  CHECK(files.text(path) == "- matchLabels:\n    zone: us\n- directory: backups\n  matchLabels:\n    slow: \"true\"\n");
  const Result<std::vector<DestinationSelector>> entries = status.destinations();
  REQUIRE(test::outcome(entries) == "ok");
  REQUIRE(entries->size() == 2);
  CHECK(entries->back().directory == "backups");
  CHECK(entries->back().match_labels == test::map(R"({"slow": "true"})"));
  CHECK(test::outcome(status.unset_destination("")) == "ok");
  CHECK(files.text(path) == "- directory: backups\n  matchLabels:\n    slow: \"true\"\n");

  SECTION("and refuses labels that no Destination can have, or none") {
    CHECK(test::outcome(status.set_destination("", {})) ==
          "refused: directory .: has no labels, and Kratix fails at such an entry (give it a label)");
    CHECK(test::outcome(status.set_destination("", test::map(R"({"a": 1})"))) ==
          "refused: label a: must be a string, not a number");
    CHECK(test::outcome(status.set_destination("a/b", test::map(R"({"a": "b"})"))) != "ok");
    CHECK(files.text(path) == "- directory: backups\n  matchLabels:\n    slow: \"true\"\n");
  }
}

}  // namespace kratix_status
