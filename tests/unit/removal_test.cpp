// Many removals at once, beside one after another.
#include <random>

#include "support.h"
#include "value/removal.h"

namespace kratix_status {

namespace {

using test::json;

KeyPath path(const std::string& text) { return *KeyPath::parse(text); }

// What both ways make of `root`; they have to agree.
std::string without(const std::string& root, const std::vector<KeyPath>& paths) {
  Value one_by_one = json(root);
  for (const KeyPath& each : paths) remove(one_by_one, each);
  Value at_once = json(root);
  std::vector<Removal> removals;
  for (const KeyPath& each : paths) removals.push_back({&each, 0});
  remove_all(at_once, removals);
  CHECK(to_json(at_once) == to_json(one_by_one));
  return to_json(at_once);
}

}  // namespace

TEST_CASE("many removals leave what one after another leaves", "[removal]") {
  struct Row {
    const char* root;
    std::vector<const char*> paths;
    const char* after;
  };
  const std::vector<Row> rows = {
      {R"({"a":[1,2,3,4]})", {"a[0]", "a[0]"}, R"({"a":[3,4]})"},
      {R"({"a":[1,2,3,4]})", {"a[-1]", "a[0]", "a[-1]"}, R"({"a":[2]})"},
      {R"({"a":[1,2]})", {"a[1]", "a[1]", "a[0]", "a[0]"}, R"({"a":[]})"},
      {R"({"a":[{"x":1,"y":2},{"x":3}]})", {"a[0].x", "a[0]", "a[0].x"}, R"({"a":[{}]})"},
      {R"({"a":[{"x":1,"y":2},{"x":3,"y":4}]})", {"a[1].x", "a[0].y", "a[-1].y"}, R"({"a":[{"x":1},{}]})"},
      {R"({"a":[[1,2],[3,4]]})", {"a[0][0]", "a[1][1]", "a[0][0]", "a[0]"}, R"({"a":[[3]]})"},
      {R"({"a":{"b":1,"c":2},"d":3})", {"a.b", "a", "a.c", "x.y", "d"}, "{}"},
      {R"({"a":1,"b":[1]})", {"a.b", "a[0]", "b.c", "b[1]", "b[-2]"}, R"({"a":1,"b":[1]})"},
      {R"({"a":[]})", {"a[0]", "a[-1]"}, R"({"a":[]})"},
      {R"({"a":1})", {}, R"({"a":1})"},
  };
  for (const Row& row : rows) {
    std::vector<KeyPath> paths;
    for (const char* text : row.paths) paths.push_back(path(text));
    CAPTURE(row.root);
    CHECK(without(row.root, paths) == row.after);
  }
}

TEST_CASE("so they do wherever they lead", "[removal]") {
  std::mt19937 random(20240822);
  const auto upto = [&](std::size_t most) { return std::to_string(random() % (most + 1)); };
  for (int round = 0; round < 300; ++round) {
    Map root;
    for (const char* key : {"a", "b"}) {
      List list;
      for (std::size_t i = random() % 40; i > 0; --i) {
        Map item;
        item.set("n", Value::integer(static_cast<std::int64_t>(i)));
        item.set("l", List{Value("x"), Value("y"), Value("z")});
        list.emplace_back(std::move(item));
      }
      root.set(key, std::move(list));
    }
    std::vector<KeyPath> paths;
    for (std::size_t i = random() % 60; i > 0; --i) {
      const std::string item =
          std::string(random() % 2 == 0 ? "a" : "b") + (random() % 3 == 0 ? "[-" : "[") + upto(20) + "]";
      const char* const below[] = {"", "", ".n", ".l[0]", ".l[-1]", ".none.n"};
      paths.push_back(path(item + below[random() % std::size(below)]));
    }
    without(to_json(Value(std::move(root))), paths);
  }
}

}  // namespace kratix_status
