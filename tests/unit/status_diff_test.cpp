// Two statuses side by side: lines for people, and the patch that makes one of the other.

#include "kratix/status_diff.h"
#include "support.h"

namespace kratix_status {

using test::json;
using test::map;

TEST_CASE("a line for each place where two statuses differ", "[status_diff]") {
  struct Row {
    const char* from;
    const char* to;
    const char* lines;
  };
  const Row rows[] = {
      {"{}", "{}", ""},
      {R"({"a":1,"b":2})", R"({"b":2,"a":1})", ""},
      {R"({"a":[{"b":null}]})", R"({"a":[{"b":null}]})", ""},
      {"{}", R"({"a":"x"})", "+ a: \"x\"\n"},
      {R"({"a":"x"})", "{}", "- a: \"x\"\n"},
      {R"({"a":1})", R"({"a":1.5})", "- a: 1\n+ a: 1.5\n"},
      {R"({"a":null})", R"({"a":false})", "- a: null\n+ a: false\n"},
      {R"({"a":null})", "{}", "- a: null\n"},
      {R"({"a":{"b":1}})", R"({"a":[1]})", "- a: {\"b\":1}\n+ a: [1]\n"},
      {R"({"a":{"b":1,"c":{"d":2}}})", R"({"a":{"c":{"d":3},"e":{"f":4}}})",
       "- a.b: 1\n- a.c.d: 2\n+ a.c.d: 3\n+ a.e: {\"f\":4}\n"},
      {R"({"l":[1,2,3]})", R"({"l":[1,4]})", "- l[1]: 2\n+ l[1]: 4\n- l[2]: 3\n"},
      {R"({"l":[[{"a":1}]]})", R"({"l":[[{"a":2}],{}]})", "- l[0][0].a: 1\n+ l[0][0].a: 2\n+ l[1]: {}\n"},
      {R"({"a":{}})", R"({"a":{"x":{}}})", "+ a.x: {}\n"},
      {"{}", R"({"a.b":1,"":{},"say \"hi\"":2})", "+ \"a.b\": 1\n+ \"\": {}\n+ \"say \\\"hi\\\"\": 2\n"},
      {"{}", R"({"labels":{}})", "+ labels: {}\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.from, row.to);
    CHECK(diff_lines(map(row.from), map(row.to)) == row.lines);
  }
}

TEST_CASE("a line stays a line, and drives no terminal", "[status_diff]") {
  Map status;
  status.set("a\nb\x1b", Value("x\ny\t\x1b[31m"));
  status.set("c1", Value("\u009b\u202e\u2028\ufeff\u00e9\U000e0041"));
  CHECK(diff_lines({}, status) ==
        "+ \"a\\u000ab\\u001b\": \"x\\ny\\t\\u001b[31m\"\n"
        "+ c1: \"\\u009b\\u202e\\u2028\\ufeff\u00e9\\udb40\\udc41\"\n");
  Map commands;
  commands.set("##[k]", Value("::x ##[y]"));
  CHECK(diff_lines({}, commands) == "+ \"\\u0023#[k]\": \"::x \\u0023#[y]\"\n");
  CHECK(diff_lines({}, {}).empty());
}

TEST_CASE("far down, values are shown whole", "[status_diff]") {
  const auto nested = [](int depth, int leaf) {
    Value value = Value::integer(leaf);
    for (int i = 0; i < depth; ++i) {
      Map map;
      map.set("k", std::move(value));
      value = Value(std::move(map));
    }
    return value.as_map();
  };
  std::string path = "k";
  for (int i = 1; i < 31; ++i) path += ".k";
  CHECK(diff_lines(nested(31, 1), nested(31, 2)) == "- " + path + ": 1\n+ " + path + ": 2\n");
  CHECK(diff_lines(nested(33, 1), nested(33, 2)) == "- " + path + ".k: {\"k\":1}\n+ " + path + ".k: {\"k\":2}\n");
  CHECK(diff_lines(nested(1000, 1), nested(1000, 1)).empty());
}

namespace {

// RFC 7386, section 2.
Value apply(Value target, const Value& patch) {
  if (!patch.is_map()) return patch;
  if (!target.is_map()) target = Value(Map{});
  for (const auto& [key, value] : patch.as_map()) {
    if (value.is_null()) {
      target.as_map().erase(key);
    } else {
      const Value* there = target.as_map().find(key);
      target.as_map().set(key, apply(there == nullptr ? Value() : *there, value));
    }
  }
  return target;
}

}  // namespace

TEST_CASE("a merge patch holds what differs, and makes one status of the other", "[status_diff]") {
  struct Row {
    const char* from;
    const char* to;
    const char* patch;
  };
  const Row rows[] = {
      {"{}", "{}", "{}"},
      {R"({"a":1})", R"({"a":1})", "{}"},
      {"{}", R"({"a":{"b":{}}})", R"({"a":{"b":{}}})"},
      {R"({"a":1,"b":2})", R"({"a":1,"b":3,"c":"x"})", R"({"b":3,"c":"x"})"},
      {R"({"a":{"b":1,"c":2}})", R"({"a":{"b":1,"c":3}})", R"({"a":{"c":3}})"},
      // Kratix replaces a top-level map whole: what it loses below, a patch has to remove.
      {R"({"iam":{"user":"u"}})", R"({"iam":{"password":"p"}})", R"({"iam":{"user":null,"password":"p"}})"},
      {R"({"message":"Pending"})", "{}", R"({"message":null})"},
      {R"({"l":[1,2]})", R"({"l":[1,3]})", R"({"l":[1,3]})"},
      {R"({"a":"x"})", R"({"a":{"b":1}})", R"({"a":{"b":1}})"},
      {R"({"a":{"b":1}})", R"({"a":"x"})", R"({"a":"x"})"},
      {R"({"a":{"b":1}})", R"({"a":{}})", R"({"a":{"b":null}})"},
      {R"({"a":[{"b":null}]})", R"({"a":[{"b":null}],"c":[null]})", R"({"c":[null]})"},
      {R"({"n":null})", R"({"n":null})", "{}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.from, row.to);
    std::vector<std::string> warnings;
    const Map patch = merge_patch(map(row.from), map(row.to), warnings);
    CHECK(to_json(Value(patch)) == row.patch);
    CHECK(warnings.empty());
    CHECK(apply(json(row.from), Value(patch)) == json(row.to));
  }
}

TEST_CASE("null cannot be patched in, and is told of", "[status_diff]") {
  std::vector<std::string> warnings;
  const Map patch = merge_patch(map(R"({"a":1,"m":{}})"), map(R"({"a":null,"m":{"x y":null,"z":1}})"), warnings);
  CHECK(to_json(Value(patch)) == R"({"m":{"z":1}})");
  CHECK(warnings ==
        std::vector<std::string>{"key a: is null, and a merge patch cannot set null: it is left out",
                                 "key m.\"x y\": is null, and a merge patch cannot set null: it is left out"});
}

}  // namespace kratix_status
