// Keys as they are typed, and what is read and written through them.

#include <span>
#include <string>
#include <vector>

#include "kratix_status/key_path.h"
#include "support.h"
#include "value/message.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

using test::json;

// "key", [index] and the quotes, so that two ways to type a path can be told apart.
std::string shown(const Result<KeyPath>& path) {
  if (!path) return test::whole(path.error());
  std::string text;
  for (const KeySegment& segment : path->segments()) {
    if (segment.is_index) {
      text += "[" + std::to_string(segment.index) + "]";
    } else if (segment.is_selector()) {
      text += "{";
      for (const std::string& key : segment.field) text += "<" + key + ">";
      text += (segment.quoted ? "==" : "=") + segment.key + "}";
    } else
      text += segment.quoted ? "<" + segment.key + ">" : "(" + segment.key + ")";
  }
  return text;
}

KeyPath path(std::string_view text) {
  Result<KeyPath> parsed = KeyPath::parse(text);
  INFO(text);
  REQUIRE(test::outcome(parsed) == "ok");
  return *parsed;
}

struct Refusal {
  const char* root;
  const char* path;
  const char* error;
};

// `change(root, path)` fails in each row, and leaves the root as it was.
template <typename Change>
void check_refused(std::span<const Refusal> rows, Change change) {
  for (const Refusal& row : rows) {
    CAPTURE(row.root, row.path);
    Value root = json(row.root);
    CHECK(test::outcome(change(root, path(row.path))) == row.error);
    CHECK(to_json(root) == to_json(json(row.root)));
  }
}

}  // namespace

TEST_CASE("every way to type a key is understood", "[key_path]") {
  struct Row {
    const char* text;
    const char* segments;
    const char* typed;  // as text() types it
  };
  const Row rows[] = {
      {"a", "(a)", "a"},
      {"a.b.c", "(a)(b)(c)", "a.b.c"},
      {".a.b", "(a)(b)", "a.b"},
      {"A-b_C9", "(A-b_C9)", "A-b_C9"},
      {"-", "(-)", "\"-\""},
      {"-foo", "(-foo)", "\"-foo\""},
      {"--json", "(--json)", "\"--json\""},
      {"a.-b", "(a)(-b)", "a.\"-b\""},
      {"0", "(0)", "0"},
      {"a.0", "(a)(0)", "a.0"},
      {"status", "(status)", "status"},
      {"\"status\"", "<status>", "\"status\""},
      {"a.\"status\"", "(a)<status>", "a.status"},
      {"\"\"", "<>", "\"\""},
      {".\"\"", "<>", "\"\""},
      {"a.\"\"", "(a)<>", "a.\"\""},
      {"\"a b\"", "<a b>", "\"a b\""},
      {"labels.\"app.kubernetes.io/name\"", "(labels)<app.kubernetes.io/name>", "labels.\"app.kubernetes.io/name\""},
      {"labels[\"app.kubernetes.io/name\"]", "(labels)<app.kubernetes.io/name>", "labels.\"app.kubernetes.io/name\""},
      {"a[\"b\"].c", "(a)<b>(c)", "a.b.c"},
      {"a[\"b\"][\"c\"]", "(a)<b><c>", "a.b.c"},
      {"\"a\"[0]", "<a>[0]", "a[0]"},
      {"\"a\\\"b\\\\c\"", "<a\"b\\c>", "\"a\\\"b\\\\c\""},
      {"\"]\"", "<]>", "\"]\""},
      {"a[\"]\"]", "(a)<]>", "a.\"]\""},
      {"\"a.b[0]=c\"", "<a.b[0]=c>", "\"a.b[0]=c\""},
      {"\"é\\\\\"", "<é\\>", "\"é\\\\\""},
      {"\"a\\nb\"", "<a\nb>", "\"a\\u000ab\""},
      {"\"\\b\\f\\r\\t\\/\"", "<\b\f\r\t/>", "\"\\u0008\\u000c\\u000d\\u0009/\""},
      {"\"\\u0041\\u00E9\\u20ac\"", "<Aé€>", "\"Aé€\""},
      {"\"\\ud83d\\uDE00\"", "<😀>", "\"😀\""},
      {"\"\\udb40\\udc41\"", "<\U000e0041>", "\"\\udb40\\udc41\""},
      {"\"\x7f\u009b\u2028\u202e\ufeff\"", "<\x7f\u009b\u2028\u202e\ufeff>", "\"\\u007f\\u009b\\u2028\\u202e\\ufeff\""},
      {"\"\\u002e\\u005b\"", "<.[>", "\".[\""},
      {"ports[0]", "(ports)[0]", "ports[0]"},
      {"ports[-1]", "(ports)[-1]", "ports[-1]"},
      {"ports[0][1].x[-2]", "(ports)[0][1](x)[-2]", "ports[0][1].x[-2]"},
      {"ports[9223372036854775807]", "(ports)[9223372036854775807]", "ports[9223372036854775807]"},
      {"ports[-9223372036854775808]", "(ports)[-9223372036854775808]", "ports[-9223372036854775808]"},
      {"a[b=c]", "(a){<b>=c}", "a[b=c]"},
      {"a.[b=c].d", "(a){<b>=c}(d)", "a[b=c].d"},
      {"a[b.c=d][0]", "(a){<b><c>=d}[0]", "a[b.c=d][0]"},
      {"a[\"b c\".\"\".d=e]", "(a){<b c><><d>=e}", "a[\"b c\".\"\".d=e]"},
      {"a[\"b\"=c]", "(a){<b>=c}", "a[b=c]"},
      {"a[b=\"c\"]", "(a){<b>==c}", "a[b=\"c\"]"},
      {"a[b=\"\"]", "(a){<b>==}", "a[b=\"\"]"},
      {"a[b=\"c d]=\\n\"]", "(a){<b>==c d]=\n}", "a[b=\"c d]=\\u000a\"]"},
      {"a[type=example.com/Ready]", "(a){<type>=example.com/Ready}", "a[type=example.com/Ready]"},
      {"a[x=10.0.0.1:80][y=-1]", "(a){<x>=10.0.0.1:80}{<y>=-1}", "a[x=10.0.0.1:80][y=-1]"},
      {"a[0=1]", "(a){<0>=1}", "a[0=1]"},
      {"a[-b=c]", "(a){<-b>=c}", "a[\"-b\"=c]"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Result<KeyPath> parsed = KeyPath::parse(row.text);
    CHECK(shown(parsed) == row.segments);
    if (!parsed) continue;
    CHECK(parsed->text() == row.typed);
    CHECK(path(parsed->text()).text() == row.typed);
    CHECK(parsed->top() == parsed->segments().front().key);
  }
}

TEST_CASE("a key that cannot be understood is refused with a caret at the fault", "[key_path]") {
  struct Row {
    std::string text;
    std::string error;
  };
  const Row rows[] = {
      {"", R"(refused: key "": the key is empty)"},
      {".", "refused: key \".\": ends where a segment is expected\n  .\n   ^"},
      {"a.", "refused: key \"a.\": ends where a segment is expected\n  a.\n    ^"},
      {"..a", "refused: key \"..a\": has an empty segment (write an empty key as \"\")\n  ..a\n   ^"},
      {"a..b", "refused: key \"a..b\": has an empty segment (write an empty key as \"\")\n  a..b\n    ^"},
      {"[0]",
       "refused: key \"[0]\": starts with an index, but a status is a map (name the list first: ports[0])\n  [0]\n  ^"},
      {"a b",
       "refused: key \"a b\": unexpected ' ' (quote a segment that holds other characters: '\"a b\"')\n  a b\n   ^"},
      {"a/b",
       "refused: key \"a/b\": unexpected '/' (quote a segment that holds other characters, as in labels.\"app.kubernetes.io/name\")\n  a/b\n   ^"},
      {"/",
       "refused: key \"/\": unexpected '/' (quote a segment that holds other characters, as in labels.\"app.kubernetes.io/name\")\n  /\n  ^"},
      {"a=b",
       "refused: key \"a=b\": unexpected '=' (quote a segment that holds other characters, as in labels.\"app.kubernetes.io/name\")\n  a=b\n   ^"},
      {"é", "refused: key \"é\": unexpected 'é' (quote a segment that holds other characters: '\"é\"')\n  é\n  ^"},
      {"a.é",
       "refused: key \"a.é\": unexpected 'é' (quote a segment that holds other characters: 'a.\"é\"')\n  a.é\n    ^"},
      {"login.first name",
       "refused: key \"login.first name\": unexpected ' ' (quote a segment that holds other characters: "
       "'login.\"first name\"')\n  login.first name\n             ^"},
      {"ports[0].a b",
       "refused: key \"ports[0].a b\": unexpected ' ' (quote a segment that holds other characters: "
       "'ports[0].\"a b\"')\n  ports[0].a b\n            ^"},
      {"a b.c",
       "refused: key \"a b.c\": unexpected ' ' (quote a segment that holds other characters, as in "
       "labels.\"app.kubernetes.io/name\")\n  a b.c\n   ^"},
      {"a ",
       "refused: key \"a \": unexpected ' ' (quote a segment that holds other characters, as in "
       "labels.\"app.kubernetes.io/name\")\n  a \n   ^"},
      {"labels.app.kubernetes.io/name",
       "refused: key \"labels.app.kubernetes.io/name\": unexpected '/' (quote a segment that holds other characters, "
       "as in labels.\"app.kubernetes.io/name\")\n  labels.app.kubernetes.io/name\n                          ^"},
      {"login.*",
       "refused: key \"login.*\": unexpected '*' (quote a segment that holds other characters, as in "
       "labels.\"app.kubernetes.io/name\")\n  login.*\n        ^"},
      {"a\nb",
       "refused: key \"a\\nb\": unexpected '\\n' (quote a segment that holds other characters, as in labels.\"app.kubernetes.io/name\")"},
      {"a\u2028b",
       "refused: key \"a\\u2028b\": unexpected '\\u2028' (quote a segment that holds other characters: "
       "'\"a\\u2028b\"')"},
      {"\"a", "refused: key \"\"a\": the quote is not closed\n  \"a\n  ^"},
      {"a.\"b", "refused: key \"a.\"b\": the quote is not closed\n  a.\"b\n    ^"},
      {"\"a\\", "refused: key \"\"a\\\": the quote is not closed\n  \"a\\\n  ^"},
      {"\"a\\\"", "refused: key \"\"a\\\"\": the quote is not closed\n  \"a\\\"\n  ^"},
      {"\"a\\q\"",
       "refused: key \"\"a\\q\"\": unknown escape (a quoted segment is a JSON string; its escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX)\n  \"a\\q\"\n    ^"},
      {"\"a\\u00g0\"",
       "refused: key \"\"a\\u00g0\"\": four hexadecimal digits are expected (a quoted segment is a JSON string; its escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX)\n  \"a\\u00g0\"\n        ^"},
      {"\"a\\u00",
       "refused: key \"\"a\\u00\": four hexadecimal digits are expected (a quoted segment is a JSON string; its escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX)\n  \"a\\u00\n        ^"},
      {"\"a\\ud800\"",
       "refused: key \"\"a\\ud800\"\": half of a surrogate pair is not a character\n  \"a\\ud800\"\n    ^"},
      {"\"\\udc00\\ud800\"",
       "refused: key \"\"\\udc00\\ud800\"\": half of a surrogate pair is not a character\n  \"\\udc00\\ud800\"\n   ^"},
      {"\"a\tb\"",
       "refused: key \"\"a\\tb\"\": a control character needs an escape such as \\n (a quoted segment is a JSON string; its escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX)\n  \"a\\tb\"\n    ^"},
      {"\"a\nb\"",
       "refused: key \"\"a\\nb\"\": a control character needs an escape such as \\n (a quoted segment is a JSON string; its escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX)"},
      {"\"é\\é\"",
       "refused: key \"\"é\\é\"\": unknown escape (a quoted segment is a JSON string; its escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX)\n  \"é\\é\"\n    ^"},
      {"\"a\"b",
       "refused: key \"\"a\"b\": unexpected 'b' (quote a segment that holds other characters, as in labels.\"app.kubernetes.io/name\")\n  "
       "\"a\"b\n     ^"},
      {"a[",
       "refused: key \"a[\": an index is expected (write [0], [-1] or [\"key\"]; to read, also [name=web])\n  a[\n    ^"},
      {"a[]",
       "refused: key \"a[]\": an index is expected (write [0], [-1] or [\"key\"]; to read, also [name=web])\n  a[]\n    ^"},
      {"a[x]",
       "refused: key \"a[x]\": an index is expected (write [0], [-1] or [\"key\"]; to read, also [name=web])\n  a[x]\n    ^"},
      {"a[-]",
       "refused: key \"a[-]\": an index is expected (write [0], [-1] or [\"key\"]; to read, also [name=web])\n  a[-]\n    ^"},
      {"a[+1]",
       "refused: key \"a[+1]\": an index is expected (write [0], [-1] or [\"key\"]; to read, also [name=web])\n  a[+1]\n    ^"},
      {"a[ 0]",
       "refused: key \"a[ 0]\": an index is expected (write [0], [-1] or [\"key\"]; to read, also [name=web])\n  a[ 0]\n    ^"},
      {"a['x']",
       "refused: key \"a['x']\": an index is expected (write [0], [-1] or [\"key\"]; to read, also [name=web])\n  a['x']\n    ^"},
      {"a[0", "refused: key \"a[0\": ']' is expected\n  a[0\n     ^"},
      {"a[1.5]", "refused: key \"a[1.5]\": ']' is expected\n  a[1.5]\n     ^"},
      {"a[\"x\"", "refused: key \"a[\"x\"\": ']' is expected\n  a[\"x\"\n       ^"},
      {"a[\"x\"0]", "refused: key \"a[\"x\"0]\": ']' is expected\n  a[\"x\"0]\n       ^"},
      {"a[0]b",
       "refused: key \"a[0]b\": unexpected 'b' (quote a segment that holds other characters, as in labels.\"app.kubernetes.io/name\")\n  a[0]b\n   "
       "   ^"},
      {"a]",
       "refused: key \"a]\": unexpected ']' (quote a segment that holds other characters, as in labels.\"app.kubernetes.io/name\")\n  a]\n   ^"},
      {"a[9223372036854775808]",
       "refused: key \"a[9223372036854775808]\": the index is too large\n  a[9223372036854775808]\n    ^"},
      {"a[b=]",
       "refused: key \"a[b=]\": a value is expected (write [name=web], or in quotes [name=\"a b\"])\n  a[b=]\n      ^"},
      {"a[b=",
       "refused: key \"a[b=\": a value is expected (write [name=web], or in quotes [name=\"a b\"])\n  a[b=\n      ^"},
      {"a[b==c]",
       "refused: key \"a[b==c]\": a value is expected (write [name=web], or in quotes [name=\"a b\"])\n  a[b==c]\n      "
       "^"},
      {"a[b=c d]",
       "refused: key \"a[b=c d]\": unexpected ' ' (quote a value that holds other characters: [name=\"a b\"])\n  a[b=c "
       "d]\n       ^"},
      {"a[b=c", "refused: key \"a[b=c\": ']' is expected\n  a[b=c\n       ^"},
      {"a[b=\"c\"d]", "refused: key \"a[b=\"c\"d]\": ']' is expected\n  a[b=\"c\"d]\n         ^"},
      {"a[b=\"c]", "refused: key \"a[b=\"c]\": the quote is not closed\n  a[b=\"c]\n      ^"},
      {"a[\"\\ud800\"=c]",
       "refused: key \"a[\"\\ud800\"=c]\": half of a surrogate pair is not a character\n  a[\"\\ud800\"=c]\n     ^"},
      {"a[=b]",
       "refused: key \"a[=b]\": an index is expected (write [0], [-1] or [\"key\"]; to read, also [name=web])\n  "
       "a[=b]\n    ^"},
      {"a[b.=c]",
       "refused: key \"a[b.=c]\": an index is expected (write [0], [-1] or [\"key\"]; to read, also [name=web])\n  "
       "a[b.=c]\n    ^"},
      {"a[b[0]=c]",
       "refused: key \"a[b[0]=c]\": an index is expected (write [0], [-1] or [\"key\"]; to read, also [name=web])\n  "
       "a[b[0]=c]\n    ^"},
      {"[b=c].d",
       "refused: key \"[b=c].d\": starts with a selector, but a status is a map (name the list first: "
       "conditions[type=Ready])\n  [b=c].d\n  ^"},
      {"a\xFF", "refused: key \"a\\xff\": is not valid UTF-8\n  a\\xff\n   ^"},
      {"\"\xED\xA0\x80\"", "refused: key \"\"\\xed\\xa0\\x80\"\": is not valid UTF-8\n  \"\\xed\\xa0\\x80\"\n   ^"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shown(KeyPath::parse(row.text)) == row.error);
  }
}

TEST_CASE("a key of more segments than a status may nest is refused", "[key_path]") {
  std::string text = "a";
  for (int i = 2; i < max_depth; ++i) text += ".a";
  CHECK(path(text).segments().size() == static_cast<std::size_t>(max_depth) - 1);
  CHECK(shown(KeyPath::parse(text + ".a")) == "refused: key of 1200 segments: nests deeper than 1200");
}

TEST_CASE("a literal key is one segment, whatever it holds", "[key_path]") {
  for (const char* key : {"", "a", "a.b", "a[0]", "\"", "\\", "=", "é", "status"}) {
    const KeyPath literal = KeyPath::of(key);
    CAPTURE(key);
    REQUIRE(literal.segments().size() == 1);
    CHECK(literal.top() == key);
    CHECK(path(literal.text()).top() == key);
  }
}

TEST_CASE("every key of two ASCII characters can be typed as text() types it", "[key_path]") {
  std::vector<std::string> wrong;
  for (int a = 0; a < 128; ++a) {
    for (int b = 0; b < 128; ++b) {
      const std::string key = {static_cast<char>(a), static_cast<char>(b)};
      const Result<KeyPath> parsed = KeyPath::parse(KeyPath::of(key).text());
      if (!parsed || parsed->segments().size() != 1 || parsed->top() != key) wrong.push_back(key);
    }
  }
  CHECK(wrong.empty());
}

TEST_CASE("every character, typed in quotes or not, is one line that nothing can hide in", "[key_path]") {
  std::vector<std::string> wrong;
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string key;
    append_utf8(key, c);
    for (const std::string& text : {key_text(key), quoted_key_text(key)}) {
      const Result<KeyPath> parsed = KeyPath::parse(text);
      const bool same = parsed.ok() && parsed->segments().size() == 1 && parsed->top() == key;
      if (!same || text != printable(text)) wrong.push_back(text);
    }
  }
  CHECK(wrong.empty());
}

TEST_CASE("text in quotes is one segment, wherever it is put", "[key_path]") {
  for (const char* text :
       {"", "a", "a.b", "a[0]", "\"", "\\", "\\\"", "=", ":=", "@=", "-q", "--help", "status", "\n", "\".x"}) {
    const std::string quoted = quoted_key_text(text);
    CAPTURE(text);
    CHECK(quoted.front() == '"');
    CHECK(shown(KeyPath::parse(quoted)) == "<" + std::string(text) + ">");
    CHECK(shown(KeyPath::parse("a." + quoted + ".b")) == "(a)<" + std::string(text) + ">(b)");
    CHECK(shown(KeyPath::parse("a[" + quoted + "]")) == "(a)<" + std::string(text) + ">");
    AssignmentOperator found{};
    CHECK_FALSE(find_assignment(quoted, found));
    REQUIRE(find_assignment("a." + quoted + "=" + text, found));
    CHECK(found.key_length == 2 + quoted.size());
  }
}

TEST_CASE("a part of a path is typed as the whole is", "[key_path]") {
  const KeyPath whole = path("a.\"b c\"[0].d");
  CHECK(whole.text(0).empty());
  CHECK(whole.text(1) == "a");
  CHECK(whole.text(2) == "a.\"b c\"");
  CHECK(whole.text(3) == "a.\"b c\"[0]");
  CHECK(whole.text(99) == "a.\"b c\"[0].d");
}

TEST_CASE("an assignment is cut at the first '=' outside quotes", "[key_path]") {
  using Kind = AssignmentOperator::Kind;
  struct Row {
    std::string_view operand;
    bool found;
    Kind kind;
    std::string_view key;
    std::string_view value;
  };
  const Row rows[] = {
      {"a=x", true, Kind::string, "a", "x"},
      {"a=", true, Kind::string, "a", ""},
      {"=x", true, Kind::string, "", "x"},
      {"=", true, Kind::string, "", ""},
      {"a:=1", true, Kind::json, "a", "1"},
      {"a@=file", true, Kind::file, "a", "file"},
      {"a@=-", true, Kind::file, "a", "-"},
      {":=1", true, Kind::json, "", "1"},
      {"@=f", true, Kind::file, "", "f"},
      {"a.b[0]=x", true, Kind::string, "a.b[0]", "x"},
      {"a=b=c", true, Kind::string, "a", "b=c"},
      {"a=:=", true, Kind::string, "a", ":="},
      {"a==x", true, Kind::string, "a", "=x"},
      {"a:b=x", true, Kind::string, "a:b", "x"},
      {"a: =x", true, Kind::string, "a: ", "x"},
      {"a::=x", true, Kind::json, "a:", "x"},
      {"a=\"b\"", true, Kind::string, "a", "\"b\""},
      {"\"a=b\"=c", true, Kind::string, "\"a=b\"", "c"},
      {"\"a=b\":=1", true, Kind::json, "\"a=b\"", "1"},
      {"x[\"a=b\"]@=f", true, Kind::file, "x[\"a=b\"]", "f"},
      {"\"a\\\"=b\"=c", true, Kind::string, "\"a\\\"=b\"", "c"},
      {"\"a\\\\\"=c", true, Kind::string, "\"a\\\\\"", "c"},
      {"é=ü", true, Kind::string, "é", "ü"},
      {"a\\=b", true, Kind::string, "a\\", "b"},
      {"a[b=c]=d", true, Kind::string, "a[b=c]", "d"},
      {"a[b=\"]\"].e:=1", true, Kind::json, "a[b=\"]\"].e", "1"},
      {"a=b[c=d]", true, Kind::string, "a", "b[c=d]"},
      {"a[b=c", true, Kind::string, "a[b", "c"},
      {"a[[b=c", true, Kind::string, "a[[b", "c"},
      {"a[\"]=c", false, Kind::string, "", ""},
      {"a[b=c]", false, Kind::string, "", ""},
      {"a[0=b]", false, Kind::string, "", ""},
      {"", false, Kind::string, "", ""},
      {"a", false, Kind::string, "", ""},
      {"a b", false, Kind::string, "", ""},
      {"\"a=b\"", false, Kind::string, "", ""},
      {"\"a=b", false, Kind::string, "", ""},
      {"\"a\\\"=b\"", false, Kind::string, "", ""},
      {"\"\\", false, Kind::string, "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.operand);
    AssignmentOperator found{};
    REQUIRE(find_assignment(row.operand, found) == row.found);
    if (!row.found) continue;
    CHECK(found.kind == row.kind);
    CHECK(row.operand.substr(0, found.key_length) == row.key);
    CHECK(row.operand.substr(found.value_start) == row.value);
  }
}

TEST_CASE("find goes down maps and lists, and finds nothing where there is nothing", "[key_path]") {
  const Value root = json(R"({"a":{"b":[10,{"c":"x"},[1,2]],"n":null},"":{"":0},"s":"text","0":"zero"})");
  struct Row {
    const char* path;
    const char* value;  // nullptr: nothing
  };
  const Row rows[] = {
      {"a.b[0]", "10"},
      {"a.b[1].c", "\"x\""},
      {"a.b[-1][-2]", "1"},
      {"a.b[-3]", "10"},
      {"a.n", "null"},
      {"\"\"", R"({"":0})"},
      {"\"\".\"\"", "0"},
      {"s", "\"text\""},
      {"\"0\"", "\"zero\""},
      {"0", "\"zero\""},
      {"x", nullptr},
      {"a.x", nullptr},
      {"a.b[3]", nullptr},
      {"a.b[-4]", nullptr},
      {"a.b.c", nullptr},
      {"a[0]", nullptr},
      {"s.x", nullptr},
      {"s[0]", nullptr},
      {"a.n.x", nullptr},
      {"a.n[0]", nullptr},
      {"a.b[9223372036854775807]", nullptr},
      {"a.b[-9223372036854775808]", nullptr},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    const Value* found = find(root, path(row.path));
    REQUIRE((found != nullptr) == (row.value != nullptr));
    if (found != nullptr) CHECK(*found == json(row.value));
  }
}

TEST_CASE("a selector finds the one item that it means, by strings, numbers and booleans as get prints them",
          "[key_path]") {
  const Value root = json(
      R"({"l":[{"n":"a","v":1},{"n":"b","v":2},{"n":"b","v":3},{"n":80,"v":4},{"n":true,"v":5},{"n":null,"v":6},
      {"m":{"n":"x"},"v":7},"n",{"n":["a"],"v":8},{"n":"1.50","v":9},{"n":2.5,"v":10},{"n":"","v":11}],"m":{"n":"a"}})");
  struct Row {
    const char* path;
    const char* found;
  };
  const Row rows[] = {
      {"l[n=a].v", "1"},
      {"l[n=\"a\"].v", "1"},
      {"l[v=2].n", "\"b\""},
      {"l[n=80].v", "4"},
      {"l[n=true].v", "5"},
      {"l[n=2.5].v", "10"},
      {"l[n=1.50].v", "9"},
      {"l[n=\"\"].v", "11"},
      {"l[m.n=x].v", "7"},
      {"l[n=\"80\"].v", "nothing"},
      {"l[n=\"true\"].v", "nothing"},
      {"l[n=null].v", "nothing"},
      {"l[n=2.50].v", "nothing"},
      {"l[n=c].v", "nothing"},
      {"l[x=a].v", "nothing"},
      {"l[n.m=a].v", "nothing"},
      {"l[n=a].x", "nothing"},
      {"m[n=a]", "nothing"},
      {"x[n=a]", "nothing"},
      {"l[n=b].v",
       "refused: key l[n=b].v: [n=b] selects 2 items of l, and must select one (name one by its position: l[1] is the "
       "first)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    const Result<const Value*> found = look_up(root, path(row.path));
    CHECK((!found ? test::whole(found.error()) : *found == nullptr ? "nothing" : to_json(**found)) == row.found);
    CHECK(find(root, path(row.path)) == (found ? *found : nullptr));
  }
}

TEST_CASE("a place in any document may start with an index or a selector, and . is the root", "[key_path]") {
  const Value root = json(R"([{"n":"a","v":1},{"n":"a"},[2]])");
  struct Row {
    const char* path;
    const char* typed;
    const char* found;
  };
  const Row rows[] = {
      {".", ".", R"([{"n":"a","v":1},{"n":"a"},[2]])"},
      {"[0]", "[0]", R"({"n":"a","v":1})"},
      {".[0].v", "[0].v", "1"},
      {"[-1][0]", "[-1][0]", "2"},
      {"[v=1].n", "[v=1].n", "\"a\""},
      {"n", "n", "nothing"},
      {"[n=a]", "[n=a]",
       "refused: key [n=a]: [n=a] selects 2 items, and must select one (name one by its position: [0] is the first)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    const Result<KeyPath> parsed = KeyPath::parse_in_document(row.path);
    REQUIRE(test::outcome(parsed) == "ok");
    CHECK(parsed->text() == row.typed);
    const Result<const Value*> found = look_up(root, *parsed);
    CHECK((!found ? test::whole(found.error()) : *found == nullptr ? "nothing" : to_json(**found)) == row.found);
  }
  CHECK(shown(KeyPath::parse_in_document("..")) ==
        "refused: key \"..\": has an empty segment (write an empty key as \"\")\n  ..\n   ^");
  CHECK(shown(KeyPath::parse_in_document("")) == "refused: key \"\": the key is empty");
}

TEST_CASE("a selector never writes", "[key_path]") {
  const Refusal rows[] = {
      {R"({"a":[{"n":"x"}]})", "a[n=x].v",
       "refused: key a[n=x].v: a selector such as [n=x] is for reading only (name the item by its position: a[0])"},
      {R"({"a":[{"n":"x"}]})", "a[0].b[n=\"y\"]",
       "refused: key a[0].b[n=\"y\"]: a selector such as [n=\"y\"] is for reading only (name the item by its position: "
       "a[0].b[0])"},
      {R"({"conditions":[{"type":"Ready"}]})", "conditions[type=Ready].status",
       "refused: key conditions[type=Ready].status: a selector such as [type=Ready] is for reading only (set a condition with: "
       "kratix-status condition set TYPE True|False|Unknown --reason REASON)"},
  };
  check_refused(rows, [](Value& root, const KeyPath& at) { return put(root, at, Value("new")); });
  check_refused(rows, [](Value& root, const KeyPath& at) { return append(root, at, Value("new"), true); });
  Value root = json(R"({"a":[{"n":"x"}]})");
  CHECK_FALSE(remove(root, path("a[n=x]")));
  CHECK(to_json(root) == R"({"a":[{"n":"x"}]})");
}

TEST_CASE("a child is one segment, whatever its key holds", "[key_path]") {
  const Result<KeyPath> child = path("a[0]").child("b.c");
  REQUIRE(test::outcome(child) == "ok");
  CHECK(child->text() == "a[0].\"b.c\"");
  std::string text = "a";
  for (int i = 2; i < max_depth; ++i) text += ".a";
  CHECK(test::outcome(path(text).child("b")) == "refused: key of 1200 segments: nests deeper than 1200");
}

TEST_CASE("put sets a value and makes the maps on the way", "[key_path]") {
  struct Row {
    const char* root;
    const char* path;
    const char* after;
  };
  const Row rows[] = {
      {"{}", "a", R"({"a":"new"})"},
      {"{}", "a.b.c", R"({"a":{"b":{"c":"new"}}})"},
      {"{}", "\"a.b\".\"\"", R"({"a.b":{"":"new"}})"},
      {R"({"a":1,"b":2})", "a", R"({"a":"new","b":2})"},
      {R"({"a":null})", "a.b", R"({"a":{"b":"new"}})"},
      {R"({"a":{"b":null}})", "a.b.c.d", R"({"a":{"b":{"c":{"d":"new"}}}})"},
      {R"({"a":{"b":1}})", "a", R"({"a":"new"})"},
      {R"({"a":[1,2,3]})", "a[0]", R"({"a":["new",2,3]})"},
      {R"({"a":[1,2,3]})", "a[-1]", R"({"a":[1,2,"new"]})"},
      {R"({"a":[1,2,3]})", "a[-3]", R"({"a":["new",2,3]})"},
      {R"({"a":[null]})", "a[0].x.y", R"({"a":[{"x":{"y":"new"}}]})"},
      {R"({"a":[{"x":1}]})", "a[0].y", R"({"a":[{"x":1,"y":"new"}]})"},
      {R"({"a":[[1]]})", "a[0][0]", R"({"a":[["new"]]})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.root, row.path);
    Value root = json(row.root);
    CHECK(test::outcome(put(root, path(row.path), Value("new"))) == "ok");
    CHECK(to_json(root) == row.after);
  }
  Value null;
  CHECK(put(null, path("a.b"), Value("new")).ok());
  CHECK(to_json(null) == R"({"a":{"b":"new"}})");
}

TEST_CASE("put is refused where there is no way, and leaves the root as it was", "[key_path]") {
  const Refusal rows[] = {
      {R"({"a":"x"})", "a.b",
       "refused: key a.b: a is a string, which cannot have keys below it (unset a first, or choose another key)"},
      {R"({"a":1})", "a.b.c",
       "refused: key a.b.c: a is a number, which cannot have keys below it (unset a first, or choose another key)"},
      {R"({"a":{"b":true}})", "a.b.c",
       "refused: key a.b.c: a.b is a boolean, which cannot have keys below it (unset a.b first, or choose another key)"},
      {R"({"a":[1]})", "a.b", "refused: key a.b: a is a list (name an item: a[0])"},
      {R"({"a":[{"b":[]}]})", "a[0].b.c", "refused: key a[0].b.c: a[0].b is a list (name an item: a[0].b[0])"},
      {R"({"a":{}})", "a[0]", "refused: key a[0]: a is a map, not a list"},
      {R"({"a":"x"})", "a[0]", "refused: key a[0]: a is a string, not a list"},
      {R"({"a":null})", "a[0]",
       "refused: key a[0]: a is not in the file, and has no items (start it with: kratix-status append a VALUE)"},
      {R"({"a":[]})", "a[0]", "refused: key a[0]: a has 0 items (add one with: kratix-status append a VALUE)"},
      {R"({"a":[1]})", "a[1]", "refused: key a[1]: a has 1 item (add one with: kratix-status append a VALUE)"},
      {R"({"a":[1,2]})", "a[-3]", "refused: key a[-3]: a has 2 items (add one with: kratix-status append a VALUE)"},
      {"{}", "a[0]",
       "refused: key a[0]: a is not in the file, and has no items (start it with: kratix-status append a VALUE)"},
      {"{}", "a.b[-1].c",
       "refused: key a.b[-1].c: a.b is not in the file, and has no items (start it with: kratix-status append a.b "
       "VALUE)"},
      {R"({"a":{"x":null}})", "a.x.y[0].z",
       "refused: key a.x.y[0].z: a.x.y is not in the file, and has no items (start it with: kratix-status append a.x.y "
       "VALUE)"},
      {R"({"a\nb":1})", "\"a\\nb\".c",
       "refused: key \"a\\u000ab\".c: \"a\\u000ab\" is a number, which cannot have keys below it (unset \"a\\u000ab\" first, or "
       "choose another key)"},
  };
  check_refused(rows, [](Value& root, const KeyPath& at) { return put(root, at, Value("new")); });
}

TEST_CASE("append adds to a list, making it where there is none", "[key_path]") {
  struct Row {
    const char* root;
    const char* path;
    bool unique;
    const char* after;
  };
  const Row rows[] = {
      {"{}", "a", false, R"({"a":["new"]})"},
      {"{}", "a.b", false, R"({"a":{"b":["new"]}})"},
      {R"({"a":null})", "a", false, R"({"a":["new"]})"},
      {R"({"a":[]})", "a", false, R"({"a":["new"]})"},
      {R"({"a":["old"]})", "a", false, R"({"a":["old","new"]})"},
      {R"({"a":["new"]})", "a", false, R"({"a":["new","new"]})"},
      {R"({"a":["new"]})", "a", true, R"({"a":["new"]})"},
      {R"({"a":["x","new","y"]})", "a", true, R"({"a":["x","new","y"]})"},
      {R"({"a":["old"]})", "a", true, R"({"a":["old","new"]})"},
      {R"({"a":[["x"],null]})", "a[0]", false, R"({"a":[["x","new"],null]})"},
      {R"({"a":[["x"],null]})", "a[-1]", false, R"({"a":[["x"],["new"]]})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.root, row.path);
    Value root = json(row.root);
    CHECK(test::outcome(append(root, path(row.path), Value("new"), row.unique)) == "ok");
    CHECK(to_json(root) == row.after);
  }
  // Equal is equal by value: the order of keys does not count.
  Value root = json(R"({"a":[{"x":1,"y":2}]})");
  CHECK(append(root, path("a"), json(R"({"y":2,"x":1.0})"), true).ok());
  CHECK(to_json(root) == R"({"a":[{"x":1,"y":2}]})");
}

TEST_CASE("append is refused on what is no list, and leaves the root as it was", "[key_path]") {
  const Refusal rows[] = {
      {R"({"a":"x"})", "a", "refused: append to a: it is a string, not a list (unset a first, or choose another key)"},
      {R"({"a":{}})", "a", "refused: append to a: it is a map, not a list (unset a first, or choose another key)"},
      {R"({"a":{"b":1}})", "a.b",
       "refused: append to a.b: it is a number, not a list (unset a.b first, or choose another key)"},
      {R"({"a":"x"})", "a.b",
       "refused: key a.b: a is a string, which cannot have keys below it (unset a first, or choose another key)"},
      {R"({"a":[]})", "a[0]", "refused: key a[0]: a has 0 items (add one with: kratix-status append a VALUE)"},
      {R"({"a":[]})", "a.b", "refused: key a.b: a is a list (name an item: a[0])"},
  };
  check_refused(rows, [](Value& root, const KeyPath& at) { return append(root, at, Value("new"), false); });
}

TEST_CASE("remove says whether there was something, and items move up", "[key_path]") {
  struct Row {
    const char* root;
    const char* path;
    bool removed;
    const char* after;
  };
  const Row rows[] = {
      {R"({"a":1,"b":2,"c":3})", "b", true, R"({"a":1,"c":3})"},
      {R"({"a":null})", "a", true, "{}"},
      {R"({"a":{"b":1}})", "a.b", true, R"({"a":{}})"},
      {R"({"a":[1,2,3]})", "a[0]", true, R"({"a":[2,3]})"},
      {R"({"a":[1,2,3]})", "a[-1]", true, R"({"a":[1,2]})"},
      {R"({"a":[1,{"x":1,"y":2}]})", "a[1].x", true, R"({"a":[1,{"y":2}]})"},
      {R"({"a":1})", "b", false, R"({"a":1})"},
      {R"({"a":1})", "a.b", false, R"({"a":1})"},
      {R"({"a":1})", "a[0]", false, R"({"a":1})"},
      {R"({"a":[1]})", "a[1]", false, R"({"a":[1]})"},
      {R"({"a":[1]})", "a[-2]", false, R"({"a":[1]})"},
      {R"({"a":[1]})", "a.b", false, R"({"a":[1]})"},
      {R"({"a":{"0":1}})", "a[0]", false, R"({"a":{"0":1}})"},
      {R"({"a":null})", "a.b", false, R"({"a":null})"},
      {R"({})", "a.b.c", false, "{}"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.root, row.path);
    Value root = json(row.root);
    CHECK(remove(root, path(row.path)) == row.removed);
    CHECK(to_json(root) == row.after);
  }
}

TEST_CASE("a key that starts with a bracketed key or has a point before a bracket says what to write", "[key_path]") {
  // Neither of these starts with an index.
  for (const char* text : {"[\"a\"]", "a.[0]", "a.[\"x\"]"}) {
    const Result<KeyPath> parsed = KeyPath::parse(text);
    CAPTURE(text);
    if (!parsed) CHECK(parsed.error().cause != "starts with an index, but a status is a map");
  }
}

}  // namespace kratix_status
