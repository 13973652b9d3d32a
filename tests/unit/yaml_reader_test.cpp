// Documents as Kratix reads them: the hazards, what is found, where it stands, and what broken text does.
#include <algorithm>
#include <string>
#include <vector>

#include "kratix_status/finding.h"
#include "kratix_status/yaml.h"
#include "support.h"
#include "value/message.h"
#include "value/utf8.h"
#include "yaml/libyaml_cursor.h"

namespace kratix_status {

using namespace std::string_literals;

namespace {

std::string shown(const Result<Document>& document) {
  return document.ok() ? to_json(document->value) : test::whole(document.error());
}

std::string read(std::string_view text) { return shown(read_yaml(text, "f")); }
Result<Document> read_object(std::string_view text) { return read_yaml(text, "f", max_object_nodes); }

// "RULE LINE:COLUMN MESSAGE" for each.
std::vector<std::string> findings_of(std::string_view text) {
  const Result<Document> document = read_yaml(text, "f");
  std::vector<std::string> all;
  if (!document) return {test::whole(document.error())};
  for (const Finding& finding : document->findings) {
    const char* const rule = finding.rule == RuleId::duplicate_key ? "duplicate "
                             : is_dropped_text(finding.rule)       ? "trailing "
                             : finding.rule == RuleId::flow_colon  ? "colon "
                                                                   : "rounded ";
    all.push_back(rule + std::to_string(finding.at.line) + ":" + std::to_string(finding.at.column) + " " +
                  finding.message);
  }
  return all;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

struct Row {
  std::string text;
  std::string json;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(read(row.text) == row.json);
  }
}

}  // namespace

TEST_CASE("an empty document is an empty status", "[yaml_reader]") {
  for (const char* text : {"", "\n", "# nothing", "#\n#\n", "---\n", "---\n...\n", "null\n", "~", "--- ~\n", "  \n\n",
                           "\xEF\xBB\xBF", "{}", "!!null ''\n"}) {
    CAPTURE(text);
    CHECK(read(text) == "{}");
    CHECK(findings_of(text).empty());
  }
}

TEST_CASE("styles, comments, indentation and line ends make no difference", "[yaml_reader]") {
  check({
      {"a: 1", R"({"a":1})"},
      {"a:    1   \n", R"({"a":1})"},
      {"a:\t1\t# c\n", R"({"a":1})"},
      {"a : 1\n\"b\" : 2\n'c':  3\n", R"({"a":1,"b":2,"c":3})"},
      {"a:\n b:\n  c:\n   d: 1\n", R"({"a":{"b":{"c":{"d":1}}}})"},
      {"a:\n- 1\n-   2\n- - 3\n  - 4\n- x: 5\n  y : 6\n", R"({"a":[1,2,[3,4],{"x":5,"true":6}]})"},
      {"{a: 1, b: [2, {c: 3}], d, }\n", R"({"a":1,"b":[2,{"c":3}],"d":null})"},
      {"{\"a\":1,\"b\":[1,2,{\"c\":null}]}", R"({"a":1,"b":[1,2,{"c":null}]})"},
      {"{\n\t\"a\": 1,\n\t\"b\": 2\n}\n", R"({"a":1,"b":2})"},
      {"a: [\n  1, # c\n  2\n]\n", R"({"a":[1,2]})"},
      {"# c\na: x # c\nb: x#c\nc: \"x # c\"\n", R"({"a":"x","b":"x#c","c":"x # c"})"},
      {"a: 1\r\nb: x\r\nc: |\r\n  y\r\n  z\r\n", R"({"a":1,"b":"x","c":"y\nz\n"})"},
      {"\xEF\xBB\xBF"
       "a: 1\n",
       R"({"a":1})"},
      {std::string("\xFF\xFE"
                   "a\0:\0 \0\xE9\0\n\0",
                   12),
       "{\"a\":\"é\"}"},
      {std::string("\xFE\xFF"
                   "\0a\0:\0 \x20\xAC\0\n",
                   12),
       "{\"a\":\"€\"}"},
      {"%YAML 1.1\n---\na: 1\n", R"({"a":1})"},
      {"--- {a: 1}\n...\n", R"({"a":1})"},
      {"--- # c\na: 1\n", R"({"a":1})"},
      {"? a\n: 1\n? b\n", R"({"a":1,"b":null})"},
      {"a:\nb:\n", R"({"a":null,"b":null})"},
      {"a: \"one\ntwo\"\nb: one\n  two\n\n  three\n", R"({"a":"one two","b":"one two\nthree"})"},
      {"a: it's\nb: 'it''s'\nc: \"it's\"\n", R"({"a":"it's","b":"it's","c":"it's"})"},
      {"a: \"x\"# c\n", R"({"a":"x"})"},
      {"url: https://x.io:80/a?b#c\ntime: 12:30\n", R"({"url":"https://x.io:80/a?b#c","time":"12:30"})"},
  });
}

TEST_CASE("block scalars keep and fold lines as told", "[yaml_reader]") {
  check({
      {"a: |\n  x\n  y\n\n\n", R"({"a":"x\ny\n"})"},
      {"a: |-\n  x\n  y\n\n", R"({"a":"x\ny"})"},
      {"a: |+\n  x\n\n\nb: 1\n", R"({"a":"x\n\n\n","b":1})"},
      {"a: >\n  x\n  y\n\n  z\n", R"({"a":"x y\nz\n"})"},
      {"a: >-\n  x\n   y\n  z\n", R"({"a":"x\n y\nz"})"},
      {"a: >+\n  x\n  y\n\n\nb: 1\n", R"({"a":"x y\n\n\n","b":1})"},
      {"a: |2\n    x\n   y\n", R"({"a":"  x\n y\n"})"},
      {"a: |\n  x\n  # no comment\n", R"({"a":"x\n# no comment\n"})"},
      {"a: |\n  x\n# comment\nb: 1\n", R"({"a":"x\n","b":1})"},
      {"a: |", R"({"a":""})"},
      {"a: |\n  x", R"({"a":"x"})"},
      {"a: |#c\n  x\n", R"({"a":"x\n"})"},
      {"a: |\n\n\nb: 1\n", R"({"a":"","b":1})"},
      {"- |\n x\n", "malformed: f:1:1: it holds a list, and Kratix expects a map\n  - |\n  ^"},
  });
}

TEST_CASE("escapes are those of YAML 1.1", "[yaml_reader]") {
  check({
      {R"(a: "\0\a\b\t\n\v\f\r\e\"\\\ ")", R"({"a":"\u0000\u0007\b\t\n\u000b\f\r\u001b\"\\ "})"},
      {R"(a: "\x41\u00e9\U0001F600")", "{\"a\":\"Aé\xF0\x9F\x98\x80\"}"},
      {R"(a: "\N\_\L\P")", "{\"a\":\"\xC2\x85\xC2\xA0\xE2\x80\xA8\xE2\x80\xA9\"}"},
      {R"(a: "it\'s")", R"({"a":"it's"})"},
      {"a: \"x\\\n   y\"\n", R"({"a":"xy"})"},
      {R"(a: '\n')", R"({"a":"\\n"})"},
      {R"(a: \n)", R"({"a":"\\n"})"},
      {R"(a: "\/")",
       "malformed: f:1:4: found unknown escape character: Kratix does not know \\/\n  a: \"\\/\"\n     ^"},
      {R"(a: "\q")", "malformed: f:1:5: found unknown escape character\n  a: \"\\q\"\n      ^"},
      {R"(a: "\ud83d\ude00")",
       "malformed: f:1:7: found invalid Unicode character escape code\n  a: \"\\ud83d\\ude00\"\n        ^"},
      {R"(a: "\u12")", "malformed: f:1:7: did not find expected hexdecimal number\n  a: \"\\u12\"\n        ^"},
  });
}

TEST_CASE("plain scalars are typed as Kratix types them, as values and as keys", "[yaml_reader]") {
  check({
      {"{a: y, b: No, c: on, d: ~, e: null, f: , g: ''}\n",
       R"({"a":true,"b":false,"c":true,"d":null,"e":null,"f":null,"g":""})"},
      {"x: 1\ny: 2\nn: 3\n", R"({"x":1,"true":2,"false":3})"},
      {"mode: 0644\nsha: 1234e56\nversion: 1.10\nbig: 1e400\nhex: 0x10\n",
       R"({"mode":420,"sha":1.234e+59,"version":1.1,"big":"1e400","hex":16})"},
      {"'y': \"yes\"\n\"1\": '010'\n", R"({"y":"yes","1":"010"})"},
      {"date: 2023-01-01\ntime: 12:30:45\n", R"({"date":"2023-01-01","time":"12:30:45"})"},
      {"010: a\n1_0: b\n-3: c\n0x1F: d\n", R"({"8":"a","10":"b","-3":"c","31":"d"})"},
      {"1.10: a\n1e3: b\n3.14159265358979: c\n.5: d\n18446744073709551616: e\n.inf: f\n",
       R"({"1.1":"a","1000":"b","3.1415927":"c","0.5":"d","1.8446744e+19":"e",".inf":"f"})"},
      {"2023-01-01: a\n1:30: b\n", R"({"2023-01-01":"a","1:30":"b"})"},
  });
}

TEST_CASE("tags decide before the text does", "[yaml_reader]") {
  check({
      {"a: !!str 1\nb: !!str yes\nc: !!str\n", R"({"a":"1","b":"yes","c":""})"},
      {"a: !!int \"3\"\nb: !!int \"010\"\nc: !!float 3\nd: !!bool \"yes\"\n", R"({"a":3,"b":8,"c":3,"d":true})"},
      {"a: !!binary aGk=\nb: !!binary /w==\n", "{\"a\":\"hi\",\"b\":\"\xEF\xBF\xBD\"}"},
      {"a: !custom x\nb: !custom 12\nc: ! yes\nd: !custom\n", R"({"a":"x","b":"12","c":"yes","d":""})"},
      {"message: !important\n", R"({"message":""})"},
      {"a: !!map {b: 1}\nc: !!seq [1]\nd: !!set {x, y}\n", R"({"a":{"b":1},"c":[1],"d":{"x":null,"true":null}})"},
      {"a: !!str {b: 1}\n", R"({"a":{"b":1}})"},
      {"%TAG ! tag:yaml.org,2002:\n---\na: !str 1\n", R"({"a":"1"})"},
      {"a: !!int x\n", "malformed: f:1:4: cannot decode 'x' as !!int\n  a: !!int x\n     ^"},
      {"a: !!binary \"?\"\n",
       "malformed: f:1:4: !!binary value contains invalid base64 data\n  a: !!binary \"?\"\n     ^"},
      {"a: !x!y 1\n", "malformed: f:1:4: found undefined tag handle\n  a: !x!y 1\n     ^"},
  });
}

TEST_CASE("a plain scalar over several lines may have an anchor or a tag wherever it is", "[yaml_reader]") {
  check({
      {"l:\n- &x a\n  b\n- *x\n", R"({"l":["a b","a b"]})"},
      {"l:\n- !!str 1\n  2\n- ! 3\n", R"({"l":["1 2","3"]})"},
      {"l:\n- ! 1\n  2\nk: ! yes\n", R"({"l":["1 2"],"k":"yes"})"},
      {"l:\n- &x !t a\n  b\n\n  c\n", R"({"l":["a b\nc"]})"},
      {"l:\n- &x a\n   b\n  c\n", R"({"l":["a b c"]})"},
      {"l:\n- - &x a\n    b\n", R"({"l":[["a b"]]})"},
      {"l:\n- &x ~\n  b\n- &y null\n  b\n", R"({"l":["~ b","null b"]})"},
      {"l:\n- &x a\r  b\n- &x a\u2028  b\n", "{\"l\":[\"a b\",\"a\u2028b\"]}"},
      {"? k\n: &x a\n b\nm: *x\n", R"({"k":"a b","m":"a b"})"},
      {"? k\n: !!str a\n  b\n", R"({"k":"a b"})"},
      {"? &x a\n  b\n: c\n", R"({"a b":"c"})"},
      {"l:\n- &x a\n  b\nm: [C:, x]\n", R"({"l":["a b"],"m":["C:","x"]})"},
      {"l:\n- !!int 1\n  2\n", "malformed: f:2:3: cannot decode '1 2' as !!int\n  - !!int 1\n    ^"},
      {"l:\n- &x a\n  b: c\n", "malformed: f:3:4: mapping values are not allowed in this context\n    b: c\n     ^"},
  });
}

TEST_CASE("UTF-16 is read from its first character to its last, and a second byte order mark is refused",
          "[yaml_reader]") {
  const auto utf16 = [](std::u16string_view text, bool little) {
    std::string out;
    for (const char16_t unit : text) {
      const char high = static_cast<char>(unit >> 8);
      const char low = static_cast<char>(unit & 0xFF);
      out += little ? low : high;
      out += little ? high : low;
    }
    return out;
  };
  const std::string refused =
      "malformed: f:1:1: a byte order mark (U+FEFF) appears in the middle of the text\n  \\ufeff";
  for (const bool little : {true, false}) {
    CAPTURE(little);
    CHECK(read(utf16(u"\uFEFFa: \U00010000\U000103FF\U00010400\U0010FC00\U0010FFFF\uE000", little)) ==
          "{\"a\":\"\U00010000\U000103FF\U00010400\U0010FC00\U0010FFFF\uE000\"}");
    // U+D7FF is the last character before the surrogates.
    CHECK(read(utf16({u"\uFEFFa: \xD7FF", 5}, little)) == "{\"a\":\"\xED\x9F\xBF\"}");
    for (const char16_t first : {u'\xD800', u'\xDBFF'}) {
      for (const char16_t second : {u'\xD800', u'\xDBFF', u'\xE000', u'A'}) {
        CAPTURE(first, second);
        CHECK(read(utf16(std::u16string(u"\uFEFFa: ") + first + second, little)) ==
              "malformed: f: is not valid UTF-16");
      }
    }
    CHECK(read(utf16(std::u16string(u"\uFEFFa: ") + char16_t{0xDC00}, little)) == "malformed: f: is not valid UTF-16");
    CHECK(read(utf16(std::u16string(u"\uFEFFa: ") + char16_t{0xDFFF}, little)) == "malformed: f: is not valid UTF-16");
    CHECK(read(utf16(u"\uFEFF\uFEFF# head\nmessage: x\n", little)) == refused + "# head\n  ^");
    CHECK(read(utf16(u"\uFEFF\uFEFF# head\n# two\nmessage: x\n", little)) == refused + "# head\n  ^");
    CHECK(read(utf16(u"\uFEFF\uFEFFmessage: x\n", little)) == refused + "message: x\n  ^");
    CHECK(read(utf16(u"\uFEFF\uFEFF\nmessage: x\n", little)) == refused + "\n  ^");
  }
}

TEST_CASE("anchors, aliases and merge keys are resolved in document order", "[yaml_reader]") {
  check({
      {"a: &x 1\nb: *x\nc: [*x, {d: *x}]\n", R"({"a":1,"b":1,"c":[1,{"d":1}]})"},
      {"a: &x {k: [1]}\nb: *x\n", R"({"a":{"k":[1]},"b":{"k":[1]}})"},
      {"a: &x 1\nb: &x 2\nc: *x\n", R"({"a":1,"b":2,"c":2})"},
      {"&k a: 1\nb: *k\n", R"({"a":1,"b":"a"})"},
      {"a: &x k\n*x : 1\n", R"({"a":"k","k":1})"},
      {"base: &b {x: 1, z: 2}\na:\n  <<: *b\n  x: 3\n", R"({"base":{"x":1,"z":2},"a":{"x":3,"z":2}})"},
      {"base: &b {x: 1, z: 2}\na:\n  x: 3\n  <<: *b\n", R"({"base":{"x":1,"z":2},"a":{"x":1,"z":2}})"},
      {"a: {<<: [{x: 1}, {x: 2, z: 3}]}\n", R"({"a":{"x":1,"z":3}})"},
      {"a: {'<<': 1}\n", R"({"a":{"<<":1}})"},
      {"a: <<\n", R"({"a":"<<"})"},
      {"a: {<<: 1}\n",
       "malformed: f:1:9: a merge key '<<' requires a map or a list of maps\n  a: {<<: 1}\n          ^"},
      {"a: *x\n", "malformed: f:1:4: unknown anchor 'x' referenced\n  a: *x\n     ^"},
      {"a: *x\nb: &x 1\n", "malformed: f:1:4: unknown anchor 'x' referenced\n  a: *x\n     ^"},
      {"a: &x [*x]\n", "malformed: f:1:8: anchor 'x' contains itself\n  a: &x [*x]\n         ^"},
      {"a: &x\n  b: *x\n", "malformed: f:2:6: anchor 'x' contains itself\n    b: *x\n       ^"},
  });
}

TEST_CASE("what Kratix would not read is malformed, with the line and a caret", "[yaml_reader]") {
  check({
      {"- a\n", "malformed: f:1:1: it holds a list, and Kratix expects a map\n  - a\n  ^"},
      {"text\n", "malformed: f:1:1: it holds a string, and Kratix expects a map\n  text\n  ^"},
      {"a:1\n", "malformed: f:1:1: it holds a string, and Kratix expects a map\n  a:1\n  ^"},
      {"42\n", "malformed: f:1:1: it holds a number, and Kratix expects a map\n  42\n  ^"},
      {"yes\n", "malformed: f:1:1: it holds a boolean, and Kratix expects a map\n  yes\n  ^"},
      {"a: b: c\n", "malformed: f:1:5: mapping values are not allowed in this context\n  a: b: c\n      ^"},
      {"message: Error: no space\n",
       "malformed: f:1:15: mapping values are not allowed in this context\n  message: Error: no space\n                "
       "^"},
      {"a: 1\n  b: 2\n", "malformed: f:2:4: mapping values are not allowed in this context\n    b: 2\n     ^"},
      {"a: 1\nb\n", "malformed: f:2:1: could not find expected ':'\n  b\n  ^"},
      {"a:\n\tb: 1\n", "malformed: f:2:1: found character that cannot start any token\n  \\tb: 1\n  ^"},
      {"a: \"x\n", "malformed: f:1:4: found unexpected end of stream\n  a: \"x\n     ^"},
      {"a: 'x", "malformed: f:1:4: found unexpected end of stream\n  a: 'x\n     ^"},
      {"a: [1, 2\n", "malformed: f:1:4: did not find expected ',' or ']'\n  a: [1, 2\n     ^"},
      {"a: {b: 1\n", "malformed: f:1:4: did not find expected ',' or '}'\n  a: {b: 1\n     ^"},
      {"a: @x\n", "malformed: f:1:4: found character that cannot start any token\n  a: @x\n     ^"},
      {"a: `x`\n", "malformed: f:1:4: found character that cannot start any token\n  a: `x`\n     ^"},
      {"a: %x\n", "malformed: f:1:4: found character that cannot start any token\n  a: %x\n     ^"},
      {"a: \"x\" y\n", "malformed: f:1:8: did not find expected key\n  a: \"x\" y\n         ^"},
      {"é: \"x\" y\n", "malformed: f:1:8: did not find expected key\n  é: \"x\" y\n         ^"},
      {"a: [1,,2]\n", "malformed: f:1:7: did not find expected node content\n  a: [1,,2]\n        ^"},
      {"<<<<<<< HEAD\na: 1\n", "malformed: f:2:2: mapping values are not allowed in this context\n  a: 1\n   ^"},
      {"{a: 1\n}'\n", "malformed: f:2:2: found unexpected end of stream\n  }'\n   ^"},
      {"{a: 1\n} @x\n", "malformed: f:2:3: found character that cannot start any token\n  } @x\n    ^"},
      {"~: 1\n", "malformed: f:1:1: null cannot be a key\n  ~: 1\n  ^"},
      {"a:\n  null: 1\n", "malformed: f:2:3: null cannot be a key\n    null: 1\n    ^"},
      {"? [a]\n: 1\n", "malformed: f:1:3: a list or a map cannot be a key\n  ? [a]\n    ^"},
      {"{a: 1}: 2\n", "malformed: f:1:1: a list or a map cannot be a key\n  {a: 1}: 2\n  ^"},
      {"9223372036854775808: 1\n",
       "malformed: f:1:1: an integer of 2^63 or more cannot be a key\n  9223372036854775808: 1\n  ^"},
      {"a: .inf\n", "malformed: f:1:4: Kratix cannot publish .inf: JSON has no such number\n  a: .inf\n     ^"},
      {"a: [1, .NaN]\n",
       "malformed: f:1:8: Kratix cannot publish .NaN: JSON has no such number\n  a: [1, .NaN]\n         ^"},
      {"1: a\n'1': b\n",
       "malformed: f:2:1: keys on lines 1 and 2 both become \"1\", and Kratix keeps one of them at random\n  '1': b\n  "
       "^"},
      {"yes: a\ntrue: b\n\"true\": c\n",
       "malformed: f:3:1: keys on lines 2 and 3 both become \"true\", and Kratix keeps one of them at random\n  "
       "\"true\": c\n  ^"},
      {"%YAML 1.2\n---\na: 1\n",
       "malformed: f:1:1: the %YAML directive names a version other than 1.1\n  %YAML 1.2\n  ^"},
      {"a: \xFF\n", "malformed: f:1:4: is not valid UTF-8\n  a: \\xff\n     ^"},
      {"é: caf\xE9\n", "malformed: f:1:7: is not valid UTF-8\n  é: caf\\xe9\n        ^"},
      {"a: 1 # \x07\n",
       "malformed: f:1:8: the control character U+0007 must be escaped, as in \"\\x07\"\n  a: 1 # \\x07\n         ^"},
      {"a: x\0\n"s,
       "malformed: f:1:5: the control character U+0000 must be escaped, as in \"\\x00\"\n  a: x\\x00\n      ^"},
      {"a: \x7F\n",
       "malformed: f:1:4: the control character U+007F must be escaped, as in \"\\x7F\"\n  a: \\x7f\n     ^"},
      {"a: 1\nb: \xC2\x80\n",
       "malformed: f:2:4: the control character U+0080 must be escaped, as in \"\\x80\"\n  b: \\x80\n     ^"},
      {"a: \xEF\xBF\xBE\n",
       "malformed: f:1:4: the character U+FFFE must be escaped, as in \"\\uFFFE\"\n  a: \\ufffe\n     ^"},
      {"a: 1\n\xEF\xBB\xBF"
       "b: 2\n",
       "malformed: f:2:1: a byte order mark (U+FEFF) appears in the middle of the text\n  \\ufeffb: 2\n  ^"},
      {std::string("\xFF\xFE"
                   "a\0:",
                   5),
       "malformed: f: is not valid UTF-16"},
  });
}

TEST_CASE("the file's name in a message cannot forge a line", "[yaml_reader]") {
  CHECK(shown(read_yaml("- a", "x\ny\x1b")) ==
        "malformed: x\\ny\\x1b:1:1: it holds a list, and Kratix expects a map\n  - a\n  ^");
}

TEST_CASE("duplicate keys are found with both lines, at every level, and the last wins", "[yaml_reader]") {
  CHECK(read("a: 1\nb: 2\na: 3\n") == R"({"a":3,"b":2})");
  CHECK(findings_of("a: 1\nb: 2\na: 3\n") ==
        std::vector<std::string>{"duplicate 3:1 key \"a\" appears on lines 1 and 3; Kratix keeps the last"});
  CHECK(findings_of("a: 1\na: 2\na: 3\n") ==
        std::vector<std::string>{
            "duplicate 2:1 key \"a\" appears on lines 1 and 2; Kratix keeps the last",
            "duplicate 3:1 key \"a\" appears on lines 2 and 3; Kratix keeps the last",
        });
  CHECK(read("a: {x: 1}\na: {z: 2}\n") == R"({"a":{"z":2}})");
  CHECK(findings_of("l:\n- {k: 1, k: 2}\n") ==
        std::vector<std::string>{"duplicate 2:10 key \"k\" appears on lines 2 and 2; Kratix keeps the last"});
  CHECK(findings_of("\"a\": 1\n'a': 2\n").size() == 1);
  CHECK(findings_of("10: 1\n1_0: 2\n").size() == 1);
  // Brought in on purpose.
  CHECK(findings_of("b: &b {x: 1}\na: {<<: *b, x: 2}\n").empty());
  CHECK(findings_of("b: &b {x: 1}\na: {x: 2, <<: *b}\n").empty());
  CHECK(findings_of("b: &b {x: 1}\na: {<<: [*b, *b]}\n").empty());
}

TEST_CASE("text behind the root node is found, comments and markers are not", "[yaml_reader]") {
  struct Trailing {
    std::string text;
    std::string json;
    const char* at;  // nullptr: nothing behind
  };
  const Trailing rows[] = {
      {"{a: 1}\nurl: x\n", R"({"a":1})", "2:1"},   {"{a: 1}\n\n  # c\nurl: x\n", R"({"a":1})", "4:1"},
      {"{a: 1} x\n", R"({"a":1})", "1:8"},         {"{a: 1}}\n", R"({"a":1})", "1:7"},
      {"  a: 1\nb: 2\n", R"({"a":1})", "2:1"},     {"a: 1\n---\nb: 2\n", R"({"a":1})", "2:1"},
      {"a: 1\n--- {b: 2}\n", R"({"a":1})", "2:1"}, {"a: 1\n...\nb: 2\n", R"({"a":1})", "3:1"},
      {"a: 1\n---\n[\n", R"({"a":1})", "2:1"},     {"---\n---\na: 1\n", "{}", "2:1"},
      {"a: 1\n# c\n", R"({"a":1})", nullptr},      {"a: 1\n...\n# c\n", R"({"a":1})", nullptr},
      {"a: 1\n---\n", R"({"a":1})", nullptr},      {"a: 1\n---\n# c\n...\n---\n", R"({"a":1})", nullptr},
      {"{a: 1} # c\n\n", R"({"a":1})", nullptr},
  };
  for (const Trailing& row : rows) {
    CAPTURE(row.text);
    CHECK(read(row.text) == row.json);
    std::vector<std::string> expected;
    if (row.at != nullptr)
      expected = {std::string("trailing ") + row.at + " Kratix stops reading here, and silently drops the rest"};
    CHECK(findings_of(row.text) == expected);
  }
}

TEST_CASE("numbers that lose digits are found where they stand", "[yaml_reader]") {
  const std::string lost = " Kratix keeps numbers as 64-bit floats and loses digits of ";
  CHECK(findings_of("a: 9007199254740993\nb: [1, 0.1234567890123456789]\n") ==
        std::vector<std::string>{"rounded 1:4" + lost + "9007199254740993",
                                 "rounded 2:8" + lost + "0.1234567890123456789"});
  CHECK(findings_of("a: '9007199254740993'\nb: 9007199254740992\nc: 1.10\nd: 1234e56\n9007199254740993: e\n").empty());
}

// Kratix shows 2^60 as 1152921504606847000, since Go's JSON stops at the digits that tell doubles apart.
TEST_CASE("an integer beyond 2^53 that is shown with other digits is found, though a double holds it",
          "[yaml_reader]") {
  CHECK(findings_of("a: 1152921504606846976\n").size() == 1);
  CHECK(findings_of("a: 9223372036854775808\n").size() == 1);
}

TEST_CASE("line and column count as an editor counts them", "[yaml_reader]") {
  struct Mark {
    const char* text;
    const char* finding;
  };
  const Mark rows[] = {
      {"a: 1\nb: 9007199254740993\n", "rounded 2:4"},
      {"a: 1\r\nb: 9007199254740993\r\n", "rounded 2:4"},
      {"é: 9007199254740993\n", "rounded 1:4"},
      {"\xF0\x9F\x98\x80: 9007199254740993\n", "rounded 1:4"},
      {"\xEF\xBB\xBF"
       "a: 9007199254740993\n",
       "rounded 1:4"},
      {"a: \"\n\nx\"\nb: 9007199254740993\n", "rounded 4:4"},
      {"a: |\n  x\n\n  y\nb:\n    - 9007199254740993\n", "rounded 6:7"},
      {"a: {b: [9007199254740993]}\n", "rounded 1:9"},
  };
  for (const Mark& row : rows) {
    CAPTURE(row.text);
    const std::vector<std::string> found = findings_of(row.text);
    REQUIRE(found.size() == 1);
    CHECK(found[0].substr(0, found[0].find(" Kratix")) == row.finding);
  }
}

TEST_CASE("a key is as deep as its value", "[yaml_reader]") {
  const auto maps = [](std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += "\n" + std::string(i, ' ') + "a:";
    return text + " 1\n";
  };
  const Result<Document> deepest = read_yaml(maps(max_depth - 1), "f");
  CHECK(deepest.ok());
  // The key comes before the value.
  CHECK(shown(read_yaml(maps(max_depth), "f")).starts_with("malformed: f:1201:1200: nests deeper than 1200"));
}

TEST_CASE("nesting is read down to the limit and refused beyond it, in every style", "[yaml_reader]") {
  const auto lists = [](std::size_t depth) { return "a: " + repeated("[", depth) + repeated("]", depth); };
  CHECK(read_yaml(lists(max_flow_depth), "f").ok());
  CHECK(shown(read_yaml(lists(max_flow_depth + 1), "f"))
            .starts_with("malformed: f:1:516: nests [] and {} deeper than 512"));
  CHECK_FALSE(read_yaml(lists(20000), "f").ok());
  // The root is one level.
  const auto items = [](std::size_t depth) { return "a:\n" + repeated("- ", depth) + "1\n"; };
  CHECK(read_yaml(items(max_depth - 2), "f").ok());
  CHECK(shown(read_yaml(items(max_depth), "f")).starts_with("malformed: f:2:2399: nests deeper than 1200"));
  CHECK_FALSE(read_yaml("a: " + repeated("[", 200'000), "f").ok());
  CHECK_FALSE(read_yaml("a: " + repeated("{b: ", 100'000), "f").ok());
  CHECK_FALSE(read_yaml("a:\n" + repeated("- ", 100'000), "f").ok());
  std::string block;
  for (std::size_t i = 0; i < 600; ++i) block += std::string(i, ' ') + "a:\n";
  CHECK(read_yaml(block, "f").ok());
}

TEST_CASE("a hundred directives are read, and more refused wherever they stand ahead of a document", "[yaml_reader]") {
  const auto directives = [](std::size_t count) {
    std::string text = "# a comment\n\n";
    for (std::size_t i = 0; i < count; ++i) text += "%TAG !e" + std::to_string(i) + "! x\n  # another\n";
    return text + "---\na: 1\n";
  };
  const auto refused = "more than 100 directives such as %TAG";
  CHECK(read_yaml(directives(max_directives), "f").ok());
  for (const bool object : {false, true}) {
    const std::string text = directives(max_directives + 1);
    const Result<Document> document = read_yaml(text, "f", object ? max_object_nodes : max_nodes);
    REQUIRE_FALSE(document.ok());
    CHECK(document.error().context == "f:203:1");
    CHECK(document.error().cause == refused);
  }
  // Kratix reads the first document only; that there is more is found whatever it is.
  const Result<Document> second = read_yaml("a: 1\n...\n" + directives(20'000), "f");
  REQUIRE(second.ok());
  CHECK(second->findings.size() == 1);
  // No directives: a text and a comment.
  CHECK(read_yaml("a: |\n" + repeated("  %x\n", 200) + repeated("# %x\n", 200), "f").ok());
}

TEST_CASE("more keys and values than a status can hold are refused, aliases written out", "[yaml_reader]") {
  const auto list = [](std::size_t nodes) { return "a: [x" + repeated(",x", nodes - 4) + "]\n"; };
  const std::string refused = "holds more than 262144 keys and values";
  CHECK(read_yaml(list(max_nodes), "f").ok());
  const Result<Document> more = read_yaml(list(max_nodes + 1), "f");
  REQUIRE_FALSE(more.ok());
  CHECK(more.error().cause == refused);
  CHECK(more.error().context == "f:1:524287");
  const std::string aliases = "b: &b [x" + repeated(",x", 9999) + "]\na: [*b" + repeated(",*b", 49) + "]\n";
  CHECK(shown(read_yaml(aliases, "f")).find(refused) != std::string::npos);

  CHECK(read_object(list(max_nodes + 1)).ok());
  CHECK(read_object("a:\n" + repeated("- {}\n", 500'000)).ok());
  CHECK(shown(read_object(list(max_object_nodes + 1))).find("holds more than 786432 keys and values") !=
        std::string::npos);
}

TEST_CASE("findings beyond the first hundred of a rule are only counted, and hide none of another", "[yaml_reader]") {
  const Result<Document> document =
      read_yaml("a: {k" + repeated(",k", 300) + "}\nb: 12345678901234567890123\n...\nx\n", "f");
  REQUIRE(document.ok());
  CHECK(document->findings.size() == 102);
  CHECK(document->findings.more() == 200);
}

TEST_CASE("aliases that expand without end are refused, and quickly", "[yaml_reader]") {
  std::string bomb = "a0: &a0 [x]\n";
  for (int i = 1; i < 12; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias + repeated(", " + alias, 9) + "]\n";
  }
  CHECK(read(bomb).find("the document contains excessive aliasing") != std::string::npos);
  std::string merges = "a0: &a0 {x: 1}\n";
  for (int i = 1; i < 40; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    merges += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " {<<: [" + alias + ", " + alias + "]}\n";
  }
  CHECK(read(merges).find("the document contains excessive aliasing") != std::string::npos);
  // Many aliases of something large stay within go-yaml's share, not within memory.
  const std::string large = "a: &a \"" + std::string(1 << 20, 'x') + "\"\nb: [*a" + repeated(", *a", 30) + "]\n";
  CHECK(read(large).find("aliases expand to more than 16 MiB") != std::string::npos);
  const std::string few = "a: &a {k: [1, 2, 3]}\nl: [*a" + repeated(", *a", 50) + "]\n";
  CHECK(read_yaml(few, "f").ok());
}

TEST_CASE("every truncation of a document gives a value or an error, and the same one each time", "[yaml_reader]") {
  const std::string documents[] = {
      "message: \"it's \\u00e9 \\x41\" # c\niam: {user: 'u''s', keys: [1, 0x2, ~], ? x : y}\nl:\n- |+\n  text\n\n- "
      ">-\n  a\n  b\n- &x !!str 1\n- *x\n",
      "%YAML 1.1\n---\nbase: &b\n  k: !!binary aGk=\n<<: *b\nconditions:\n  - type: Ready\n    status: "
      "\"True\"\n...\n# end\n",
      "\xEF\xBB\xBF{\"a\":[1,{\"b\":null}],\"é\":\"\xF0\x9F\x98\x80\",\"c\":\"\\u00e9\"}\r\n",
      std::string("\xFF\xFE"
                  "a\0:\0 \0\"\0\x3D\xD8\x00\xDE\"\0\n\0",
                  18),
  };
  for (const std::string& document : documents) {
    REQUIRE(read_yaml(document, "f").ok());
    for (std::size_t size = 0; size <= document.size(); ++size) {
      const std::string part = document.substr(0, size);
      const Result<Document> first = read_yaml(part, "f");
      CAPTURE(printable(part));
      CHECK(shown(first) == shown(read_yaml(part, "f")));
      if (!first) {
        CHECK(first.error().kind == ErrorKind::malformed);
        CHECK_FALSE(first.error().cause.empty());
        CHECK(find_invalid_utf8(test::whole(first.error())) == std::string::npos);
        continue;
      }
      // What was read can be written, and is then the same.
      const Result<std::string> written = write_yaml(first->value);
      REQUIRE(test::outcome(written) == "ok");
      CHECK(read(*written) == to_json(first->value));
    }
  }
}

TEST_CASE("every single byte put anywhere in a document gives a value or an error", "[yaml_reader]") {
  const std::string document = "a: \"x\\n\"\nb: [1, {c: 'd'}]\ne: |\n  f\n";
  const std::string bytes = "\0\t\n\r !\"#%&'*,-:>?@[\\]`{|}~\x7F\x80\xC2\xE2\xFF"s;
  std::size_t readable = 0;
  for (std::size_t at = 0; at <= document.size(); ++at) {
    for (const char byte : bytes) {
      std::string changed = document;
      changed.insert(at, 1, byte);
      const Result<Document> read_once = read_yaml(changed, "f");
      if (!read_once) {
        if (read_once.error().cause.empty()) FAIL("an error without a cause: " << printable(changed));
        continue;
      }
      ++readable;
      const Result<std::string> written = write_yaml(read_once->value);
      if (!written || !(read_yaml(*written, "f")->value == read_once->value))
        FAIL("cannot be written: " << printable(changed));
    }
  }
  CHECK(readable > 0);
}

TEST_CASE("an escaped quote, which Kratix knows and libyaml does not, moves no place in a message", "[yaml_reader]") {
  const std::string error = shown(read_yaml("a: \"it\\'s \\'x\\'\"\nb: \"\\'\" : [\n", "f"));
  CHECK(error.find("f:2:9: ") != std::string::npos);
  CHECK(error.find("x27") == std::string::npos);
  const Result<Document> twice = read_yaml("{\"\\'é\\'\": 1, \"'é'\": 2}\n", "f");
  REQUIRE(test::outcome(twice) == "ok");
  REQUIRE(twice->findings.size() == 1);
  CHECK(twice->findings.front().at.column == 14);
}

TEST_CASE("escaped quotes are read in up to 16 scalars, however many each has", "[yaml_reader]") {
  std::string many = "a: \"";
  for (int i = 0; i < 100'000; ++i) many += "\\'";
  const Result<Document> one = read_yaml(many + "\"\n", "f");
  REQUIRE(test::outcome(one) == "ok");
  CHECK(one->value.as_map().find("a")->as_string() == std::string(100'000, '\''));
  std::string list;
  for (int i = 0; i < 17; ++i) list += "- \"\\'\"\n";
  CHECK(shown(read_yaml("a:\n" + list, "f")).starts_with("malformed: f:18:4: found unknown escape character"));
  CHECK(test::outcome(read_yaml("a:\n" + list.substr(7), "f")) == "ok");
}

TEST_CASE("a colon before a comma or a closing bracket is text to Kratix", "[yaml_reader]") {
  const Row rows[] = {
      {"a: [C:, x]", R"({"a":["C:","x"]})"},
      {"a: [C:]", R"({"a":["C:"]})"},
      {"a: {k: C:}", R"({"a":{"k":"C:"}})"},
      {"{a:, b: 1}", R"({"a:":null,"b":1})"},
      {"a: [http://x:80:, it's: , 'q', 1:, ~:]", R"({"a":["http://x:80:",{"it's":null},"q","1:","~:"]})"},
      {"a: [it's', x y:, z]", R"({"a":["it's'","x y:","z"]})"},
      {"a: [it's:, é:, {z: é's:}]", R"({"a":["it's:","é:",{"z":"é's:"}]})"},
      {"a: &x [!!str 1:, &y b:, *y]", R"({"a":["1:","b:","b:"]})"},
      {"a: [b\n  c\n\n  it's d:, e:]", R"({"a":["b c\nit's d:","e:"]})"},
      {"a: [\n  b:,\n  c: ,\n  d:\n]", R"({"a":["b:",{"c":null},{"d":null}]})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(read(row.text) == row.json);
  }
}

TEST_CASE("such a colon is a finding, and moves no other place", "[yaml_reader]") {
  const std::string what = " Kratix reads this ':' as a part of the text, other readers as the end of a key";
  CHECK(findings_of("a: [é's:, b]\nc: {d: e:, f: 1, f: g:}") ==
        std::vector<std::string>{"duplicate 2:18 key \"f\" appears on lines 2 and 2; Kratix keeps the last",
                                 "colon 1:8" + what, "colon 2:9" + what, "colon 2:22" + what});
  CHECK(shown(read_yaml("a: [b:, it's:, {]\n", "f")).starts_with("malformed: f:1:17: "));
}

TEST_CASE("a colon that Kratix would refuse is refused", "[yaml_reader]") {
  for (const char* text : {"a: [b:[c]]", "a: [b:{c}]", "a: {b:[c]}", "a: [b:?]", "a: [b?c:, d]", "a: ['b'c:]", "{''b:}",
                           "{}\"\\/\"", "{}\n{\"b\": \"x\\/y\"}"}) {
    CAPTURE(text);
    CHECK(read(text).starts_with("malformed: f:"));
  }
  std::string many = "a: [";
  for (int i = 0; i < 16; ++i) many += "b:, ";
  CHECK(test::outcome(read_yaml(many + "]", "f")) == "ok");
  CHECK(read(many + "b:]").starts_with("malformed: f:1:70: found unexpected ':'"));
}

TEST_CASE("a colon ends the name of an anchor, as for Kratix", "[yaml_reader]") {
  CHECK(read("a: &x:w 1\n") == R"({"a":":w 1"})");
  CHECK(read("a: &x:w 1\nb: *x\n") == R"({"a":":w 1","b":":w 1"})");
}

TEST_CASE("what needs a line or 1022 characters in YAML 1.2 is a key without a value for Kratix", "[yaml_reader]") {
  const std::string text(1100, 'x');
  CHECK(read("{" + text + "}") == "{\"" + text + "\":null}");
  CHECK(read("{a\n  b, c: 1}") == R"({"a b":null,"c":1})");
}

TEST_CASE("an open bracket after the root node is trailing text", "[yaml_reader]") {
  for (const char* text : {"{a: 1}[", "{a: 1} {", "{a: 1}\n[b"}) {
    CAPTURE(text);
    CHECK(read(text) == R"({"a":1})");
    REQUIRE(findings_of(text).size() == 1);
    CHECK(findings_of(text)[0].starts_with("trailing"));
  }
}

TEST_CASE("what Kratix refuses as soon as it looks behind the root node is refused", "[yaml_reader]") {
  for (const char* text : {"{a: 1}[!,\"x\"", "{a: 1}[!!str,\"x\"", "{a: 1}[x?\"", "{a: 1}\n%YAML 001.1\n---\nb: 1"}) {
    CAPTURE(text);
    CHECK(read(text).starts_with("malformed: f:"));
  }
  // It does not look that far.
  for (const char* text : {"a: 1\n---\nb: [x?\"", "a: 1\n...\n%YAML 100.1\n---\nb: 1", "{a: 1}\n---\n%YAML 100.1"}) {
    CAPTURE(text);
    CHECK(read(text) == R"({"a":1})");
  }
}

TEST_CASE("a number of three digits in a %YAML directive is refused", "[yaml_reader]") {
  const std::string refused = "malformed: f:1:1: found extremely long version number\n  %YAML ";
  CHECK(read("%YAML 001.1\n---\na: 1\n") == refused + "001.1\n  ^");
  CHECK(read("%YAML 1.001 # c\n---\na: 1\n") == refused + "1.001 # c\n  ^");
  CHECK(read("%YAML\t 01.01\n---\na: 1\n") == R"({"a":1})");
  CHECK(read("%YAML 1.1\n%TAG !e! tag:001.001,\n---\na: 1\n") == R"({"a":1})");
}

TEST_CASE("object.yaml is read by the same law", "[yaml_reader]") {
  const Row rows[] = {
      {"a: ! 1\nb: [C:, x]\nc: \"it\\'s\"", R"({"a":"1","b":["C:","x"],"c":"it's"})"},
      {"a: 1\na: 0x10\n", R"({"a":16})"},
      {"", "{}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(read(row.text) == row.json);
    CHECK(shown(read_object(row.text)) == row.json);
  }
  for (const char* malformed : {"a: [", "- 1", "a: .inf", "a: \"\\/\"", "a: *b"}) {
    CAPTURE(malformed);
    CHECK(shown(read_object(malformed)) == read(malformed));
  }
}

TEST_CASE("a megabyte of open brackets is refused", "[yaml_reader]") {
  CHECK(shown(read_yaml("a: " + std::string(1 << 20, '['), "f"))
            .starts_with("malformed: f:1:516: nests [] and {} deeper than 512"));
  // Brackets within quotes are none.
  const std::string quoted = "a: \"" + std::string(5000, '[') + "\"\n";
  CHECK(test::outcome(read_yaml(quoted, "f")) == "ok");
}

}  // namespace kratix_status
