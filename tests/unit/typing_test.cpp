// Kratix's typing of plain scalars, which strings need no quotes, and how numbers are spelt.

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <set>
#include <vector>

#include "support.h"
#include "value/number.h"
#include "yaml/typing.h"

namespace kratix_status {

using namespace std::string_literals;

namespace {

std::string shown(const Scalar& scalar) {
  switch (scalar.type) {
    case Scalar::Type::null: return "null";
    case Scalar::Type::boolean: return scalar.boolean ? "true" : "false";
    case Scalar::Type::integer: return "int " + std::to_string(scalar.integer);
    case Scalar::Type::unsigned_integer: return "unsigned " + std::to_string(scalar.unsigned_integer);
    case Scalar::Type::floating:
      if (std::isnan(scalar.floating)) return "float nan";
      if (std::isinf(scalar.floating)) return scalar.floating > 0 ? "float inf" : "float -inf";
      char text[40];
      std::snprintf(text, sizeof text, "float %.17g", scalar.floating);
      return std::strtod(text + 6, nullptr) == scalar.floating ? std::string(text) : "float ?";
    case Scalar::Type::string: return "string";
  }
  return "?";
}

std::vector<std::string> casings(std::string_view word) {
  std::vector<std::string> all;
  for (unsigned mask = 0; mask < 1U << word.size(); ++mask) {
    std::string text(word);
    bool possible = true;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if ((mask >> i & 1U) == 0) continue;
      if (text[i] < 'a' || text[i] > 'z')
        possible = false;
      else
        text[i] = static_cast<char>(text[i] - 32);
    }
    if (possible) all.push_back(text);
  }
  return all;
}

}  // namespace

TEST_CASE("the words of YAML 1.1 count in three casings and in no other", "[scalar]") {
  struct Row {
    const char* type;
    std::vector<std::string> words;
  };
  const Row rows[] = {
      {"true", {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"}},
      {"false", {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}},
      {"null", {"", "~", "null", "Null", "NULL"}},
      {"float nan", {".nan", ".NaN", ".NAN"}},
      {"float inf", {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"}},
      {"float -inf", {"-.inf", "-.Inf", "-.INF"}},
  };
  std::set<std::string> known;
  for (const Row& row : rows) {
    for (const std::string& word : row.words) {
      CAPTURE(word);
      CHECK(shown(type_plain_scalar(word)) == row.type);
      known.insert(word);
    }
  }
  for (const char* word :
       {"y", "n", "yes", "no", "true", "false", "on", "off", "null", ".nan", ".inf", "+.inf", "-.inf"}) {
    for (const std::string& text : casings(word)) {
      CAPTURE(text);
      if (known.count(text) == 0) CHECK(shown(type_plain_scalar(text)) == "string");
    }
  }
}

TEST_CASE("plain text that is nearly a word is a string", "[scalar]") {
  for (const char* text :
       {"t",        "f",         "T",    "F",     "yep",   "nope",  "enabled", "yes,", "true.", "yes no",
        "null ",    " null",     "nil",  "none",  "None",  "~~",    "inf",     "Inf",  "nan",   "NaN",
        "Infinity", ".infinity", ".Nan", "+.nan", "-.nan", "..inf", ".in",     "=",    "<<"}) {
    CAPTURE(text);
    CHECK(shown(type_plain_scalar(text)) == "string");
  }
}

TEST_CASE("plain numbers are typed as Kratix types them", "[scalar]") {
  struct Row {
    const char* text;
    const char* type;
  };
  const Row rows[] = {
      // decimal
      {"0", "int 0"},
      {"-0", "int 0"},
      {"+0", "int 0"},
      {"1", "int 1"},
      {"+1", "int 1"},
      {"-1", "int -1"},
      {"42", "int 42"},
      {"123456789012", "int 123456789012"},
      {"9007199254740993", "int 9007199254740993"},
      {"9223372036854775807", "int 9223372036854775807"},
      {"-9223372036854775808", "int -9223372036854775808"},
      {"9223372036854775808", "unsigned 9223372036854775808"},
      {"18446744073709551615", "unsigned 18446744073709551615"},
      {"+9223372036854775808", "float 9.2233720368547758e+18"},
      {"-9223372036854775809", "float -9.2233720368547758e+18"},
      {"18446744073709551616", "float 1.8446744073709552e+19"},
      {"1000000000000000000000", "float 1e+21"},
      // a leading zero
      {"00", "int 0"},
      {"01", "int 1"},
      {"-01", "int -1"},
      {"007", "int 7"},
      {"010", "int 8"},
      {"014", "int 12"},
      {"0644", "int 420"},
      {"-0644", "int -420"},
      {"001234567012", "int 175304202"},
      {"08", "float 8"},
      {"-08", "float -8"},
      {"09", "float 9"},
      {"0189", "float 189"},
      {"0800", "float 800"},
      {"098765432109", "float 98765432109"},
      {"0777777777777777777777", "int 9223372036854775807"},
      {"01777777777777777777777", "unsigned 18446744073709551615"},
      {"02000000000000000000000", "float 2e+21"},
      {"0000000000000000000000000000000000000000", "int 0"},
      // 0o, 0x, 0b
      {"0o14", "int 12"},
      {"0O14", "int 12"},
      {"-0o14", "int -12"},
      {"0o8", "string"},
      {"0o", "string"},
      {"0x10", "int 16"},
      {"0X1F", "int 31"},
      {"0xdeadBEEF", "int 3735928559"},
      {"-0xff", "int -255"},
      {"+0xff", "int 255"},
      {"0xffffffffffffffff", "unsigned 18446744073709551615"},
      {"0x10000000000000000", "string"},
      {"-0x8000000000000000", "int -9223372036854775808"},
      {"-0x8000000000000001", "string"},
      {"0x", "string"},
      {"0xg", "string"},
      {"0x1p4", "string"},
      {"0x1.8p1", "string"},
      {"0x.8", "string"},
      {"0x-1", "string"},
      {"0b11", "int 3"},
      {"0B11", "int 3"},
      {"-0b11", "int -3"},
      {"0b-11", "int -3"},
      {"0b+11", "int 3"},
      {"0B-11", "string"},
      {"-0b-11", "string"},
      {"0b", "string"},
      {"0b2", "string"},
      {"0b1101012", "string"},
      // underscores
      {"1_000", "int 1000"},
      {"1__000", "int 1000"},
      {"1_", "int 1"},
      {"0_7", "int 7"},
      {"0x_FF", "int 255"},
      {"1_2_3", "int 123"},
      {"-1_0", "int -10"},
      {"_1", "string"},
      {"-_1", "int -1"},
      {"1e1_0", "float 10000000000"},
      {"1.5_0", "float 1.5"},
      {".5_0", "float 0.5"},
      {".1_000", "float 0.10000000000000001"},
      {"._5", "string"},
      {".5_", "string"},
      {".5__0", "string"},
      {".0_0", "float 0"},
      {".5_9", "float 0.58999999999999997"},
      {".9_5", "float 0.94999999999999996"},
      {".1_2_5", "float 0.125"},
      {".1_25", "float 0.125"},
      {".5_0_", "string"},
      {".5_e1", "string"},
      {".5e_1", "string"},
      {".5e0_1", "float 5"},
      {"1_000.5", "float 1000.5"},
      // floats
      {"0.0", "float 0"},
      {"-0.0", "float -0"},
      {"1.0", "float 1"},
      {"1.10", "float 1.1000000000000001"},
      {"5.", "float 5"},
      {"+5.", "float 5"},
      {".5", "float 0.5"},
      {"-.5", "float -0.5"},
      {"+.5", "float 0.5"},
      {"1e3", "float 1000"},
      {"1E3", "float 1000"},
      {"1e+3", "float 1000"},
      {"1e-3", "float 0.001"},
      {"12e3", "float 12000"},
      {"12.e3", "float 12000"},
      {".5e3", "float 500"},
      {"0e0", "float 0"},
      {"5e-324", "float 4.9406564584124654e-324"},
      {"2e-324", "float 0"},
      {"1.7976931348623157e308", "float 1.7976931348623157e+308"},
      {"1e-400", "float 0"},
      // too large to be numbers
      {"1e400", "string"},
      {"-1e400", "string"},
      {"12e4567", "string"},
      {"1e308123", "string"},
      {".5e999", "string"},
      // abbreviated commit ids
      {"1234e56", "float 1.2340000000000001e+59"},
      {"0e12345", "float 0"},
      {"1e10", "float 10000000000"},
      {"7e3", "float 7000"},
      {"59e86753", "string"},
      {"1234567", "int 1234567"},
      {"12e45f6", "string"},
      {"0123456", "int 42798"},
      {"0123456701234567012345670123456701234567", "float 1.2345670123456701e+38"},
      // nearly numbers
      {".", "string"},
      {"..", "string"},
      {"-.", "string"},
      {"+.", "string"},
      {"+", "string"},
      {"-", "string"},
      {"--", "string"},
      {"--1", "string"},
      {"+-1", "string"},
      {"-~", "string"},
      {".e3", "string"},
      {"1e", "string"},
      {"1e+", "string"},
      {"e1", "string"},
      {"1.2.3", "string"},
      {"1-1", "string"},
      {"1+1", "string"},
      {"1/2", "string"},
      {"50%", "string"},
      {"1st", "string"},
      {"12a", "string"},
      {"1 000", "string"},
      {"1 ", "string"},
      {" 1", "string"},
      {"1,000", "string"},
      {"v1.2", "string"},
      {"1.20.0", "string"},
      {"1.x", "string"},
      {"$1", "string"},
      {"\xD9\xA1\xD9\xA2", "string"},  // Arabic digits
      {"\xE2\x88\x92"
       "1",
       "string"},  // a minus sign
      {"1\xC2\xA0", "string"},
      // times
      {"1:30", "string"},
      {"12:30:45", "string"},
      {"190:20:30.15", "string"},
      {"2023-01-01", "string"},
      {"2001-12-14T21:59:43Z", "string"},
      {"2001-12-14 21:59:43.10 -5", "string"},
      {"2024-061", "string"},
      {"2024", "int 2024"},
      {"30s", "string"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(shown(type_plain_scalar(row.text)) == row.type);
  }
}

TEST_CASE("a scalar says when a double does not keep its digits", "[scalar]") {
  struct Row {
    const char* text;
    bool rounded;
  };
  const Row rows[] = {
      {"1", false},
      {"9007199254740992", false},
      {"-9007199254740992", false},
      {"9007199254740993", true},
      {"-9007199254740993", true},
      {"9223372036854775807", true},
      {"18446744073709551615", true},
      {"0x20000000000001", true},
      {"0xff", false},
      {"1.10", false},
      {"0.1", false},
      {"1234e56", false},
      {"0.1234567890123456789", true},
      {"3.141592653589793238462643383279", true},
      {"1e-400", true},
      {"123456789012345678901", true},
      {"100000000000000000000", false},
      {"0.10_", false},
      {"yes", false},
      {"text", false},
      {"1e400", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(type_plain_scalar(row.text).rounded == row.rounded);
  }
}

TEST_CASE("only letters, digits and a few marks behind a letter need no quotes", "[scalar]") {
  for (const char* text : {"a",        "A",      "elastic", "Resource requested",
                           "a-b",      "a_b",    "a.b",     "a/b",
                           "a  b",     "v1.2.3", "yes no",  "yesterday",
                           "nullable", "e1",     "inf",     "nan",
                           "a -",      "x.",     "t",       "f",
                           "A1",       "trues"}) {
    CAPTURE(text);
    CHECK(is_safe_plain(text));
  }
  for (const char* text : {"",     " ",           "a ",           " a",  "1",    "1a",   "-a",
                           "_a",   ".a",          "/a",           "~",   "<<",   "=",    "a:",
                           "a:b",  "a#b",         "a,b",          "a\n", "a\nb", "a\tb", "a'b",
                           "a\"",  "a\\",         "a{",           "a]",  "a&",   "a*",   "a!",
                           "a|",   "a>",          "a%",           "a@",  "a`",   "a?",   "a+b",
                           "a=b",  "caf\xC3\xA9", "\xC3",         "---", "...",  "0x1f", "1e3",
                           ".inf", "12:30",       "a\xE2\x80\xA8"}) {
    CAPTURE(text);
    CHECK_FALSE(is_safe_plain(text));
  }
  CHECK_FALSE(is_safe_plain("a\0"s));
}

TEST_CASE("no casing of a keyword goes without quotes", "[scalar]") {
  for (const char* word : {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}) {
    for (const std::string& text : casings(word)) {
      CAPTURE(text);
      CHECK_FALSE(is_safe_plain(text));
    }
  }
}

TEST_CASE("all strings of up to three ASCII characters that go without quotes are strings to Kratix", "[scalar]") {
  std::vector<std::string> wrong;
  std::size_t safe = 0;
  const auto check = [&](const std::string& text) {
    if (!is_safe_plain(text)) return;
    ++safe;
    if (type_plain_scalar(text).type != Scalar::Type::string) wrong.push_back(text);
  };
  for (int a = 0; a < 128; ++a) {
    check({static_cast<char>(a)});
    for (int b = 0; b < 128; ++b) {
      check({static_cast<char>(a), static_cast<char>(b)});
      for (int c = 0; c < 128; ++c) check({static_cast<char>(a), static_cast<char>(b), static_cast<char>(c)});
    }
  }
  CHECK(wrong.empty());
  // 52 letters, then 52 + 10 + " _./-" of which the last is no blank; without the words and their casings.
  const std::size_t one = 52 - 4;
  const std::size_t two = 52 * 66 - (4 + 4);
  const std::size_t three = 52 * 67 * 66 - (8 + 8);
  CHECK(safe == one + two + three);
}

TEST_CASE("numbers are spelt so that YAML 1.1, YAML 1.2 and Go agree", "[scalar]") {
  struct Row {
    double number;
    const char* yaml;
    const char* json;
  };
  const Row rows[] = {
      {0, "0", "0"},
      {-0.0, "-0.0", "-0"},
      {1, "1", "1"},
      {-17, "-17", "-17"},
      {0.5, "0.5", "0.5"},
      {0.1, "0.1", "0.1"},
      {-1.5, "-1.5", "-1.5"},
      {9007199254740991.0, "9007199254740991", "9007199254740991"},
      {9007199254740992.0, "9007199254740992", "9007199254740992"},
      {-9007199254740992.0, "-9007199254740992", "-9007199254740992"},
      {9007199254740994.0, "9.007199254740994e+15", "9007199254740994"},
      {1e16, "1.0e+16", "10000000000000000"},
      {1e20, "1.0e+20", "100000000000000000000"},
      {1e21, "1.0e+21", "1e+21"},
      {-1e21, "-1.0e+21", "-1e+21"},
      {1e22, "1.0e+22", "1e+22"},
      {1.5e300, "1.5e+300", "1.5e+300"},
      {0.001, "0.001", "0.001"},
      {1e-5, "1.0e-05", "0.00001"},
      {1e-6, "1.0e-06", "0.000001"},
      {1.5e-6, "1.5e-06", "0.0000015"},
      {9.9e-7, "9.9e-07", "9.9e-7"},
      {1e-7, "1.0e-07", "1e-7"},
      {-1e-7, "-1.0e-07", "-1e-7"},
      {1e-10, "1.0e-10", "1e-10"},
      {5e-324, "5.0e-324", "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308", "1.7976931348623157e+308"},
      {-1.7976931348623157e308, "-1.7976931348623157e+308", "-1.7976931348623157e+308"},
      {12345678.9, "1.23456789e+07", "12345678.9"},
      {0.30000000000000004, "0.30000000000000004", "0.30000000000000004"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.number);
    CHECK(yaml_number(Value::number(row.number)) == row.yaml);
    CHECK(json_number(Value::number(row.number)) == row.json);
  }
}

// Go's strconv fills up with zeros behind the shortest digits: kubectl shows 1152921504606847000 for 2^60.
TEST_CASE("large floats have their shortest digits and then zeros in JSON, as Go writes them", "[scalar]") {
  struct Row {
    double number;
    const char* json;
  };
  const Row rows[] = {
      {1152921504606846976.0, "1152921504606847000"},   {9223372036854775808.0, "9223372036854776000"},
      {-9223372036854775808.0, "-9223372036854776000"}, {18446744073709551615.0, "18446744073709552000"},
      {123456789012345678.0, "123456789012345680"},     {1.2345678901234567e20, "123456789012345670000"},
  };
  for (const Row& row : rows) CHECK(json_number(Value::number(row.number)) == row.json);
}

TEST_CASE("a number's spelling in YAML reads back as the number, and loses no digits", "[scalar]") {
  std::mt19937_64 random(11);
  std::vector<std::string> wrong;
  for (int i = 0; i < 20000; ++i) {
    std::uint64_t bits = random();
    // Half of them near what people write.
    if (i % 2 == 0) bits = (bits & ~(0x7FFULL << 52)) | ((1023 - 30 + bits % 100) << 52);
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    if (!std::isfinite(number)) continue;
    const std::string text = yaml_number(Value::number(number));
    const Scalar scalar = type_plain_scalar(text);
    const double seen = scalar.type == Scalar::Type::integer ? static_cast<double>(scalar.integer) : scalar.floating;
    const bool is_number = scalar.type == Scalar::Type::integer || scalar.type == Scalar::Type::floating;
    if (!is_number || seen != number || scalar.rounded) wrong.push_back(text);
    if (std::strtod(json_number(Value::number(number)).c_str(), nullptr) != number) wrong.push_back(text);
  }
  CHECK(wrong.empty());
}

}  // namespace kratix_status
