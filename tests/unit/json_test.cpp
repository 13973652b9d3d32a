// JSON by the grammar of RFC 8259, and what Kratix could not show as it was given.

#include "kratix_status/json.h"
#include "support.h"
#include "value/message.h"
#include "value/utf8.h"

namespace kratix_status {

using namespace std::string_literals;

namespace {

// The JSON, or the error whole but for its place, which the caret shows too.
std::string json_or_error(const Result<Value>& result) {
  if (result) return to_json(*result);
  Error error = result.error();
  error.context.clear();
  return test::whole(error);
}

}  // namespace

TEST_CASE("what the grammar allows is read, and printed compactly", "[json]") {
  struct Row {
    const char* text;
    const char* json;
  };
  const Row rows[] = {
      {"null", "null"},
      {"true", "true"},
      {"false", "false"},
      {"0", "0"},
      {"-0", "-0"},
      {"-1", "-1"},
      {"10", "10"},
      {"1.0", "1"},
      {"1.5", "1.5"},
      {"-0.0", "-0"},
      {"1e3", "1000"},
      {"1E+3", "1000"},
      {"1e-3", "0.001"},
      {"0e5", "0"},
      {"0.000", "0"},
      {"1e-7", "1e-7"},
      {"1e21", "1e+21"},
      {"5e-324", "5e-324"},
      {"1.7976931348623157e308", "1.7976931348623157e+308"},
      {"9007199254740992", "9007199254740992"},
      {"-9007199254740992", "-9007199254740992"},
      {"9007199254740992.0", "9007199254740992"},
      {R"("")", R"("")"},
      {R"("a b")", R"("a b")"},
      {R"("\"\\\/\b\f\n\r\t")", R"("\"\\/\b\f\n\r\t")"},
      {R"("\u0041\u00e9\u20AC")", "\"Aé€\""},
      {R"("\ud83d\ude00")", "\"\xF0\x9F\x98\x80\""},
      {R"("\uD800\uDC00")", "\"\xF0\x90\x80\x80\""},
      {R"("\uDBFF\uDFFF")", "\"\xF4\x8F\xBF\xBF\""},
      {R"("\ud7ff\ue000\ufffe\uffff")", "\"\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBE\xEF\xBF\xBF\""},
      {R"("\u0000\u001f\u007f")", "\"\\u0000\\u001f\x7f\""},
      {"\"\x7f\xC2\x80\xE2\x80\xA8\"", "\"\x7f\xC2\x80\xE2\x80\xA8\""},
      {"[]", "[]"},
      {"[ ]", "[]"},
      {"[1]", "[1]"},
      {"[1,2 , 3]", "[1,2,3]"},
      {"[[],{},[[]]]", "[[],{},[[]]]"},
      {"{}", "{}"},
      {"{ }", "{}"},
      {R"({"a":1})", R"({"a":1})"},
      {R"( { "b" : [ 1 , { "c" : null } ] , "a" : "x" } )", R"({"b":[1,{"c":null}],"a":"x"})"},
      {R"({"":1})", R"({"":1})"},
      {"\t\r\n 1 \t\r\n", "1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(json_or_error(parse_json(row.text)) == row.json);
    CHECK(is_json(row.text));
  }
}

TEST_CASE("what the grammar does not allow is refused, with the place", "[json]") {
  struct Row {
    std::string text;
    std::string error;
  };
  const std::string no_quotes =
      " (a JSON string needs double quotes; for plain text leave out --json, or use KEY=VALUE)";
  const std::string no_word = ": is not JSON" + no_quotes;
  const std::string no_key = ": is not JSON: a key in double quotes is expected" + no_quotes;
  const std::string more = ": is not JSON: unexpected text after the value";
  const std::string more_text = more + " (for plain text leave out --json, or use KEY=VALUE)";
  const std::string last_comma = " (JSON has no comma after the last item)";
  const Row rows[] = {
      {"", ": is not JSON: it ends where a value is expected (an empty string is \"\")"},
      {"x", no_word},
      {" ", ": is not JSON: it ends where a value is expected (an empty string is \"\")"},
      {"  ", ": is not JSON: it ends where a value is expected (an empty string is \"\")\n    \n    ^"},
      {"hello", no_word + "\n  hello\n  ^"},
      {"True", ": is not JSON (write true)\n  True\n  ^"},
      {"FALSE", ": is not JSON (write false)\n  FALSE\n  ^"},
      {"[Null]", ": is not JSON (write null)\n  [Null]\n   ^"},
      {"None", no_word + "\n  None\n  ^"},
      {"tru", no_word + "\n  tru\n  ^"},
      {"nul", no_word + "\n  nul\n  ^"},
      {"NaN", no_word + "\n  NaN\n  ^"},
      {"Infinity", no_word + "\n  Infinity\n  ^"},
      {"'a'", no_word + "\n  'a'\n  ^"},
      {"truefalse", more_text + "\n  truefalse\n      ^"},
      {"1 2", more_text + "\n  1 2\n    ^"},
      {"{}}", more_text + "\n  {}}\n    ^"},
      {"1,", more + " (a list is in brackets: [80,443])\n  1,\n   ^"},
      {"80,443", more + " (a list is in brackets: [80,443])\n  80,443\n    ^"},
      {"-", ": is not JSON: a digit is expected"},
      {"+1", no_word + "\n  +1\n  ^"},
      {".5", no_word + "\n  .5\n  ^"},
      {"-Infinity", ": is not JSON: a digit is expected\n  -Infinity\n   ^"},
      {"01", ": is not JSON: a number has no leading zero\n  01\n  ^"},
      {"-01", ": is not JSON: a number has no leading zero\n  -01\n  ^"},
      {"00", ": is not JSON: a number has no leading zero\n  00\n  ^"},
      {"1.", ": is not JSON: a digit is expected\n  1.\n    ^"},
      {"1.e3", ": is not JSON: a digit is expected\n  1.e3\n    ^"},
      {"1e", ": is not JSON: a digit is expected\n  1e\n    ^"},
      {"1e+", ": is not JSON: a digit is expected\n  1e+\n     ^"},
      {"1e+-3", ": is not JSON: a digit is expected\n  1e+-3\n     ^"},
      {"0x10", more_text + "\n  0x10\n   ^"},
      {"1_000", more_text + "\n  1_000\n   ^"},
      {"\"", ": is not JSON: the string is not closed"},
      {"\"a", ": is not JSON: the string is not closed\n  \"a\n    ^"},
      {"\"a\\", ": is not JSON: the string is not closed\n  \"a\\\n     ^"},
      {"\"a\\\"", ": is not JSON: the string is not closed\n  \"a\\\"\n      ^"},
      {"\"\\x41\"", ": is not JSON: unknown escape\n  \"\\x41\"\n   ^"},
      {"\"\\'\"", ": is not JSON: unknown escape\n  \"\\'\"\n   ^"},
      {"\"\\U0041\"", ": is not JSON: unknown escape\n  \"\\U0041\"\n   ^"},
      {"\"\\u12\"", ": is not JSON: four hexadecimal digits are expected\n  \"\\u12\"\n       ^"},
      {"\"\\u12", ": is not JSON: four hexadecimal digits are expected\n  \"\\u12\n       ^"},
      {"\"\\u12g4\"", ": is not JSON: four hexadecimal digits are expected\n  \"\\u12g4\"\n       ^"},
      {"\"a\nb\"", ": is not JSON: a control character needs an escape such as \\n\n  \"a\n    ^"},
      {"\"a\tb\"", ": is not JSON: a control character needs an escape such as \\n\n  \"a\\tb\"\n    ^"},
      {"\"\0\""s, ": is not JSON: a control character needs an escape such as \\n\n  \"\\x00\"\n   ^"},
      {"[", ": is not JSON: it ends where a value is expected"},
      {"[1", ": is not JSON: ',' or ']' is expected\n  [1\n    ^"},
      {"[1,", ": is not JSON: it ends where a value is expected\n  [1,\n     ^"},
      {"[1,]", ": is not JSON" + last_comma + "\n  [1,]\n     ^"},
      {"[1 ,\n]", ": is not JSON" + last_comma + "\n  ]\n  ^"},
      {" ]", no_word + "\n   ]\n   ^"},
      {"[,1]", no_word + "\n  [,1]\n   ^"},
      {"[1 2]", ": is not JSON: ',' or ']' is expected\n  [1 2]\n     ^"},
      {"[1}", ": is not JSON: ',' or ']' is expected\n  [1}\n    ^"},
      {"{", ": is not JSON: a key in double quotes is expected"},
      {"{a:1}", no_key + "\n  {a:1}\n   ^"},
      {"{1:1}", no_key + "\n  {1:1}\n   ^"},
      {"{'a':1}", no_key + "\n  {'a':1}\n   ^"},
      {"{\"a\"}", ": is not JSON: ':' is expected\n  {\"a\"}\n      ^"},
      {"{\"a\":}", no_word + "\n  {\"a\":}\n       ^"},
      {"{\"a\":1", ": is not JSON: ',' or '}' is expected\n  {\"a\":1\n        ^"},
      {"{\"a\":1,}", ": is not JSON: a key in double quotes is expected" + last_comma + "\n  {\"a\":1,}\n         ^"},
      {"{\"a\":1 \"b\":2}", ": is not JSON: ',' or '}' is expected\n  {\"a\":1 \"b\":2}\n         ^"},
      {"{,}", no_key + "\n  {,}\n   ^"},
      {"/* c */ 1", no_word + "\n  /* c */ 1\n  ^"},
      {"\xEF\xBB\xBF"
       "1",
       no_word + "\n  \\ufeff1\n  ^"},
      {"1\xC2\xA0", more_text + "\n  1\xC2\xA0\n   ^"},
      {"[1,\n  2,\n  é]", no_word + "\n    é]\n    ^"},
      {"[\"é\", x]", no_word + "\n  [\"é\", x]\n        ^"},
      {"\"\xFF\"", ": is not valid UTF-8\n  \"\\xff\"\n   ^"},
      {"\"\xED\xA0\x80\"", ": is not valid UTF-8\n  \"\\xed\\xa0\\x80\"\n   ^"},
      {"[1, \"caf\xE9\"]", ": is not valid UTF-8\n  [1, \"caf\\xe9\"]\n          ^"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(json_or_error(parse_json(row.text)) == "refused" + row.error);
    CHECK_FALSE(is_json(row.text));
  }
}

TEST_CASE("what JSON allows and Kratix could not show is refused, with the fix", "[json]") {
  struct Row {
    const char* text;
    const char* error;
  };
  const Row rows[] = {
      {"9007199254740993",
       "refused: Kratix keeps numbers as 64-bit floats and rounds integers beyond 2^53 (for plain text leave out --json, or use "
       "KEY=VALUE)\n  9007199254740993\n  ^"},
      {"9007199254740994",
       "refused: Kratix keeps numbers as 64-bit floats and rounds integers beyond 2^53 (for plain text leave out --json, or use "
       "KEY=VALUE)\n  9007199254740994\n  ^"},
      {"[1, -9007199254740993]",
       "refused: Kratix keeps numbers as 64-bit floats and rounds integers beyond 2^53 (give it as a string: "
       "\"-9007199254740993\")\n  [1, -9007199254740993]\n      ^"},
      {"0.1234567890123456789",
       "refused: Kratix keeps numbers as 64-bit floats and would lose digits of this one (for plain text leave out --json, or use "
       "KEY=VALUE)\n  0.1234567890123456789\n  ^"},
      {"1e-400",
       "refused: Kratix keeps numbers as 64-bit floats and would lose digits of this one (for plain text leave out --json, or use "
       "KEY=VALUE)\n  1e-400\n  ^"},
      {"[1e400]", "refused: Kratix cannot hold a number this large (give it as a string: \"1e400\")\n  [1e400]\n   ^"},
      {"1e400",
       "refused: Kratix cannot hold a number this large (for plain text leave out --json, or use KEY=VALUE)\n  1e400\n  ^"},
      {"-1e400",
       "refused: Kratix cannot hold a number this large (for plain text leave out --json, or use KEY=VALUE)\n  -1e400\n  ^"},
      {R"({"a":1,"a":2})", "refused: the key \"a\" appears twice\n  {\"a\":1,\"a\":2}\n         ^"},
      {R"({"a":{"b":1,"c":2,"b":1}})",
       "refused: the key \"b\" appears twice\n  {\"a\":{\"b\":1,\"c\":2,\"b\":1}}\n                    ^"},
      {R"({"\u0061":1,"a":2})", "refused: the key \"a\" appears twice\n  {\"\\u0061\":1,\"a\":2}\n              ^"},
      {R"("\ud800")", "refused: half of a surrogate pair is not a character\n  \"\\ud800\"\n   ^"},
      {R"("\ude00")", "refused: half of a surrogate pair is not a character\n  \"\\ude00\"\n   ^"},
      {R"("\ud83dx")", "refused: half of a surrogate pair is not a character\n  \"\\ud83dx\"\n   ^"},
      {R"("\ud83d\n")", "refused: half of a surrogate pair is not a character\n  \"\\ud83d\\n\"\n   ^"},
      {R"("\ud83d\u0041")", "refused: half of a surrogate pair is not a character\n  \"\\ud83d\\u0041\"\n   ^"},
      {R"("\ud83d\ud83d")", "refused: half of a surrogate pair is not a character\n  \"\\ud83d\\ud83d\"\n   ^"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(json_or_error(parse_json(row.text)) == row.error);
    CHECK(is_json(row.text));
  }
}

TEST_CASE("an error of JSON tells line and column in characters, for a name to be put before", "[json]") {
  struct Row {
    const char* text;
    const char* place;
  };
  const Row rows[] = {
      {"", ":1:1"},
      {"x", ":1:1"},
      {"[1,]", ":1:4"},
      {"[1,\n  2,\n  x]", ":3:3"},
      {"[\"é\", x]", ":1:7"},
      {"[1\n\n", ":3:1"},
      {"1e999", ":1:1"},
      {"{\"é\": 1e999}", ":1:7"},
      {"[\n\"\\ud800\"]", ":2:2"},
      {"\"\xFF\"", ":1:2"},
      {"[\r\n x", ":2:2"},
      {"{\"a\":1,\n\"a\":2}", ":2:1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<Value> value = parse_json(row.text);
    REQUIRE_FALSE(value.ok());
    CHECK(value.error().context == row.place);
  }
}

TEST_CASE("of several things that are wrong the first is told", "[json]") {
  CHECK(parse_json("[1e999, 9007199254740993, x").error().cause == "Kratix cannot hold a number this large");
  CHECK(parse_json("{\"a\":1,\"a\":1e999}").error().cause == "the key \"a\" appears twice");
}

TEST_CASE("a text whose grammar breaks behind something refused is not JSON", "[json]") {
  for (const char* text : {"[1e999,", R"({"a":1,"a":})", R"("\ud800\q")", R"(["\ud800",])", "[9007199254740993} x"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_json(text).ok());
    CHECK_FALSE(is_json(text));
  }
}

TEST_CASE("nesting is read down to the limit and refused beyond it", "[json]") {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
  };
  CHECK(parse_json(nested(max_depth)).ok());
  const Result<Value> deeper = parse_json(nested(max_depth + 1));
  REQUIRE_FALSE(deeper.ok());
  CHECK(deeper.error().cause == "nests deeper than 1200");
  CHECK_FALSE(parse_json(std::string(1'000'000, '[')).ok());
  std::string maps;
  for (int i = 0; i < 100'000; ++i) maps += "{\"a\":";
  CHECK_FALSE(parse_json(maps).ok());
}

TEST_CASE("JSON that was printed reads back as the same value and prints the same", "[json]") {
  for (const char* text : {"null", "[1,-2,0.5,1e+21,1e-7,-0,5e-324,1.7976931348623157e+308,9007199254740992]",
                           R"({"b":{"a":[{},[],"",null,true,false]},"":"\"\\\b\f\n\r\t\u0000\u001f/é"})"}) {
    CAPTURE(text);
    CHECK(to_json(test::json(text)) == text);
  }
  std::string all;
  for (char32_t c = 0; c < 0x3000; ++c) append_utf8(all, c);
  for (int byte = 0; byte < 0x80; ++byte) {
    const Value value(std::string(1, static_cast<char>(byte)));
    CAPTURE(byte);
    CHECK(test::json(to_json(value)) == value);
  }
  CHECK(test::json(to_json(Value(all))) == Value(all));
}

TEST_CASE("JSON for a screen holds nothing invisible and no CI command, and is the same value", "[json]") {
  CHECK(show_json(Value("a\u007f\u009b\u202e\ufe0f\U000e0041\u00e9\u00a0\U0001F600")) ==
        "\"a\\u007f\\u009b\\u202e\\ufe0f\U000e0041\u00e9\u00a0\U0001F600\"");
  CHECK(show_json(Value("\n\b::x ##[y] ##vso[z] # ## #[")) == R"("\n\b::x \u0023#[y] \u0023#vso[z] # ## #[")");
  std::vector<std::string> wrong;
  std::string text;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c < 0xD800 || c > 0xDFFF) append_utf8(text, c);
    if (c % 0x100 != 0xFF || text.empty()) continue;
    Map map;
    map.set(text, Value(text));
    const Value value(std::move(map));
    const std::string shown = show_json(value);
    if ((c < 0x10000 && printable(shown) != shown) || to_json(test::json(shown)) != to_json(value) ||
        !(test::json(shown) == value))
      wrong.push_back(text);
    text.clear();
  }
  CHECK(wrong.empty());
}

TEST_CASE("every truncation of a JSON text is refused, and is no JSON", "[json]") {
  const std::string text = R"({"a":[1,-2.5e3,"x\u00e9\n",{"b":null}],"c":true})";
  REQUIRE(parse_json(text).ok());
  for (std::size_t size = 0; size < text.size(); ++size) {
    CAPTURE(text.substr(0, size));
    CHECK_FALSE(parse_json(text.substr(0, size)).ok());
    CHECK_FALSE(is_json(text.substr(0, size)));
  }
}

TEST_CASE("the size of a map as JSON is that of its text", "[json]") {
  for (const char* text : {"{}", R"({"a":[],"b":{}})", R"({"\u0001\n\"\\":"\u00e9\u2028","n":[1.5,-3,true,null]})"}) {
    const Map map = test::map(text);
    CHECK(json_size(map) == to_json(map).size());
    CHECK(to_json(map) == to_json(Value(map)));
  }
}

}  // namespace kratix_status
