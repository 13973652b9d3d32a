// Types plain scalars as go-yaml v2 does, from a table of words and from the grammar of its numbers.
#include "yaml/typing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>

#include "value/ascii.h"
#include "value/number.h"

namespace kratix_status {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

constexpr Scalar::Type null = Scalar::Type::null;
constexpr Scalar::Type boolean = Scalar::Type::boolean;
constexpr Scalar::Type floating = Scalar::Type::floating;

// go-yaml v2.4, resolve.go, resolveMapList; PyYAML's resolver.py; YAML 1.2.2, section 10.3.2.
constexpr Word words[] = {
    {"", Readers::all, null},
    {"~", Readers::all, null},
    {"null", Readers::all, null},
    {"Null", Readers::all, null},
    {"NULL", Readers::all, null},
    {"y", Readers::kratix, boolean, true},
    {"Y", Readers::kratix, boolean, true},
    {"yes", Readers::yaml_1_1, boolean, true},
    {"Yes", Readers::yaml_1_1, boolean, true},
    {"YES", Readers::yaml_1_1, boolean, true},
    {"true", Readers::all, boolean, true},
    {"True", Readers::all, boolean, true},
    {"TRUE", Readers::all, boolean, true},
    {"on", Readers::yaml_1_1, boolean, true},
    {"On", Readers::yaml_1_1, boolean, true},
    {"ON", Readers::yaml_1_1, boolean, true},
    {"n", Readers::kratix, boolean, false},
    {"N", Readers::kratix, boolean, false},
    {"no", Readers::yaml_1_1, boolean, false},
    {"No", Readers::yaml_1_1, boolean, false},
    {"NO", Readers::yaml_1_1, boolean, false},
    {"false", Readers::all, boolean, false},
    {"False", Readers::all, boolean, false},
    {"FALSE", Readers::all, boolean, false},
    {"off", Readers::yaml_1_1, boolean, false},
    {"Off", Readers::yaml_1_1, boolean, false},
    {"OFF", Readers::yaml_1_1, boolean, false},
    {".nan", Readers::all, floating, false, not_a_number},
    {".NaN", Readers::all, floating, false, not_a_number},
    {".NAN", Readers::all, floating, false, not_a_number},
    {".inf", Readers::all, floating, false, infinity},
    {".Inf", Readers::all, floating, false, infinity},
    {".INF", Readers::all, floating, false, infinity},
    {"+.inf", Readers::all, floating, false, infinity},
    {"+.Inf", Readers::all, floating, false, infinity},
    {"+.INF", Readers::all, floating, false, infinity},
    {"-.inf", Readers::all, floating, false, -infinity},
    {"-.Inf", Readers::all, floating, false, -infinity},
    {"-.INF", Readers::all, floating, false, -infinity},
};

static_assert(std::string_view(words[0].text).empty());
constexpr std::size_t longest_word = 5;
constexpr std::string_view first_of_words = "~nNyYtToOfF.+-";  // most scalars begin otherwise

Scalar integer_scalar(std::int64_t value) {
  Scalar scalar{.type = Scalar::Type::integer, .integer = value};
  const bool exact = value <= max_exact_integer && value >= -max_exact_integer;
  scalar.rounded = !exact && loses_digits(std::to_string(value), static_cast<double>(value));
  return scalar;
}

// Reads the digits of an integer as Go's strconv does with base 0: 0x, 0b, 0o, a leading 0 for octal, else decimal.
// False for anything else, and for more than 64 bits.
bool parse_magnitude(std::string_view digits, std::uint64_t& magnitude) {
  int base = 10;
  if (digits.size() > 1 && digits[0] == '0') {
    const char mark = static_cast<char>(digits[1] | 0x20);
    base = mark == 'x' ? 16 : mark == 'b' ? 2 : 8;
    const bool has_mark = mark == 'x' || mark == 'b' || mark == 'o';
    digits.remove_prefix(has_mark ? 2 : 1);
  }
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, base);
  return !digits.empty() && error == std::errc() && end == digits.data() + digits.size();
}

std::optional<Scalar> signed_integer(bool negative, std::uint64_t magnitude) {
  constexpr std::uint64_t limit = std::uint64_t{1} << 63;
  if (magnitude < limit) {
    const auto value = static_cast<std::int64_t>(magnitude);
    return integer_scalar(negative ? -value : value);
  }
  if (negative && magnitude == limit) return integer_scalar(std::numeric_limits<std::int64_t>::min());
  return std::nullopt;
}

std::optional<Scalar> parse_integer(std::string_view text) {
  const bool has_sign = !text.empty() && (text[0] == '+' || text[0] == '-');
  const bool negative = has_sign && text[0] == '-';
  std::uint64_t magnitude = 0;
  if (!parse_magnitude(text.substr(has_sign ? 1 : 0), magnitude)) return std::nullopt;
  if (auto scalar = signed_integer(negative, magnitude)) return scalar;
  if (has_sign) return std::nullopt;
  Scalar scalar{.type = Scalar::Type::unsigned_integer, .unsigned_integer = magnitude};
  scalar.rounded = loses_digits(std::to_string(magnitude), static_cast<double>(magnitude));
  return scalar;
}

// After strconv, go-yaml also accepts a sign after "0b": 0b-11 is -3.
std::optional<Scalar> parse_signed_binary(std::string_view text) {
  if (!text.starts_with("0b") || text.size() < 4 || (text[2] != '-' && text[2] != '+')) return std::nullopt;
  std::uint64_t magnitude = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data() + 3, last, magnitude, 2);
  if (error != std::errc() || end != last) return std::nullopt;
  return signed_integer(text[2] == '-', magnitude);
}

std::optional<Scalar> parse_float(const std::string& text) {
  const double value = std::strtod(text.c_str(), nullptr);
  if (std::isinf(value)) return std::nullopt;  // strconv.ErrRange
  return Scalar{.type = Scalar::Type::floating, .floating = value, .rounded = loses_digits(text, value)};
}

// ^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$
bool is_yaml_float(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&] {
    const std::size_t start = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - start;
  };
  const auto sign = [&] {
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
  };
  sign();
  const std::size_t whole = digits();
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0 && whole == 0) return false;
  } else if (whole == 0) {
    return false;
  }
  if (at < text.size() && (text[at] | 0x20) == 'e') {
    ++at;
    sign();
    if (digits() == 0) return false;
  }
  return at == text.size();
}

// go-yaml passes a float that starts with a point to strconv.ParseFloat unchanged, which accepts '_' only between
// digits.
bool has_only_inner_underscores(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') continue;
    if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) return false;
  }
  return true;
}

std::string without_underscores(std::string_view text) {
  std::string plain(text);
  std::erase(plain, '_');
  return plain;
}

// Dates need no case of their own: Kratix publishes them as the text they were, and no number looks like one.
std::optional<Scalar> parse_number(std::string_view text) {
  const std::string plain = without_underscores(text);
  if (text.front() == '.') {
    if (!has_only_inner_underscores(text) || !is_yaml_float(plain)) return std::nullopt;
    return parse_float(plain);
  }
  if (auto scalar = parse_integer(plain)) return scalar;
  if (is_yaml_float(plain)) {
    if (auto scalar = parse_float(plain)) return scalar;
  }
  return parse_signed_binary(plain);
}

}  // namespace

const Word* find_word(std::string_view text) {
  if (text.empty()) return &words[0];
  if (text.size() > longest_word || first_of_words.find(text.front()) == std::string_view::npos) return nullptr;
  const auto* const word = std::find_if(std::begin(words) + 1, std::end(words), [&](const Word& each) {
    return each.text[0] == text.front() && each.text == text;
  });
  return word == std::end(words) ? nullptr : word;
}

Scalar type_plain_scalar(std::string_view text) {
  if (const Word* word = find_word(text))
    return {.type = word->type, .boolean = word->boolean, .floating = word->floating};
  const char first = text.empty() ? '~' : text.front();
  if (is_digit(first) || first == '.' || first == '+' || first == '-') {
    if (auto scalar = parse_number(text)) return *scalar;
  }
  return {};
}

bool value_of(const Scalar& scalar, Value& value) {
  switch (scalar.type) {
    case Scalar::Type::null: value = Value(); return true;
    case Scalar::Type::boolean: value = Value(scalar.boolean); return true;
    case Scalar::Type::integer: value = Value::number(static_cast<double>(scalar.integer)); return true;
    case Scalar::Type::unsigned_integer:
      value = Value::number(static_cast<double>(scalar.unsigned_integer));
      return true;
    case Scalar::Type::floating:
      if (!std::isfinite(scalar.floating)) return false;
      value = Value::number(scalar.floating);
      return true;
    case Scalar::Type::string: return false;
  }
  return false;
}

bool is_safe_plain(std::string_view text) {
  const auto is_inner = [&](char c) {
    return is_alphanumeric(c) || c == ' ' || c == '_' || c == '.' || c == '/' || c == '-';
  };
  if (text.empty() || !is_letter(text.front()) || text.back() == ' ') return false;
  if (!std::all_of(text.begin(), text.end(), is_inner)) return false;
  return text.size() > longest_word || find_word(lower(text)) == nullptr;
}

std::string_view core_tag_name(std::string_view tag) {
  constexpr std::string_view prefix = "tag:yaml.org,2002:";
  return tag.starts_with(prefix) ? tag.substr(prefix.size()) : std::string_view();
}

}  // namespace kratix_status
