// What validate stands on: places, excerpts, dialects, the table of rules, names of files. The rules themselves are
// tested by example, in tests/validate.

#include <set>
#include <string>
#include <vector>

#include "files/path.h"
#include "kratix/metadata_directory.h"
#include "kratix/status_checks.h"
#include "kratix_status/finding.h"
#include "kratix_status/pipeline.h"
#include "memory_file_system.h"
#include "support.h"
#include "validate/checks.h"
#include "validate/known_files.h"
#include "validate/other_readers.h"
#include "value/message.h"
#include "value/position_finder.h"
#include "yaml/source.h"

namespace kratix_status {

namespace {

using test::MemoryFileSystem;

constexpr const char* directory = "/kratix/metadata";

// "NAME: RULE RULE", one a file.
std::vector<std::string> files_found(MemoryFileSystem& files) {
  const Result<std::vector<DirectoryEntry>> entries = metadata_directory(files, directory).list();
  if (!entries) return {test::whole(entries.error())};
  std::vector<std::string> all;
  for (const MetadataFile& file : find_metadata_files(*entries)) {
    std::string line = file.name + ":";
    for (const Finding& finding : file.findings) line += " " + std::string(rule(finding.rule).name);
    all.push_back(line);
  }
  return all;
}

bool has_error(std::string_view text) {
  for (const Finding& finding : validate_text(text, FileKind::status, WorkflowType::resource).findings) {
    if (rule(finding.rule).severity == Severity::error) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the table of rules is in the order of its numbers, and each name stands once", "[validate]") {
  std::set<std::string_view> names;
  const std::vector<Rule> all = rules();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Rule& each = all[i];
    CAPTURE(each.name);
    CHECK(static_cast<std::size_t>(each.id) == i);
    CHECK(names.insert(each.name).second);
    CHECK(each.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos);
    CHECK(each.meaning.ends_with('.'));
    CHECK(!each.fix.empty());
    CHECK(!each.source.empty());
  }
  CHECK(all.back().id == RuleId::misspelt_file_name);
}

TEST_CASE("an excerpt of a walk is the excerpt of the whole text", "[validate]") {
  const std::string wide = "ä€🎉";
  std::string line;
  for (int i = 0; i < 100; ++i) line += wide + "xy";
  const std::string text = "a: b\r\n" + line + "\n\nlast\xE2\x80\xA8x";
  for (const std::size_t column : {1, 2, 49, 50, 51, 52, 60, 61, 62, 63, 110, 200, 420, 475, 480, 500, 501}) {
    CAPTURE(column);
    CHECK(PositionFinder(text).excerpt_at({2, column}) == excerpt(text, 2, column));
  }
  PositionFinder walk(text);
  for (const Position at : {Position{1, 4}, Position{2, 70}, Position{2, 70}, Position{2, 300}, Position{5, 1}}) {
    CHECK(walk.excerpt_at(at) == excerpt(text, at.line, at.column));
  }
  CHECK(walk.find({1, 1}) == std::string::npos);
  CHECK(walk.find({9, 1}) == std::string::npos);
}

TEST_CASE("nodes tell how they are written, and refused documents why", "[validate]") {
  YamlSource source;
  REQUIRE(read_yaml("a: &x 'b'\nc: [*x, 1e3]\n", "f", source).ok());
  REQUIRE(source.root != nullptr);
  REQUIRE(source.root->children.size() == 4);
  CHECK(source.root->children[0]->implicit);
  CHECK(!source.root->children[1]->implicit);
  const YamlNode& list = *source.root->children[3];
  CHECK(list.children[0]->target == source.root->children[1]);
  CHECK(list.children[1]->value == "1e3");
  CHECK(list.children[1]->at.column == 9);

  YamlSource refused;
  CHECK(!read_yaml("a: b\nc: .inf\n", "f", refused).ok());
  CHECK(refused.problem.rule == RuleId::not_a_number);
  CHECK(refused.problem.at.line == 2);
  CHECK(refused.root != nullptr);
}

TEST_CASE("the same plain scalar in YAML 1.1 and 1.2", "[validate]") {
  struct Row {
    const char* text;
    ScalarKind old_kind;
    ScalarKind new_kind;
  };
  using Kind = ScalarKind;
  const Row rows[] = {
      {"", Kind::null, Kind::null},
      {"~", Kind::null, Kind::null},
      {"yes", Kind::boolean, Kind::text},
      {"y", Kind::text, Kind::text},
      {"True", Kind::boolean, Kind::boolean},
      {"1", Kind::number, Kind::number},
      {"-0", Kind::number, Kind::number},
      {"010", Kind::number, Kind::number},
      {"08", Kind::text, Kind::number},
      {"0o10", Kind::text, Kind::number},
      {"0x1F", Kind::number, Kind::number},
      {"0b11", Kind::number, Kind::text},
      {"1_000", Kind::number, Kind::text},
      {"1.5", Kind::number, Kind::number},
      {".5", Kind::number, Kind::number},
      {"5.", Kind::number, Kind::number},
      {".", Kind::text, Kind::text},
      {"1e3", Kind::text, Kind::number},
      {"1.0e3", Kind::text, Kind::number},
      {"1.0e+3", Kind::number, Kind::number},
      {"-.inf", Kind::number, Kind::number},
      {".NaN", Kind::number, Kind::number},
      {"1:30", Kind::number, Kind::text},
      {"12:30:45.5", Kind::number, Kind::text},
      {"1:99", Kind::text, Kind::text},
      {"10.0.0.1", Kind::text, Kind::text},
      {"1.2.3", Kind::text, Kind::text},
      {"2024-08-21", Kind::time, Kind::text},
      {"2024-8-21", Kind::text, Kind::text},
      {"2024-08-21T10:27:45Z", Kind::time, Kind::text},
      {"2024-8-1 1:27:45.5 +02:00", Kind::time, Kind::text},
      {"2024-08-21T10:27", Kind::text, Kind::text},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(kind_in_yaml_1_1(row.text) == row.old_kind);
    CHECK(kind_in_yaml_1_2(row.text) == row.new_kind);
  }
}

TEST_CASE("what set refuses in a status is an error to validate", "[validate]") {
  const char* const texts[] = {"kratix: x",      "workflows: 1",    "message: 1",      "message: null",
                               "conditions: {}", "healthStatus: x", "conditions: [x]", "conditions: [{type: Ready}]",
                               "message: text",  "url: x",          "conditions: []",  "none: null"};
  for (const char* text : texts) {
    CAPTURE(text);
    const Result<Document> document = read_yaml(text, "f");
    REQUIRE(document.ok());
    const Map::Entry& entry = *document->value.as_map().begin();
    CHECK(has_error(text) == !check_key(entry.key, entry.value, WorkflowType::resource).ok());
  }
}

TEST_CASE("the kind of a file is told from its name", "[validate]") {
  for (const char* path :
       {"workflow-control.yaml", "a/b/workflow_control.yml", "WorkflowControl.json", "1-workflow-control.yaml"})
    CHECK(kind_of_file(path) == FileKind::control);
  for (const char* path : {"status.yaml", "-", "", "workflow-control/status.yaml", "control.yaml"})
    CHECK(kind_of_file(path) == FileKind::status);
  CHECK(kind_of_file("x/destination-selectors.yaml") == FileKind::selectors);
}

TEST_CASE("the files of the directory that Kratix reads, and those that were meant", "[validate]") {
  MemoryFileSystem files;
  files.add_directory(directory);
  for (const char* name : {"status.yaml", "stauts.yaml", "STATUS.YML", "workflow_control.yaml", "notes.txt",
                           "state.yaml", "values.yaml", "st.yaml", ".status.yaml.kratix-status.tmp", "statuses"})
    files.put(join(directory, name), "a: b\n");
  CHECK(files_found(files) ==
        std::vector<std::string>{"STATUS.YML: misspelt-file-name", "status.yaml:", "statuses: misspelt-file-name",
                                 "stauts.yaml: misspelt-file-name", "workflow_control.yaml: misspelt-file-name"});
}

TEST_CASE("modes and kinds of files, as uid 65532 meets them", "[validate]") {
  MemoryFileSystem files;
  files.add_directory(directory, 0770);
  files.put(join(directory, "status.yaml"), "a: b\n", 0640);
  files.put_link(join(directory, "workflow-control.yaml"), "elsewhere");
  files.put_special(join(directory, "destination-selectors.yaml"), FileInfo::Type::fifo);
  CHECK(files_found(files) ==
        std::vector<std::string>{".: directory-unsearchable", "destination-selectors.yaml: not-a-regular-file",
                                 "status.yaml: file-unreadable", "workflow-control.yaml: symbolic-link"});
}

TEST_CASE("a directory that is not there", "[validate]") {
  MemoryFileSystem files;
  CHECK(files_found(files) ==
        std::vector<std::string>{"io: open /kratix/metadata: No such file or directory (outside of a Pipeline, make a "
                                 "directory, and name it: mkdir metadata, then --root .)"});
}

}  // namespace kratix_status
