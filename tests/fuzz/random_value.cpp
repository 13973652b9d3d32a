
#include <algorithm>
#include <bit>
#include <cmath>
#include <iterator>

#include "random_value.h"
#include "value/utf8.h"

namespace fuzz {

using namespace kratix_status;

namespace {

constexpr std::string_view words[] = {"a",
                                      "y",
                                      "No",
                                      "on",
                                      "true",
                                      "NULL",
                                      "~",
                                      "",
                                      "1",
                                      "-0",
                                      "0x1F",
                                      "0o17",
                                      "1_000",
                                      "1e3",
                                      ".5",
                                      "1:20",
                                      ".inf",
                                      ".NaN",
                                      "=",
                                      "<<",
                                      "2001-01-01",
                                      "---",
                                      "...",
                                      "- ",
                                      ": ",
                                      "? ",
                                      " #",
                                      "# ",
                                      "&a",
                                      "*a",
                                      "!!str ",
                                      "!",
                                      "|",
                                      ">",
                                      "|+",
                                      ">-",
                                      "{",
                                      "}",
                                      "[",
                                      "]",
                                      ",",
                                      "%YAML 1.1",
                                      "@",
                                      "`",
                                      "'",
                                      "\"",
                                      "\\",
                                      "\\/",
                                      "\\N",
                                      "\\u00",
                                      " ",
                                      "  ",
                                      "\t",
                                      "\n",
                                      "\n\n",
                                      "\n ",
                                      "\r",
                                      "\r\n",
                                      "\x7F",
                                      "\x1B[",
                                      "\xC2\x80",
                                      "\xC2\x85",
                                      "\xC2\xA0",
                                      "\xE2\x80\xA8",
                                      "\xE2\x80\xA9",
                                      "\xEF\xBB\xBF",
                                      "\xEF\xBF\xBD",
                                      "\xEF\xBF\xBE",
                                      "\xF0\x9F\x98\x80",
                                      "\xED\x9F\xBF",
                                      "status",
                                      "message"};

char32_t random_code_point(Bytes& bytes) {
  char32_t c = 0;
  switch (bytes.below(4)) {
    case 0: c = bytes.byte() & 0x7F; break;
    case 1: c = bytes.byte(); break;
    case 2: c = static_cast<char32_t>(bytes.below(0x10000)); break;
    default: c = static_cast<char32_t>(bytes.bits64() % 0x110000); break;
  }
  return c >= 0xD800 && c <= 0xDFFF ? c - 0x800 : c;
}

Value random_number(Bytes& bytes) {
  const std::uint64_t bits = bytes.bits64();
  switch (bytes.below(4)) {
    case 0: return Value::integer(static_cast<std::int8_t>(bits >> 56));
    case 1: return Value::integer(static_cast<std::int64_t>(bits) % (max_exact_integer + 1));
    case 2: return Value::number(static_cast<double>(static_cast<std::int64_t>(bits)));
    default: break;
  }
  const auto number = std::bit_cast<double>(bits);
  return Value::number(std::isfinite(number) ? number : 0.1);
}

Value random_value_at(Bytes& bytes, int depth) {
  switch (bytes.below(depth < 12 ? 9 : 6)) {
    case 0: return Value();
    case 1: return Value(bytes.below(2) == 1);
    case 2: return random_number(bytes);
    case 3:
    case 4:
    case 5: return Value(random_text(bytes));
    case 6: {
      List list;
      for (std::size_t left = bytes.below(6); left > 0; --left) list.push_back(random_value_at(bytes, depth + 1));
      return Value(std::move(list));
    }
    default: {
      Map map;
      for (std::size_t left = bytes.below(6); left > 0; --left) {
        std::string key = random_text(bytes);
        map.set(std::move(key), random_value_at(bytes, depth + 1));
      }
      return Value(std::move(map));
    }
  }
}

Value wrapped(Value value, Bytes& bytes) {
  const std::size_t levels = bytes.below(max_depth + 20);
  const bool lists = bytes.below(2) == 1;
  for (std::size_t i = 0; i < levels; ++i) {
    if (lists) {
      List list;
      list.push_back(std::move(value));
      value = Value(std::move(list));
    } else {
      Map map;
      map.set("k", std::move(value));
      value = Value(std::move(map));
    }
  }
  return value;
}

}  // namespace

std::string random_text(Bytes& bytes) {
  std::string text;
  const std::size_t how = bytes.below(32);
  if (how == 0) return text;
  if (how == 1) return bytes.take(bytes.byte());
  if (how == 2) {
    const std::string piece = random_text(bytes);
    for (std::size_t left = bytes.below(2048); left > 0 && text.size() < 2048; --left) text += piece;
    return text;
  }
  for (std::size_t left = 1 + bytes.below(8); left > 0; --left) {
    if (how < 20)
      text += words[bytes.below(std::size(words))];
    else
      append_utf8(text, random_code_point(bytes));
  }
  return text;
}

Value random_value(Bytes& bytes) { return random_value_at(bytes, 0); }

Map random_map(Bytes& bytes) {
  Map map;
  const bool deep = bytes.byte() == 0xFF;
  for (std::size_t left = 1 + bytes.below(8); left > 0; --left) {
    std::string key = random_text(bytes);
    map.set(std::move(key), random_value(bytes));
  }
  if (deep) map.set("deep", wrapped(random_value(bytes), bytes));
  return map;
}

int depth_of(const Value& value) {
  int deepest = 0;
  if (value.is_list()) {
    for (const Value& item : value.as_list()) deepest = std::max(deepest, depth_of(item));
  } else if (value.is_map()) {
    for (const auto& [key, member] : value.as_map()) deepest = std::max(deepest, depth_of(member));
  }
  return deepest + 1;
}

bool is_valid_utf8(const Value& value) {
  const auto is_text = [](const std::string& text) { return find_invalid_utf8(text) == std::string_view::npos; };
  if (value.is_string()) return is_text(value.as_string());
  if (value.is_list()) return std::all_of(value.as_list().begin(), value.as_list().end(), is_valid_utf8);
  if (!value.is_map()) return true;
  return std::all_of(value.as_map().begin(), value.as_map().end(),
                     [&](const auto& entry) { return is_text(entry.key) && is_valid_utf8(entry.value); });
}

bool has_number_beyond_exact(const Value& value) {
  if (value.kind() == Value::Kind::floating)
    return std::fabs(value.as_float()) > static_cast<double>(max_exact_integer);
  if (value.is_list()) return std::any_of(value.as_list().begin(), value.as_list().end(), has_number_beyond_exact);
  if (!value.is_map()) return false;
  return std::any_of(value.as_map().begin(), value.as_map().end(),
                     [](const auto& entry) { return has_number_beyond_exact(entry.value); });
}

}  // namespace fuzz
