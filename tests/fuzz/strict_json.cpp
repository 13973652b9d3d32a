
#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <string>

#include "strict_json.h"
#include "value/ascii.h"
#include "value/utf8.h"

namespace fuzz {

using namespace kratix_status;

namespace {

class Reader {
 public:
  Reader(std::string_view text, StrictJson& result) : at_(text.data()), end_(at_ + text.size()), result_(result) {}

  bool document(Value& value) { return element(value, 1) && at_ == end_; }

 private:
  // element = ws value ws
  bool element(Value& value, int depth) {
    blanks();
    if (!any(value, depth)) return false;
    blanks();
    return true;
  }

  void blanks() {
    while (at_ != end_ && (*at_ == 0x20 || *at_ == 0x09 || *at_ == 0x0A || *at_ == 0x0D)) ++at_;
  }

  bool is(char c) { return at_ != end_ && *at_ == c && (++at_, true); }

  bool literal(std::string_view word, Value meaning, Value& value) {
    if (static_cast<std::size_t>(end_ - at_) < word.size() || std::string_view(at_, word.size()) != word) return false;
    at_ += word.size();
    value = std::move(meaning);
    return true;
  }

  bool any(Value& value, int depth) {
    result_.depth = std::max(result_.depth, depth);
    if (at_ == end_) return false;
    if (*at_ == '{') return object(value, depth);
    if (*at_ == '[') return array(value, depth);
    if (*at_ == '"') return text_value(value);
    if (*at_ == 't') return literal("true", Value(true), value);
    if (*at_ == 'f') return literal("false", Value(false), value);
    if (*at_ == 'n') return literal("null", Value(), value);
    return number(value);
  }

  bool object(Value& value, int depth) {
    Map map;
    ++at_;
    blanks();
    if (!is('}')) {
      do {
        std::string key;
        Value member;
        blanks();
        if (!text(key)) return false;
        blanks();
        if (!is(':') || !element(member, depth + 1)) return false;
        result_.duplicate_key |= map.find(key) != nullptr;
        map.set(std::move(key), std::move(member));
      } while (is(','));
      if (!is('}')) return false;
    }
    value = Value(std::move(map));
    return true;
  }

  bool array(Value& value, int depth) {
    List list;
    ++at_;
    blanks();
    if (!is(']')) {
      do {
        if (!element(list.emplace_back(), depth + 1)) return false;
      } while (is(','));
      if (!is(']')) return false;
    }
    value = Value(std::move(list));
    return true;
  }

  bool text_value(Value& value) {
    std::string chars;
    if (!text(chars)) return false;
    value = Value(std::move(chars));
    return true;
  }

  bool unit(char32_t& code) {
    code = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      if (at_ == end_ || std::isxdigit(static_cast<unsigned char>(*at_)) == 0) return false;
      const int digit = *at_ <= '9' ? *at_ - '0' : (*at_ | 0x20) - 'a' + 10;
      code = code * 16 + static_cast<char32_t>(digit);
    }
    return true;
  }

  bool unicode(std::string& out) {
    char32_t code = 0;
    if (!unit(code)) return false;
    if (code >= 0xD800 && code <= 0xDBFF && end_ - at_ >= 6 && at_[0] == '\\' && at_[1] == 'u') {
      const char* const behind = at_;
      char32_t low = 0;
      at_ += 2;
      if (!unit(low)) return false;
      if (low >= 0xDC00 && low <= 0xDFFF)
        code = 0x10000 + ((code & 0x3FF) << 10 | (low & 0x3FF));
      else
        at_ = behind;
    }
    const bool half = code >= 0xD800 && code <= 0xDFFF;
    result_.half_surrogate |= half;
    append_utf8(out, half ? 0xFFFD : code);
    return true;
  }

  bool text(std::string& out) {
    if (!is('"')) return false;
    while (at_ != end_ && *at_ != '"') {
      const char c = *at_++;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c != '\\') {
        out += c;
        continue;
      }
      if (at_ == end_) return false;
      switch (*at_++) {
        case '"': out += '"'; break;
        case '\\': out += '\\'; break;
        case '/': out += '/'; break;
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'u':
          if (!unicode(out)) return false;
          break;
        default: return false;
      }
    }
    return is('"');
  }

  bool digits() {
    const char* const start = at_;
    while (at_ != end_ && *at_ >= '0' && *at_ <= '9') ++at_;
    return at_ != start;
  }

  // number = [ minus ] int [ frac ] [ exp ]; a digit behind a leading zero is left for the caller to stumble over.
  bool number(Value& value) {
    const char* const start = at_;
    (void)is('-');
    if (!is('0') && !digits()) return false;
    if (is('.') && !digits()) return false;
    if (is('e') || is('E')) {
      if (!is('+')) (void)is('-');
      if (!digits()) return false;
    }
    note(std::string(start, at_), value);
    return true;
  }

  void note(const std::string& token, Value& value) {
    const double parsed = std::strtod(token.c_str(), nullptr);
    const bool integer = token.find_first_of(".eE") == std::string::npos;
    if (!std::isfinite(parsed) || (integer && std::fabs(parsed) > static_cast<double>(max_exact_integer)))
      result_.large_integer = true;
    const std::string mantissa = token.substr(0, token.find_first_of("eE"));
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const std::size_t first = mantissa.find_first_of("123456789");
    const std::size_t last = mantissa.find_last_of("123456789");
    if (first != std::string::npos) {
      const auto digits = std::count_if(mantissa.begin() + static_cast<std::ptrdiff_t>(first),
                                        mantissa.begin() + static_cast<std::ptrdiff_t>(last) + 1, is_digit);
      if (digits > 15 || std::fabs(parsed) < 1e-290) result_.many_digits = true;
    }
    value = std::isfinite(parsed) ? Value::number(parsed) : Value();
  }

  const char* at_;
  const char* end_;
  StrictJson& result_;
};

}  // namespace

StrictJson read_strict_json(std::string_view text) {
  StrictJson result;
  Value value;
  const bool valid = find_invalid_utf8(text) == std::string_view::npos;
  result.grammatical = Reader(text, result).document(value) && valid;
  if (result.grammatical) result.value = std::move(value);
  return result;
}

}  // namespace fuzz
