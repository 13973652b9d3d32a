// How the file and the previous status come together.

#include "kratix/merge.h"
#include "support.h"

namespace kratix_status {

using test::map;

TEST_CASE("maps merge at every level and anything else is replaced", "[merge]") {
  struct Row {
    const char* into;
    const char* from;
    const char* merged;
  };
  const Row rows[] = {
      {"{}", "{}", "{}"},
      {"{}", R"({"a":1})", R"({"a":1})"},
      {R"({"a":1})", "{}", R"({"a":1})"},
      {R"({"a":1,"b":2})", R"({"b":3,"c":4})", R"({"a":1,"b":3,"c":4})"},
      {R"({"iam":{"user":"u"}})", R"({"iam":{"password":"p"}})", R"({"iam":{"user":"u","password":"p"}})"},
      {R"({"a":{"b":{"c":1,"d":2}}})", R"({"a":{"b":{"d":3}}})", R"({"a":{"b":{"c":1,"d":3}}})"},
      {R"({"a":{"b":1}})", R"({"a":2})", R"({"a":2})"},
      {R"({"a":1})", R"({"a":{"b":2}})", R"({"a":{"b":2}})"},
      {R"({"a":[1,2]})", R"({"a":[3]})", R"({"a":[3]})"},
      {R"({"a":[{"b":1}]})", R"({"a":[{"c":2}]})", R"({"a":[{"c":2}]})"},
      {R"({"a":{"b":1}})", R"({"a":null})", R"({"a":null})"},
      {R"({"a":null})", R"({"a":{"b":1}})", R"({"a":{"b":1}})"},
      {R"({"a":{"b":1}})", R"({"a":{}})", R"({"a":{"b":1}})"},
      {R"({"":{"x":1}})", R"({"":{"y":2}})", R"({"":{"x":1,"y":2}})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.into, row.from);
    Map into = map(row.into);
    deep_merge(into, map(row.from));
    CHECK(to_json(Value(into)) == row.merged);
    deep_merge(into, map(row.from));
    CHECK(to_json(Value(into)) == row.merged);
  }
}

TEST_CASE("the effective status is what Kratix will make of the file", "[merge]") {
  struct Row {
    const char* previous;
    const char* file;
    const char* effective;
  };
  const Row rows[] = {
      {"{}", "{}", "{}"},
      {R"({"a":1})", "{}", R"({"a":1})"},
      {"{}", R"({"a":1})", R"({"a":1})"},
      {R"({"iam":{"user":"u"}})", R"({"iam":{"password":"p"}})", R"({"iam":{"password":"p"}})"},
      {R"({"a":1})", R"({"a":null})", R"({"a":null})"},
      {R"({"message":"old","a":1})", "{}", R"({"a":1})"},
      {R"({"message":"old"})", R"({"message":"new"})", R"({"message":"new"})"},
      {R"({"l":[1]})", R"({"l":[2]})", R"({"l":[2]})"},
      {R"({"conditions":[{"type":"A","status":"True"},{"type":"B"}]})",
       R"({"conditions":[{"type":"A","status":"False"},{"type":"C"}]})",
       R"({"conditions":[{"type":"A","status":"False"},{"type":"B"},{"type":"C"}]})"},
      {R"({"conditions":[{"type":"A","reason":"r"}]})", R"({"conditions":[{"type":"A","status":"True"}]})",
       R"({"conditions":[{"type":"A","status":"True"}]})"},
      {R"({"conditions":[{"type":"A"}]})", R"({"conditions":"none"})", R"({"conditions":"none"})"},
      {R"({"conditions":"none"})", R"({"conditions":[{"type":"A"}]})", R"({"conditions":[{"type":"A"}]})"},
      {R"({"conditions":[{"type":"A"}]})", "{}", R"({"conditions":[{"type":"A"}]})"},
      {R"({"conditions":[{"type":"A"},{"status":"True"},7]})", R"({"conditions":[{"type":1},null,{"type":"B"}]})",
       R"({"conditions":[{"type":"A"},{"type":"B"}]})"},
      {R"({"conditions":[{"type":"A"}]})", R"({"conditions":[]})", R"({"conditions":[{"type":"A"}]})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.previous, row.file);
    CHECK(to_json(Value(effective_status(map(row.previous), map(row.file), true))) == row.effective);
  }
}

TEST_CASE("the status-writer merges as the effective status does, and keeps the message", "[merge]") {
  struct Row {
    const char* previous;
    const char* file;
    const char* merged;
  };
  const Row rows[] = {
      {R"({"message":"old","a":1})", R"({"b":2})", R"({"message":"old","a":1,"b":2})"},
      {R"({"message":"old"})", R"({"message":null})", R"({"message":null})"},
      {R"({"a":{"b":1}})", R"({"a":{"c":2}})", R"({"a":{"c":2}})"},
      {R"({"conditions":[{"type":"A"},{"type":"A","status":"x"},{"type":"B"}]})", R"({"conditions":[]})",
       R"({"conditions":[{"type":"A","status":"x"},{"type":"B"}]})"},
      {R"({"conditions":{"type":"A"}})", R"({"conditions":[1,{"type":"B"},{"type":"B"}]})",
       R"({"conditions":[1,{"type":"B"},{"type":"B"}]})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.previous, row.file);
    CHECK(to_json(Value(merge_statuses(map(row.previous), map(row.file)))) == row.merged);
  }
}

TEST_CASE("a hundred thousand conditions merge in a moment", "[merge]") {
  List conditions;
  for (int i = 0; i < 100'000; ++i) {
    Map condition;
    condition.set("type", "T" + std::to_string(i));
    conditions.emplace_back(std::move(condition));
  }
  Map status;
  status.set("conditions", conditions);
  CHECK(merge_statuses(status, status).find("conditions")->as_list().size() == conditions.size());
}

TEST_CASE("only a map or list that the file lacks is brought from the previous status", "[merge]") {
  const Map previous = map(
      R"({"iam":{"user":"u","keys":[1]},"list":[1],"text":"t","none":null,"message":{"a":1},"conditions":{"a":1}})");
  struct Row {
    const char* file;
    const char* key;
    const char* after;
  };
  const Row rows[] = {
      {"{}", "iam", R"({"iam":{"user":"u","keys":[1]}})"},
      {R"({"iam":{"x":1}})", "iam", R"({"iam":{"x":1}})"},
      {R"({"iam":null})", "iam", R"({"iam":null})"},
      {"{}", "list", R"({"list":[1]})"},
      {"{}", "text", "{}"},
      {"{}", "none", "{}"},
      {"{}", "absent", "{}"},
      {"{}", "message", "{}"},
      {"{}", "conditions", "{}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.file, row.key);
    Map file = map(row.file);
    bring_from_previous(file, previous, row.key);
    CHECK(to_json(Value(file)) == row.after);
  }
}

}  // namespace kratix_status
