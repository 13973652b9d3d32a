// The law of the writer, read(write(v)) == v, for what is most likely to break it; and how the text looks.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "kratix_status/yaml.h"
#include "support.h"
#include "value/message.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

std::string written(const char* json) {
  const Result<std::string> text = write_yaml(test::json(json));
  return text.ok() ? *text : test::whole(text.error());
}

// Empty if `root` reads back as itself; else what went wrong.
std::string broken(const Value& root) {
  const Result<std::string> text = write_yaml(root);
  if (!text) return test::whole(text.error());
  const Result<Document> document = read_yaml(*text, "f");
  if (!document) return test::whole(document.error()) + "\n" + *text;
  if (!(document->value == root)) return "reads as " + to_json(document->value) + "\n" + *text;
  return document->findings.empty() ? "" : document->findings.front().message + "\n" + *text;
}

// A string in every place that a string can have.
Value everywhere(const std::string& text) {
  Map inner;
  inner.set(text, Value(List{Value(text), Value(List{Value(text)})}));
  Map item;
  item.set(text, Value(text));
  Map root;
  root.set("plain", Value(text));
  root.set(text, Value(List{Value(item), Value(text)}));
  root.set("map", Value(std::move(inner)));
  return Value(std::move(root));
}

// Strings in one document, as values and as keys: far faster than a document each.
class Batch {
 public:
  void add(std::string text) {
    strings_.push_back(std::move(text));
    if (strings_.size() == 4096) flush();
  }

  void flush() {
    Map values;
    Map keys;
    for (std::size_t i = 0; i < strings_.size(); ++i) {
      values.set("k" + std::to_string(i), Value(strings_[i]));
      keys.set(strings_[i], Value::integer(static_cast<std::int64_t>(i)));
    }
    Map root;
    root.set("values", Value(std::move(values)));
    root.set("keys", Value(std::move(keys)));
    if (!broken(Value(std::move(root))).empty()) find_culprits();
    strings_.clear();
  }

  const std::vector<std::string>& culprits() const { return culprits_; }

 private:
  void find_culprits() {
    for (const std::string& text : strings_) {
      const std::string problem = broken(everywhere(text));
      if (!problem.empty()) culprits_.push_back(printable(text) + ": " + problem);
    }
    if (culprits_.empty()) culprits_.push_back("only together");
  }

  std::vector<std::string> strings_;
  std::vector<std::string> culprits_;
};

std::uint64_t chosen_seed() {
  const char* const given = std::getenv("KRATIX_STATUS_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : 20240821;
}

class RandomValues {
 public:
  explicit RandomValues(std::uint64_t seed) : random_(seed) {}

  Value root() { return Value(map(0)); }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::string string() {
    static constexpr std::string_view pieces[] = {
        "a",
        "B",
        "0",
        "1",
        "e",
        "-",
        ".",
        "_",
        ":",
        ": ",
        " #",
        "#",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\r",
        "\t",
        "'",
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "?",
        "? ",
        "- ",
        "---",
        "...",
        "<<",
        "=",
        "~",
        "null",
        "yes",
        "True",
        "0x",
        "1e3",
        ".inf",
        "\xC3\xA9",
        "\xC2\x85",
        "\xC2\xA0",
        "\xE2\x80\xA8",
        "\xEF\xBB\xBF",
        "\xEF\xBF\xBF",
        "\xF0\x9F\x98\x80",
        "\x7F",
        "\x1B",
        "\\/",
        "\\u",
    };
    std::string text;
    for (std::size_t i = below(7); i > 0; --i) text += pieces[below(std::size(pieces))];
    if (below(40) == 0) text += std::string(1, '\0');
    if (below(200) == 0) text += std::string(900 + below(300), 'x');
    return text;
  }

  Value number() {
    if (below(2) == 0) return Value::integer(static_cast<std::int64_t>(random_()) >> (11 + below(52)));
    const std::uint64_t bits = random_();
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    return std::isfinite(number) ? Value::number(number) : Value();
  }

  Map map(int depth) {
    Map result;
    for (std::size_t i = below(6); i > 0; --i) result.set(string(), value(depth + 1));
    return result;
  }

  Value value(int depth) {
    switch (below(depth > 6 ? 5 : 9)) {
      case 0: return Value();
      case 1: return Value(below(2) == 0);
      case 2: return number();
      case 3:
      case 4: return Value(string());
      case 5:
      case 6: return Value(map(depth));
      default: {
        List list;
        for (std::size_t i = below(5); i > 0; --i) list.push_back(value(depth + 1));
        return Value(std::move(list));
      }
    }
  }

  std::mt19937_64 random_;
};

}  // namespace

TEST_CASE("the text is block style with two spaces, plain where that is safe", "[yaml_writer]") {
  struct Row {
    const char* json;
    const char* yaml;
  };
  const Row rows[] = {
      {"{}", "{}\n"},
      {R"({"message":"Instance x provisioned with preconfigured system metrics"})",
       "message: Instance x provisioned with preconfigured system metrics\n"},
      {R"({"a":1,"b":true,"c":null,"d":1.5,"e":"x"})", "a: 1\nb: true\nc: null\nd: 1.5\ne: x\n"},
      {R"({"a":{"b":{"c":"d"}}})", "a:\n  b:\n    c: d\n"},
      {R"({"a":[1,"x",{"b":2,"c":3},[4,5]]})", "a:\n  - 1\n  - x\n  - b: 2\n    c: 3\n  -\n    - 4\n    - 5\n"},
      {R"({"z":1,"a":2,"m":3})", "z: 1\na: 2\nm: 3\n"},
      {R"({"a":""})", "a: \"\"\n"},
      {R"({"a":"yes","b":"1.10","c":"~","d":"null"})", "a: \"yes\"\nb: \"1.10\"\nc: \"~\"\nd: \"null\"\n"},
      {R"({"y":1,"1":2,"":3,"<<":4,"a b":5,"a/b.c-d_e":6})",
       "\"y\": 1\n\"1\": 2\n\"\": 3\n\"<<\": 4\na b: 5\na/b.c-d_e: 6\n"},
      {R"({"a":"two\nlines"})", "a: \"two\\nlines\"\n"},
      {R"({"a":"x ","b":" x","c":"-x","d":"x: y","e":"x #y"})",
       "a: \"x \"\nb: \" x\"\nc: \"-x\"\nd: \"x: y\"\ne: \"x #y\"\n"},
      {R"({"a":"\"\\/"})", "a: \"\\\"\\\\/\"\n"},
      {R"({"a":"\u0000\u0007\t\r\u001b\u007f"})", "a: \"\\x00\\x07\\t\\r\\x1B\\x7F\"\n"},
      {"{\"a\":\"é€\xF0\x9F\x98\x80\"}", "a: \"é€\xF0\x9F\x98\x80\"\n"},
      {R"({"a":"\u0080\u0085\u00a0\u2028\u2029\ufeff\ufffe\uffff"})",
       "a: \"\\x80\\x85\xC2\xA0\\u2028\\u2029\\uFEFF\\uFFFE\\uFFFF\"\n"},
      {R"({"a":1e21,"b":-0.0,"c":1e-7})", "a: 1.0e+21\nb: -0.0\nc: 1.0e-07\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.json);
    CHECK(written(row.json) == row.yaml);
    CHECK(broken(test::json(row.json)).empty());
  }
}

TEST_CASE("an empty map or list stands behind its key", "[yaml_writer]") {
  CHECK(written(R"({"a":{},"b":[],"c":[{},[]],"d":{"e":{}}})") == "a: {}\nb: []\nc:\n  - {}\n  - []\nd:\n  e: {}\n");
}

TEST_CASE("any value can be shown, not only a map", "[yaml_writer]") {
  struct Row {
    const char* json;
    const char* yaml;
  };
  const Row rows[] = {
      {"null", "null\n"},           {"true", "true\n"}, {"1", "1\n"},
      {"\"yes\"", "\"yes\"\n"},     {"\"x\"", "x\n"},   {"[]", "[]\n"},
      {"[1,2]", "- 1\n- 2\n"},      {"{}", "{}\n"},     {"[[1]]", "-\n  - 1\n"},
      {R"([{"a":1}])", "- a: 1\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.json);
    const Result<std::string> shown = show_yaml(test::json(row.json));
    CHECK((shown.ok() ? *shown : test::whole(shown.error())) == row.yaml);
  }
}

TEST_CASE("YAML for a screen holds nothing invisible and no CI command, and is the same value", "[yaml_writer]") {
  const auto shown = [](const char* text) {
    Map map;
    map.set("k", Value(text));
    return *show_yaml(Value(std::move(map)));
  };
  CHECK(shown("a\u007f\u009b\u202e\ufe0f\U000e0041\u00e9\u00a0\U0001F600") ==
        "k: \"a\\x7F\\x9B\\u202E\\uFE0F\\U000E0041\u00e9\u00a0\U0001F600\"\n");
  CHECK(shown("\n::x ##[y] ##vso[z] # ## #[") == "k: \"\\n::x \\x23#[y] \\x23#vso[z] # ## #[\"\n");
  std::vector<std::string> wrong;
  std::string text;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c < 0xD800 || c > 0xDFFF) append_utf8(text, c);
    if (c % 0x100 != 0xFF || text.empty()) continue;
    Map map;
    map.set(text, Value(text));
    const Value value(std::move(map));
    std::string yaml = *show_yaml(value);
    const Result<Document> document = read_yaml(yaml, "f");
    std::replace(yaml.begin(), yaml.end(), '\n', ' ');
    if (printable(yaml) != yaml || !document.ok() || !(document->value == value)) wrong.push_back(text);
    text.clear();
  }
  CHECK(wrong.empty());
}

TEST_CASE("a file holds no more escapes than readers need", "[yaml_writer]") {
  Map map;
  map.set("k", Value("\u007f\u009b\u2028\ufeff\uffff\u202e\u200b\ufe0f ##[y]"));
  CHECK(*write_yaml(Value(std::move(map))) == "k: \"\\x7F\\x9B\\u2028\\uFEFF\\uFFFF\u202e\u200b\ufe0f ##[y]\"\n");
}

TEST_CASE("all strings of one and two ASCII characters survive, as values and as keys", "[yaml_writer]") {
  Batch batch;
  batch.add("");
  for (int a = 0; a < 128; ++a) {
    batch.add({static_cast<char>(a)});
    for (int b = 0; b < 128; ++b) batch.add({static_cast<char>(a), static_cast<char>(b)});
  }
  batch.flush();
  CHECK(batch.culprits() == std::vector<std::string>{});
}

TEST_CASE("every code point of two bytes and every border beyond survives, alone and between letters",
          "[yaml_writer]") {
  Batch batch;
  const auto add = [&](char32_t c) {
    std::string text;
    append_utf8(text, c);
    for (const char* before : {"", "a", " "}) {
      for (const char* after : {"", "b", " "}) batch.add(before + text + after);
    }
  };
  for (char32_t c = 0; c < 0x800; ++c) add(c);
  for (const char32_t border :
       {0x800,   0xFFF,   0x1000,  0x1680,  0x180E,  0x2000,  0x200B,  0x2028,   0x2029,  0x202E, 0x205F,
        0x2060,  0x2066,  0x3000,  0xD7FF,  0xE000,  0xFDD0,  0xFEFF,  0xFFF9,   0xFFFD,  0xFFFE, 0xFFFF,
        0x10000, 0x1F600, 0x1FFFE, 0x1FFFF, 0x20000, 0xE0001, 0xFFFFF, 0x100000, 0x10FFFF}) {
    for (char32_t c = border - 1; c <= border + 1; ++c) {
      if (!(c >= 0xD800 && c <= 0xDFFF) && c <= 0x10FFFF) add(c);
    }
  }
  batch.flush();
  CHECK(batch.culprits() == std::vector<std::string>{});
}

TEST_CASE("words and numbers stay strings, in every casing and with anything around them", "[yaml_writer]") {
  Batch batch;
  const std::string words[] = {
      "y",
      "n",
      "yes",
      "no",
      "on",
      "off",
      "true",
      "false",
      "null",
      "~",
      ".inf",
      "-.inf",
      "+.inf",
      ".nan",
      "nan",
      "inf",
      "infinity",
      "0",
      "1",
      "-1",
      "+1",
      "1.5",
      "1e3",
      "1E3",
      "1e+3",
      "12e45",
      "1234e56",
      "0e12345",
      ".5",
      "5.",
      "0x1f",
      "0o17",
      "017",
      "0b11",
      "0b-1",
      "1_000",
      "_1",
      "1__",
      "190:20:30",
      "12:30",
      "2023-01-01",
      "2001-12-14t21:59:43.10-05:00",
      "=",
      "<<",
      "!",
      "!!str",
      "&a",
      "*a",
      "%",
      "@",
      "`",
      "-",
      "--",
      "---",
      "...",
      "- a",
      "? a",
      ": a",
      "a:",
      "a: b",
      "a #b",
      "#",
      "#a",
      "{",
      "}",
      "[",
      "]",
      "[]",
      "{}",
      "{a}",
      "|",
      ">",
      "|-",
      ">+2",
      "'",
      "\"",
      "''",
      "\"\"",
      "'a'",
      "\"a\"",
      "\\",
      "\\n",
      "\\/",
      "\\u0041",
      "${x}",
      "{{ x }}",
      "$(x)",
      "`x`",
      "a,b",
      "a, b",
      "key=value",
      "http://x:1/a?b=c#d",
      "C:\\x",
      "a\tb",
      "\t",
      "\ta",
      "a\t",
      "a\n",
      "\na",
      "a\n\nb",
      "a\n b",
      " \n ",
      "\n",
      "\n\n",
      "\r",
      "\r\n",
      "a\r\nb",
      "a \nb",
      "a\n\tb",
      "--- a",
      "a\n---\nb",
      "a\n...\nb",
      "%YAML 1.1",
      "\xEF\xBB\xBF"
      "a",
      "9007199254740993",
      "18446744073709551616",
      "1e400",
      "0123456701234567012345670123456701234567",
  };
  for (const std::string& word : words) {
    std::string upper(word);
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    std::string title(word);
    if (title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 32);
    for (const std::string& text : {word, upper, title}) {
      batch.add(text);
      for (const char* other : {" ", "\n", "-", ":", "#", ",", "]", "\"", "'", "a", "0"})
        batch.add(text + other), batch.add(other + text);
    }
  }
  batch.flush();
  CHECK(batch.culprits() == std::vector<std::string>{});
  for (const std::string& word : words) {
    CAPTURE(word);
    CHECK(broken(everywhere(word)).empty());
  }
}

TEST_CASE("keys around the limit of 1024 characters survive, plain, quoted, escaped and not ASCII", "[yaml_writer]") {
  std::vector<std::size_t> lengths = {5000};
  for (std::size_t length = 990; length <= 1100; ++length) lengths.push_back(length);
  for (const char* piece :
       {"x", "1", "\"", "\n", "\x01", "\xC3\xA9", "\xE2\x80\xA8", "\xF0\x9F\x98\x80", "a: ", "# "}) {
    for (const std::size_t length : lengths) {
      std::string key;
      while (key.size() < length) key += piece;
      Map inner;
      inner.set(key, Value(key));
      Map root;
      root.set(key, Value(inner));
      root.set("list", Value(List{Value(inner)}));
      const std::string problem = broken(Value(std::move(root)));
      CAPTURE(piece, length);
      if (!problem.empty()) FAIL_CHECK(problem.substr(0, 300));
    }
  }
}

TEST_CASE("long keys nested in long keys survive, with every kind of value", "[yaml_writer]") {
  const std::string key = "k" + std::string(1500, 'x');
  for (const char* json :
       {"null", "true", "1", "\"\"", "\"a: b\"", "\"x\\ny\"", "[]", "{}", "[1,[2,{\"a\":3}]]", R"({"a":{"b":[]}})"}) {
    Value value = test::json(json);
    for (int depth = 0; depth < 8; ++depth) {
      Map map;
      map.set("before", Value::integer(depth));
      map.set(key, depth % 2 == 0 ? std::move(value) : Value(List{std::move(value), Value("x")}));
      map.set("after", Value("x"));
      value = Value(std::move(map));
      CAPTURE(json, depth);
      const std::string problem = broken(value);
      if (!problem.empty()) FAIL_CHECK(problem.substr(0, 300));
    }
  }
}

TEST_CASE("nesting survives down to the limit and is refused beyond it", "[yaml_writer]") {
  const auto nested = [](int depth, bool maps) {
    Value value = maps ? Value(Map{}) : Value(List{});
    for (int i = 1; i < depth; ++i) {
      Map map;
      map.set("k", value);
      value = maps || i + 1 == depth ? Value(std::move(map)) : Value(List{value});
    }
    return value;
  };
  for (const bool maps : {true, false}) {
    CAPTURE(maps);
    // yaml-cpp has a limit of its own at 500.
    for (const int depth : {2, 3, 100, 499, 500, 501, max_depth}) {
      CAPTURE(depth);
      CHECK(broken(nested(depth, maps)).substr(0, 300).empty());
    }
    CHECK(test::outcome(write_yaml(nested(max_depth + 1, maps))) == "refused: write YAML: nests deeper than 1200");
  }
}

TEST_CASE("invalid UTF-8 is refused, as value and as key", "[yaml_writer]") {
  for (const std::string& bad :
       {std::string("\xFF"), std::string("a\x80"), std::string("\xED\xA0\x80"), std::string("\xC3")}) {
    Map value;
    value.set("a", Value(bad));
    CHECK(test::outcome(write_yaml(Value(value))) == "refused: write YAML: a string is not valid UTF-8");
    Map key;
    key.set(bad, Value());
    CHECK(test::outcome(write_yaml(Value(key))) == "refused: write YAML: a key is not valid UTF-8");
  }
}

TEST_CASE("random values survive, and are written the same each time and from what was read", "[yaml_writer]") {
  const std::uint64_t seed = chosen_seed();
  INFO("KRATIX_STATUS_TEST_SEED=" << seed);
  RandomValues values(seed);
  for (int i = 0; i < 1500; ++i) {
    const Value root = values.root();
    CAPTURE(i);
    const std::string problem = broken(root);
    if (!problem.empty()) FAIL_CHECK(problem.substr(0, 2000));
    const Result<std::string> text = write_yaml(root);
    if (!text) continue;
    CHECK(*write_yaml(root) == *text);
    const Result<Document> document = read_yaml(*text, "f");
    if (document) CHECK(*write_yaml(document->value) == *text);
    // JSON tells the same, but for floats that print as integers beyond what is taken for safe.
    const Result<Value> from_json = parse_json(to_json(root));
    if (from_json)
      CHECK(*from_json == root);
    else
      CHECK(from_json.error().cause == "Kratix keeps numbers as 64-bit floats and rounds integers beyond 2^53");
  }
}

TEST_CASE("a large status survives", "[yaml_writer]") {
  Map root;
  for (int i = 0; i < 3000; ++i) {
    Map item;
    item.set("name", Value("item " + std::to_string(i)));
    item.set("text: " + std::to_string(i), Value(std::string(100, static_cast<char>('a' + i % 26))));
    root.set("k" + std::to_string(i), Value(List{Value(item), Value::integer(i)}));
  }
  root.set("one line", Value(std::string(500'000, '#')));
  CHECK(broken(Value(std::move(root))).substr(0, 300).empty());
}

}  // namespace kratix_status
