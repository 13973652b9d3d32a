// Value and Map: order, comparison, and which numbers are integers.
#include <limits>
#include <random>
#include <utility>

#include "kratix_status/value.h"
#include "support.h"

namespace kratix_status {

namespace {

using Model = std::vector<std::pair<std::string, std::int64_t>>;

Model model_of(const Map& map) {
  Model model;
  for (const auto& [key, value] : map) model.emplace_back(key, value.as_integer());
  return model;
}

std::size_t position_in(const Model& model, const std::string& key) {
  std::size_t at = 0;
  while (at < model.size() && model[at].first != key) ++at;
  return at;
}

}  // namespace

TEST_CASE("a map keeps the order of its keys through any mix of changes", "[value]") {
  std::mt19937 random(20240821);
  Map map;
  Model model;
  for (int step = 0; step < 3000; ++step) {
    // Wanders above and below the size from which a map has an index.
    const std::string key = "k" + std::to_string(random() % 40);
    const std::size_t at = position_in(model, key);
    if (random() % 5 < 3) {
      map.set(key, Value::integer(step));
      if (at == model.size())
        model.emplace_back(key, step);
      else
        model[at].second = step;
    } else {
      CHECK(map.erase(key) == (at < model.size()));
      if (at < model.size()) model.erase(model.begin() + static_cast<std::ptrdiff_t>(at));
    }
    REQUIRE(model_of(map) == model);
    REQUIRE(map.size() == model.size());
    REQUIRE(map.empty() == model.empty());
    REQUIRE(map.position(key) == position_in(model, key));
    REQUIRE((map.find(key) != nullptr) == (position_in(model, key) < model.size()));
  }
}

TEST_CASE("a copy of a map is a map of its own, small or large", "[value]") {
  for (const int size : {0, 1, 15, 16, 17, 100}) {
    CAPTURE(size);
    Map original;
    for (int i = 0; i < size; ++i) original.set("k" + std::to_string(i), Value::integer(i));
    Map copy = original;
    Map assigned;
    assigned.set("before", Value());
    assigned = original;
    CHECK(copy == original);
    CHECK(assigned == original);
    copy.set("new", Value(true));
    copy.erase("k0");
    CHECK(original.find("new") == nullptr);
    CHECK((original.find("k0") != nullptr) == (size > 0));
    CHECK(assigned == original);
    const Map moved = std::move(assigned);
    CHECK(moved == original);
    for (int i = 0; i < size; ++i) CHECK(moved.position("k" + std::to_string(i)) == static_cast<std::size_t>(i));
  }
}

TEST_CASE("a map may be assigned to itself and emptied and filled again", "[value]") {
  Map map;
  for (int i = 0; i < 20; ++i) map.set("k" + std::to_string(i), Value::integer(i));
  const Map& same = map;
  map = same;
  CHECK(map.size() == 20);
  for (int i = 0; i < 20; ++i) CHECK(map.erase("k" + std::to_string(i)));
  CHECK(map.empty());
  CHECK_FALSE(map.erase("k0"));
  map.set("k0", Value("again"));
  CHECK(to_json(Value(map)) == R"({"k0":"again"})");
}

TEST_CASE("many keys erased from the front, the back or the middle leave the others in order", "[value]") {
  constexpr int size = 1000;
  const auto key = [](int number) { return "k" + std::to_string(number); };
  for (const int first : {0, 250, 999}) {
    CAPTURE(first);
    Map map;
    Model model;
    for (int i = 0; i < size; ++i) map.set(key(i), Value::integer(i)), model.emplace_back(key(i), i);
    for (int i = 0; i < size; ++i) {
      const int gone = first == 999 ? size - 1 - i : (first + i) % size;
      CHECK(map.erase(key(gone)));
      model.erase(model.begin() + static_cast<std::ptrdiff_t>(position_in(model, key(gone))));
      if (i % 97 != 0) continue;
      REQUIRE(model_of(map) == model);
      const Map copy = map;
      REQUIRE(copy == map);
      REQUIRE(model_of(copy) == model);
      if (!model.empty()) REQUIRE(map.position(model.back().first) == model.size() - 1);
    }
    CHECK(map.empty());
    CHECK(map.begin() == map.end());
  }
}

TEST_CASE("values are equal by what they hold, maps whatever their order", "[value]") {
  struct Row {
    const char* a;
    const char* b;
    bool equal;
  };
  const Row rows[] = {
      {"{}", "{}", true},
      {"{}", "[]", false},
      {R"({"a":1,"b":2})", R"({"b":2,"a":1})", true},
      {R"({"a":1})", R"({"a":1,"b":2})", false},
      {R"({"a":1,"b":2})", R"({"a":1,"c":2})", false},
      {R"({"a":{"x":1,"y":[{"p":1,"q":2}]}})", R"({"a":{"y":[{"q":2,"p":1}],"x":1}})", true},
      {"[1,2]", "[2,1]", false},
      {"[1]", "[1,1]", false},
      {"1", "1.0", true},
      {"1", "\"1\"", false},
      {"0", "false", false},
      {"0", "-0.0", false},
      {"null", "\"\"", false},
      {"null", "false", false},
      {"\"a\"", "\"a\\u0000\"", false},
      {"0.1", "0.10", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.a, row.b);
    CHECK((test::json(row.a) == test::json(row.b)) == row.equal);
    CHECK((test::json(row.b) == test::json(row.a)) == row.equal);
  }
}

TEST_CASE("a number is an integer as long as a float holds all integers up to it", "[value]") {
  struct Row {
    double number;
    bool is_integer;
  };
  const Row rows[] = {
      {0.0, true},
      {-0.0, false},
      {1.0, true},
      {-1.0, true},
      {0.5, false},
      {1e15, true},
      {9007199254740991.0, true},
      {9007199254740992.0, true},
      {-9007199254740992.0, true},
      {9007199254740994.0, false},
      {-9007199254740994.0, false},
      {1e300, false},
      {std::numeric_limits<double>::max(), false},
      {std::numeric_limits<double>::denorm_min(), false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.number);
    const Value value = Value::number(row.number);
    CHECK((value.kind() == Value::Kind::integer) == row.is_integer);
    if (row.is_integer)
      CHECK(static_cast<double>(value.as_integer()) == row.number);
    else
      CHECK(value.as_float() == row.number);
  }
}

TEST_CASE("each kind has a name for messages", "[value]") {
  struct Row {
    Value value;
    Value::Kind kind;
    std::string_view name;
  };
  const Row rows[] = {
      {Value(), Value::Kind::null, "null"},
      {Value(false), Value::Kind::boolean, "a boolean"},
      {Value::integer(1), Value::Kind::integer, "a number"},
      {Value::number(0.5), Value::Kind::floating, "a number"},
      {Value("x"), Value::Kind::string, "a string"},
      {Value(List{}), Value::Kind::list, "a list"},
      {Value(Map{}), Value::Kind::map, "a map"},
  };
  for (const Row& row : rows) {
    CHECK(row.value.kind() == row.kind);
    CHECK(describe(row.value.kind()) == row.name);
    CHECK(row.value.is_null() == (row.kind == Value::Kind::null));
    CHECK(row.value.is_string() == (row.kind == Value::Kind::string));
    CHECK(row.value.is_list() == (row.kind == Value::Kind::list));
    CHECK(row.value.is_map() == (row.kind == Value::Kind::map));
  }
}

TEST_CASE("a value nested as deep as allowed can be copied, compared and dropped", "[value]") {
  Value value("x");
  for (int i = 0; i < max_depth; ++i) {
    Map map;
    map.set("k", std::move(value));
    value = i % 2 == 0 ? Value(std::move(map)) : Value(List{Value(std::move(map))});
  }
  const Value copy = value;
  CHECK(copy == value);
}

TEST_CASE("a look-up by kind finds nothing of another kind, and nothing in what is no map", "[value]") {
  Map map = test::map(R"({"string":"s","list":[1],"map":{"a":1},"null":null})");
  CHECK(*string_in(map, "string") == "s");
  CHECK(*string_in(Value(map), "string") == "s");
  CHECK(string_in(Value("string"), "string") == nullptr);
  CHECK(list_in(map, "list")->size() == 1);
  CHECK(map_in(map, "map")->size() == 1);
  for (const char* key : {"list", "map", "null", "missing"}) CHECK(string_in(map, key) == nullptr);
  for (const char* key : {"string", "map", "null", "missing"}) CHECK(list_in(map, key) == nullptr);
  for (const char* key : {"string", "list", "null", "missing"}) CHECK(map_in(map, key) == nullptr);
  list_in(map, "list")->clear();
  CHECK(map.find("list")->as_list().empty());
}

}  // namespace kratix_status
