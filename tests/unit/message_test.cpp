// UTF-8, text that is safe to print, nearest names, and the line with a caret.

#include <array>
#include <set>
#include <vector>

#include "support.h"
#include "value/message.h"
#include "value/nearest.h"
#include "value/utf8.h"

namespace kratix_status {

using namespace std::string_literals;

namespace {

bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (const int value : values) text += static_cast<char>(value);
  return text;
}

// Table 3-7 of the Unicode standard: well-formed byte sequences.
struct WellFormed {
  int first_low, first_high;
  std::size_t length;
  int second_low, second_high;
};
constexpr WellFormed well_formed[] = {
    {0x00, 0x7F, 1, 0, 0},       {0xC2, 0xDF, 2, 0x80, 0xBF}, {0xE0, 0xE0, 3, 0xA0, 0xBF},
    {0xE1, 0xEC, 3, 0x80, 0xBF}, {0xED, 0xED, 3, 0x80, 0x9F}, {0xEE, 0xEF, 3, 0x80, 0xBF},
    {0xF0, 0xF0, 4, 0x90, 0xBF}, {0xF1, 0xF3, 4, 0x80, 0xBF}, {0xF4, 0xF4, 4, 0x80, 0x8F},
};

// The length of the well-formed sequence at the start of `text`, or 0.
std::size_t well_formed_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<int>(static_cast<unsigned char>(text[i])); };
  for (const WellFormed& row : well_formed) {
    if (byte(0) < row.first_low || byte(0) > row.first_high) continue;
    if (text.size() < row.length) return 0;
    if (row.length > 1 && (byte(1) < row.second_low || byte(1) > row.second_high)) return 0;
    for (std::size_t i = 2; i < row.length; ++i) {
      if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
    }
    return row.length;
  }
  return 0;
}

// Without a CHECK each, for there are millions.
bool decodes_as_told(std::string_view text) {
  std::size_t at = 0;
  char32_t c = 0;
  const bool ok = decode_utf8(text, at, c);
  const std::size_t length = well_formed_length(text);
  return ok == (length > 0) && at == length;
}

}  // namespace

TEST_CASE("every code point is encoded and decoded, and surrogates are not", "[text]") {
  std::vector<char32_t> wrong;
  for (char32_t c = 0; c <= 0x110000; ++c) {
    std::string text;
    append_utf8(text, c);
    std::size_t at = 0;
    char32_t decoded = 0;
    const bool ok = decode_utf8(text, at, decoded);
    const bool expected = !is_surrogate(c) && c <= 0x10FFFF;
    if (ok != expected || (ok && (decoded != c || at != text.size())) || (!ok && at != 0)) wrong.push_back(c);
  }
  CHECK(wrong.empty());
}

TEST_CASE("exactly the byte sequences that Unicode calls well-formed are decoded", "[text]") {
  constexpr int borders[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xFF};
  std::vector<std::string> wrong;
  const auto check = [&](const std::string& text) {
    if (!decodes_as_told(text)) wrong.push_back(text);
  };
  for (int a = 0; a < 256; ++a) {
    check(bytes({a}));
    for (int b = 0; b < 256; ++b) {
      check(bytes({a, b}));
      for (const int c : borders) {
        check(bytes({a, b, c}));
        if (a < 0xF0) continue;  // no four bytes belong together
        for (const int d : borders) check(bytes({a, b, c, d}));
      }
    }
  }
  CHECK(wrong.empty());
}

TEST_CASE("the first byte that is not valid UTF-8 is found", "[text]") {
  struct Row {
    std::string text;
    std::size_t at;
  };
  constexpr std::size_t none = std::string_view::npos;
  const Row rows[] = {
      {"", none},
      {"plain", none},
      {"café €uro \xF0\x9F\x98\x80", none},
      {"a\0b"s, none},
      {"\xFF", 0},
      {"ab\x80", 2},
      {"é\xC3", 2},
      {"€\xE2\x82", 3},
      {"a\xC0\xAF", 1},          // overlong '/'
      {"a\xED\xA0\x80", 1},      // a surrogate
      {"a\xF4\x90\x80\x80", 1},  // past U+10FFFF
      {"a\xF0\x9F\x98", 1},
      {"caf\xE9", 3},  // Latin-1
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(find_invalid_utf8(row.text) == row.at);
  }
}

TEST_CASE("printable text shows what would drive a terminal, and leaves the rest alone", "[text]") {
  struct Row {
    std::string text;
    std::string shown;
  };
  const Row rows[] = {
      {"", ""},
      {"plain: 'x' \"y\" \\ z", "plain: 'x' \"y\" \\ z"},
      {"café 日本 \xF0\x9F\x98\x80", "café 日本 \xF0\x9F\x98\x80"},
      {"a\nb\rc\td", "a\\nb\\rc\\td"},
      {"\0"s, "\\x00"},
      {"\x1b[31mred", "\\x1b[31mred"},
      {"\x7f", "\\x7f"},
      {"\xC2\x80\xC2\x9B", "\\x80\\x9b"},
      {"\xC2\xA0", "\xC2\xA0"},
      {"\xFF\xC3", "\\xff\\xc3"},
      {"\xE2\x80\xAE", "\\u202e"},
      {"\xE2\x81\xA6\xE2\x81\xA9", "\\u2066\\u2069"},
      {"\xE2\x80\x8B\xE2\x80\x8F", "\\u200b\\u200f"},
      {"\xE2\x80\xA8\xE2\x80\xA9", "\\u2028\\u2029"},
      {"\xEF\xBB\xBF", "\\ufeff"},
      {"\xEF\xBF\xBE\xEF\xBF\xBF", "\\ufffe\\uffff"},
      {"\xEF\xBF\xBD", "\xEF\xBF\xBD"},
      {"\xF3\xA0\x84\x80", "\\ue0100"},
      {"\xE1\xA0\x8E\xEF\xB8\x8F", "\\u180e\\ufe0f"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.shown);
    CHECK(printable(row.text) == row.shown);
    CHECK(printable(row.shown) == row.shown);
  }
}

TEST_CASE("no single byte and no code point prints as a control character or as invalid text", "[text]") {
  std::vector<std::string> wrong;
  const auto check = [&](const std::string& text) {
    const std::string shown = printable(text);
    bool fine = find_invalid_utf8(shown) == std::string::npos && !shown.empty();
    for (const char c : shown) fine = fine && (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F);
    if (!fine) wrong.push_back(text);
  };
  for (int byte = 0; byte < 256; ++byte) check(bytes({byte}));
  for (char32_t c = 0; c <= 0xFFFF; ++c) {
    std::string text;
    append_utf8(text, c);
    check(text);
  }
  CHECK(wrong.empty());
}

TEST_CASE("what a terminal obeys, what shows nothing and what reorders text is invisible", "[text]") {
  struct Range {
    char32_t first, last;
  };
  // General categories Cc, Zl, Zp and Cf without Prepended_Concatenation_Mark; Default_Ignorable_Code_Point; U+FFFE,
  // U+FFFF.
  constexpr Range ranges[] = {
      {0x0, 0x1F},        {0x7F, 0x9F},     {0xAD, 0xAD},       {0x34F, 0x34F},     {0x61C, 0x61C},
      {0x115F, 0x1160},   {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
      {0x2060, 0x206F},   {0x3164, 0x3164}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
      {0xFFF0, 0xFFFB},   {0xFFFE, 0xFFFF}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
      {0xE0000, 0xE0FFF},
  };
  std::vector<char32_t> wrong;
  char32_t next = 0;  // the first character behind the range before
  const auto check = [&](char32_t c, bool invisible) {
    std::string text;
    append_utf8(text, c);
    if (is_invisible(c) != invisible || (printable(text) == text) == invisible) wrong.push_back(c);
  };
  const auto check_all = [&](char32_t end, bool invisible) {
    for (; next < end; ++next) {
      if (!is_surrogate(next)) check(next, invisible);
    }
  };
  for (const Range& range : ranges) {
    check_all(range.first, false);
    check_all(range.last + 1, true);
  }
  check_all(0x110000, false);
  CHECK(wrong.empty());
}

TEST_CASE("the nearest name is the one a typing error away, and none if all are far", "[text]") {
  constexpr std::string_view commands[] = {"set", "append", "unset", "merge", "get", "exists", "keys", "version"};
  struct Row {
    std::string_view word;
    std::string_view nearest;
  };
  const Row rows[] = {
      {"set", "set"},     {"ste", "set"},         {"sett", "set"},     {"apend", "append"}, {"appned", "append"},
      {"marge", "merge"}, {"verison", "version"}, {"exist", "exists"}, {"kesy", "keys"},    {"unste", "unset"},
      {"delete", ""},     {"ver", "version"},     {"ap", "append"},    {"ex", "exists"},    {"e", ""},
      {"x", ""},          {"status", ""},         {"SET", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.word);
    CHECK(nearest(row.word, commands) == row.nearest);
  }
  CHECK(nearest("set", {}).empty());
  CHECK(nearest(std::string(65, 's'), commands).empty());
  // A swap of neighbours counts as much as any other edit, and each of them counts.
  constexpr std::string_view beside_a_swap[] = {"abdx", "abcd"};
  CHECK(nearest("abdc", beside_a_swap) == "abdx");
  constexpr std::string_view swaps[] = {"abcdef"};
  CHECK(nearest("badcef", swaps) == "abcdef");
  CHECK(nearest("badcfe", swaps).empty());
  // Of two that are equally near, the first.
  constexpr std::string_view twins[] = {"cat", "car"};
  CHECK(nearest("caz", twins) == "cat");
}

TEST_CASE("an excerpt is the line at fault with a caret under the column", "[text]") {
  struct Row {
    std::string text;
    std::size_t line, column;
    std::string shown;
  };
  const Row rows[] = {
      {"a: 1", 1, 1, "  a: 1\n  ^"},
      {"a: 1", 1, 4, "  a: 1\n     ^"},
      {"a: 1", 1, 5, "  a: 1\n      ^"},
      {"a: 1", 1, 9, "  a: 1\n      ^"},
      {"a\nbc\nd", 2, 2, "  bc\n   ^"},
      {"a\nbc\nd", 3, 1, "  d\n  ^"},
      {"a\n", 2, 1, "  \n  ^"},
      {"a\n", 3, 1, ""},
      {"", 1, 1, "  \n  ^"},
      {"a\r\nbc\r\n", 2, 2, "  bc\n   ^"},
      {"é: ü", 1, 4, "  é: ü\n     ^"},
      {"\xF0\x9F\x98\x80\xF0\x9F\x98\x80x", 1, 3, "  \xF0\x9F\x98\x80\xF0\x9F\x98\x80x\n    ^"},
      {"\tb: 1", 1, 2, "  \\tb: 1\n    ^"},
      {"a\x1b"
       "b",
       1, 3, "  a\\x1bb\n       ^"},
      {"a\xFFz", 1, 3, "  a\\xffz\n       ^"},
      {"a\\b", 1, 3, "  a\\b\n    ^"},
      {"\xE2\x80\xAEx", 1, 2, "  \\u202ex\n        ^"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text, row.line, row.column);
    CHECK(excerpt(row.text, row.line, row.column) == row.shown);
  }
}

TEST_CASE("a CI runner finds no command in an excerpt or a message", "[text]") {
  struct Row {
    std::string text;
    std::string shown;
  };
  const Row rows[] = {
      {"", ""},
      {"a::b ::c #[ ##", "a::b ::c #[ ##"},
      {"::error::x", "\\u003a:error::x"},
      {" \t\u00a0\u3000::error::x", " \t\u00a0\u3000\\u003a:error::x"},
      {"a\n  ::error::x\n::\n", "a\n  \\u003a:error::x\n\\u003a:\n"},
      {"\xFF::x", "\xFF::x"},
      {"a ##[error]x", "a \\u0023#[error]x"},
      {"###[x", "#\\u0023#[x"},
      {"a ##vso[task.x]##VSO[y]", "a \\u0023#vso[task.x]\\u0023#VSO[y]"},
      {"##vso x ##vs", "##vso x ##vs"},
      {":\n:", ":\n:"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(without_log_commands(row.text) == row.shown);
    CHECK(without_log_commands(row.shown) == row.shown);
  }
  CHECK(excerpt("::error::x: [", 1, 12) == "  \\u003a:error::x: [\n                  ^");
  CHECK(excerpt("  ::error::x: [", 1, 3) == "    \\u003a:error::x: [\n    ^");
  CHECK(excerpt("a ::b", 1, 3) == "  a ::b\n    ^");
  CHECK(excerpt("a: *x ##vso[y]", 1, 4) == "  a: *x \\u0023#vso[y]\n     ^");
  CHECK(excerpt("##[x]: *y", 1, 8) == "  \\u0023#[x]: *y\n              ^");
  // Every blank that .NET's TrimStart() removes.
  for (const char32_t blank :
       {0x9, 0xB, 0xC, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000}) {
    std::string line;
    append_utf8(line, blank);
    CAPTURE(line);
    CHECK(without_log_commands(line + "::x") == line + "\\u003a:x");
  }
  CHECK(without_log_commands("\u200b::x") == "\u200b::x");
}

TEST_CASE("an excerpt of a long line is a window around the column", "[text]") {
  std::string line;
  for (int i = 0; i < 1000; ++i) line += static_cast<char>('0' + i % 10);
  CHECK(excerpt(line, 1, 1) == "  " + line.substr(0, 76) + "...\n  ^");
  CHECK(excerpt(line, 1, 50) == "  " + line.substr(0, 76) + "...\n  " + std::string(49, ' ') + "^");
  CHECK(excerpt(line, 1, 51) == "  " + line.substr(0, 76) + "...\n  " + std::string(50, ' ') + "^");
  CHECK(excerpt(line, 1, 52) == "  ..." + line.substr(1, 76) + "...\n  " + std::string(53, ' ') + "^");
  CHECK(excerpt(line, 1, 500) == "  ..." + line.substr(449, 76) + "...\n  " + std::string(53, ' ') + "^");
  CHECK(excerpt(line, 1, 1000) == "  ..." + line.substr(949) + "\n  " + std::string(53, ' ') + "^");
}

TEST_CASE("the caret of every column of a line stands under its character", "[text]") {
  // Distinct characters of one to four bytes, so that a caret off by one points at another.
  std::string line;
  std::vector<std::string> characters;
  for (char32_t c = 0; c < 200; ++c) {
    std::string character;
    append_utf8(character, c % 4 == 0 ? 0x4E00 + c : c % 4 == 1 ? 0x1F300 + c : c % 4 == 2 ? 0xC0 + c : '!' + c / 4);
    characters.push_back(character);
    line += character;
  }
  for (std::size_t column = 1; column <= characters.size(); ++column) {
    CAPTURE(column);
    const std::string shown = excerpt("first\n" + line + "\nlast", 2, column);
    const std::size_t newline = shown.find('\n');
    REQUIRE(newline != std::string::npos);
    const std::size_t caret = shown.size() - newline - 2;
    std::size_t at = 0;
    char32_t c = 0;
    for (std::size_t i = 0; i < caret; ++i) REQUIRE(decode_utf8(shown, at, c));
    CHECK(shown.substr(at, characters[column - 1].size()) == characters[column - 1]);
  }
}

}  // namespace kratix_status
