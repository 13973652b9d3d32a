// Documents of other programs: what is read, what is missing, and Terraform's outputs.

#include "document/document.h"

#include <string>
#include <vector>

#include "document/missing.h"
#include "document/terraform.h"
#include "support.h"

namespace kratix_status {

namespace {

using test::json;

// As JSON, or the error whole.
std::string shown(const Result<Value>& value) { return value ? to_json(*value) : test::whole(value.error()); }

std::string missing(const std::string& document, const char* path) {
  const Result<KeyPath> parsed = KeyPath::parse_in_document(path);
  REQUIRE(test::outcome(parsed) == "ok");
  const Value root = json(document);
  const Value* found = find(root, *parsed);
  REQUIRE((found == nullptr || found->is_null()));
  return test::whole(missing_from(root, *parsed, "in"));
}

// "name=value", with a '*' behind the name of one that is sensitive.
std::string outputs(const char* document) {
  const Value root = json(document);
  const Result<std::vector<TerraformOutput>> found = terraform_outputs(root, "in");
  if (!found) return test::whole(found.error());
  std::string text;
  for (const TerraformOutput& output : *found) {
    text += *output.name + (output.is_sensitive ? "*" : "") + "=" + to_json(*output.value) + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("JSON is read as JSON, other text as Kratix's YAML, with any root", "[document]") {
  struct Row {
    const char* text;
    const char* value;
  };
  const Row rows[] = {
      {R"({"a":"\/\ud83d\ude00"})", R"({"a":"/😀"})"},
      {"[1, \"yes\"]", R"([1,"yes"])"},
      {"- 1\n- yes\n", "[1,true]"},
      {"\"text\"", "\"text\""},
      {"yes", "true"},
      {"1.50", "1.5"},
      {"null", "null"},
      {"", "null"},
      {"# nothing\n", "null"},
      {"a: 010", R"({"a":8})"},
      {"a: 1\na: 2\n", "refused: in:2:1: key \"a\" appears on lines 1 and 2; Kratix keeps the last\n  a: 2\n  ^"},
      {"- 1\n---\n- 2\n", "refused: in:2:1: Kratix stops reading here, and silently drops the rest\n  ---\n  ^"},
      {"[12345678901234567890]",
       "refused: in:1:2: Kratix keeps numbers as 64-bit floats and rounds integers beyond 2^53 (give it as a string: "
       "\"12345678901234567890\")\n  [12345678901234567890]\n   ^"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shown(read_document(row.text, "in")) == row.value);
  }
}

TEST_CASE("what is to be merged must be a map", "[document]") {
  struct Row {
    const char* text;
    const char* value;
  };
  const Row rows[] = {
      {"", "{}"},
      {"null", "{}"},
      {"{\"a\":1}", R"({"a":1})"},
      {"[1]", "refused: in: holds a list, and only a map can be merged"},
      {"- 1\n", "refused: in:1:1: it holds a list, and Kratix expects a map\n  - 1\n  ^"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shown(read_map_document(row.text, "in")) == row.value);
  }
}

TEST_CASE("a path that leads nowhere is explained by where it ends", "[document]") {
  struct Row {
    const char* document;
    const char* path;
    const char* error;
  };
  const Row rows[] = {
      {R"({"a":{"Endpoint":1,"b":2}})", "a.Endpont.x",
       "refused: in: a.Endpont.x: is missing: a has no Endpont, but Endpoint and b (did you mean a.Endpoint?)"},
      {R"({"url":1})", "ur", "refused: in: ur: is missing: the document has no ur, but url (did you mean url?)"},
      {R"({"x y":1,"z":2})", "word", "refused: in: word: is missing: the document has no word, but \"x y\" and z"},
      {R"({"a":{}})", "a.b", "refused: in: a.b: is missing: a is an empty map"},
      {"{}", "a", "refused: in: a: is missing: the document is an empty map"},
      {R"({"1":0,"2":0,"3":0,"4":0,"5":0,"6":0,"7":0,"8":0,"9":0,"10":0})", "word",
       "refused: in: word: is missing: the document has no word, but 1, 2, 3, 4, 5, 6, 7, 8 and 2 more"},
      {R"({"a":"text"})", "a.b", "refused: in: a.b: is missing: a is a string"},
      {R"({"a":null})", "a.b", "refused: in: a.b: is missing: a is null"},
      {R"({"a":null})", "a", "refused: in: a: is null"},
      {"null", ".", "refused: in: .: is null"},
      {"null", "a", "refused: in: a: is missing: the document is null"},
      {R"({"a":[1,2]})", "a.b", "refused: in: a.b: is missing: a is a list of 2 items (did you mean a[0].b?)"},
      {"[]", "b", "refused: in: b: is missing: the document is a list of 0 items"},
      {"[1]", "b", "refused: in: b: is missing: the document is a list of 1 item (did you mean [0].b?)"},
      {R"({"a":[1]})", "a[1]", "refused: in: a[1]: is missing: a has 1 item"},
      {R"({"a":{}})", "a[0]", "refused: in: a[0]: is missing: a is a map, not a list"},
      {R"({"a":{}})", "a[x=y]", "refused: in: a[x=y]: is missing: a is a map, not a list"},
      {R"({"a":[]})", "a[x=y]", "refused: in: a[x=y]: is missing: a has 0 items"},
      {R"({"a":[1,{"x":2}]})", "a[x=y].z", "refused: in: a[x=y].z: is missing: no item of a is [x=y]"},
      {R"({"a":[{"x":"b"},{"x":"c d"}]})", "a[x=y].z",
       "refused: in: a[x=y].z: is missing: no item of a is [x=y], there are b and \"c d\""},
      {R"([{"n":{"x":"b"}}])", "[n.x=y]",
       "refused: in: [n.x=y]: is missing: no item of the document is [n.x=y], there are b"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.document, row.path);
    CHECK(missing(row.document, row.path) == row.error);
  }
}

TEST_CASE("hostile keys are named on one line, or only counted", "[document]") {
  const std::string longest(100'000, 'k');
  CHECK(missing(R"({")" + longest + R"(":1,"a\nb\u001b":2})", "x") ==
        "refused: in: x: is missing: the document has no x, but \"a\\u000ab\\u001b\" and 1 more");
  CHECK(missing(R"({")" + longest + R"(":1})", "kkkkkkkk") ==
        "refused: in: kkkkkkkk: is missing: the document has no kkkkkkkk, but 1 other");
  CHECK(missing(R"({")" + longest + R"(":1,"l)" + longest + R"(":1})", "k") ==
        "refused: in: k: is missing: the document has no k, but 2 others");
}

TEST_CASE("Terraform's outputs, as output -json and show -json print them", "[document]") {
  const std::string give = " (give its output whole, without the name of one; to take a field: import FILE KEY=PATH)";
  struct Row {
    const char* document;
    std::string outputs;
  };
  const Row rows[] = {
      {R"({"a":{"sensitive":false,"type":"string","value":"x"},"b":{"sensitive":true,"type":"number","value":1}})",
       "a=\"x\" b*=1 "},
      {R"({"a":{"sensitive":false,"value":null}})", "a=null "},
      {"{}", ""},
      {R"({"format_version":"1.0","values":{"outputs":{"a":{"sensitive":false,"value":[1]}},"root_module":{}}})",
       "a=[1] "},
      {R"({"format_version":"1.0","values":{"root_module":{}}})", ""},
      {R"({"format_version":"1.0"})", ""},
      {R"({"values":{"sensitive":false,"value":1},"format_version":{"sensitive":false,"value":2}})",
       "values=1 format_version=2 "},
      {R"({"format_version":"1.2","planned_values":{"outputs":{}}})",
       "refused: in: is a plan, whose outputs are not known yet (apply it, and give the output of: terraform output "
       "-json)"},
      {R"({"version":4,"serial":1,"outputs":{"a":{"value":"x","type":"string"}}})",
       "refused: in: is Terraform's own state file (give the output of: terraform output -json)"},
      {R"("x")", "refused: in: is not what terraform output -json prints: it holds a string" + give},
      {R"({"a":"x"})", "refused: in: is not what terraform output -json prints: a has no value" + give},
      {R"({"a":{"sensitive":false}})", "refused: in: is not what terraform output -json prints: a has no value" + give},
      {R"({"a":{"value":1}})",
       "refused: in: is not what terraform output -json prints: a does not say whether it is sensitive" + give},
      {R"({"a":{"value":1,"sensitive":"false"}})",
       "refused: in: is not what terraform output -json prints: a does not say whether it is sensitive" + give},
  };
  for (const Row& row : rows) {
    CAPTURE(row.document);
    CHECK(outputs(row.document) == row.outputs);
  }
}

}  // namespace kratix_status
