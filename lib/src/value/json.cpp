// Parses JSON with the position of each error, and writes it.
#include "kratix_status/json.h"

#include <cmath>
#include <cstdlib>

#include "kratix_status/finding.h"
#include "value/ascii.h"
#include "value/json_string.h"
#include "value/message.h"
#include "value/number.h"
#include "value/position.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

constexpr const char* plain_text_hint = "for plain text leave out --json, or use KEY=VALUE";

class JsonParser {
 public:
  explicit JsonParser(std::string_view text) : text_(text) {}

  Result<Value> parse() {
    Value value;
    if (const std::size_t bad = find_invalid_utf8(text_); bad != std::string_view::npos) {
      at_ = bad;
      (void)fail("is not valid UTF-8");
      return error_;
    }
    skip_blanks();
    if (!parse_value(value, 0)) return error_;
    skip_blanks();
    if (at_ < text_.size())
      (void)fail("is not JSON: unexpected text after the value",
                 text_[at_] == ',' ? "a list is in brackets: [80,443]" : plain_text_hint);
    if (refused_) return error_;
    return value;
  }

  // Whether the error, if any, lies in the grammar rather than in what Kratix can publish.
  bool is_grammatical() const { return grammatical_; }

 private:
  bool fail(std::string_view cause, std::string_view fix = {}) {
    grammatical_ = false;
    if (!refused_) complain(cause, fix, at_);
    return false;
  }

  // Grammar, but nothing that Kratix can show as it was given. Parsing goes on, to see whether it is grammar to the
  // end; the first complaint is the one that counts.
  bool refuse(std::string_view cause, std::string_view fix, std::size_t at) {
    if (!refused_) complain(cause, fix, at);
    return true;
  }

  void complain(std::string_view cause, std::string_view fix, std::size_t at) {
    refused_ = true;
    const Position place = position_at(text_, at);
    error_ = refused(location({}, place), std::string(cause), std::string(fix));
    if (text_.size() > 1) error_.excerpt = excerpt(text_, place.line, place.column);
  }

  void skip_blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }

  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool take_word(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  bool parse_value(Value& value, int depth) {
    if (++nodes_ > max_nodes) return fail("holds more than " + std::to_string(max_nodes) + " keys and values");
    if (depth >= max_depth) return fail("nests deeper than " + std::to_string(max_depth));
    if (at_ == text_.size())
      return fail("is not JSON: it ends where a value is expected", depth > 0 ? "" : "an empty string is \"\"");
    switch (text_[at_]) {
      case '{': return parse_map(value, depth);
      case '[': return parse_list(value, depth);
      case '"': return parse_string_value(value);
      case '-':
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7':
      case '8':
      case '9': return parse_number(value);
      default: return parse_word(value);
    }
  }

  bool parse_word(Value& value) {
    if (take_word("true"))
      value = Value(true);
    else if (take_word("false"))
      value = Value(false);
    else if (take_word("null"))
      value = Value();
    else
      return fail("is not JSON", hint());
    return true;
  }

  // For the character at `at_`, with which no value and no key begins.
  std::string hint() const {
    const std::size_t before = text_.substr(0, at_).find_last_not_of(" \t\r\n");
    const bool ends = text_[at_] == ']' || text_[at_] == '}';
    if (ends && before != std::string_view::npos && text_[before] == ',')
      return "JSON has no comma after the last item";
    const std::string word = lower(text_.substr(at_, 5));
    for (const char* known : {"true", "false", "null"}) {
      if (word.starts_with(known)) return std::string("write ") + known;
    }
    return std::string("a JSON string needs double quotes; ") + plain_text_hint;
  }

  bool parse_map(Value& value, int depth) {
    ++at_;
    Map map;
    skip_blanks();
    if (!take('}')) {
      do {
        if (!parse_member(map, depth)) return false;
      } while (take(','));
      if (!take('}')) return fail("is not JSON: ',' or '}' is expected");
    }
    value = Value(std::move(map));
    return true;
  }

  bool parse_member(Map& map, int depth) {
    skip_blanks();
    const std::size_t start = at_;
    std::string key;
    if (at_ == text_.size() || text_[at_] != '"')
      return fail("is not JSON: a key in double quotes is expected", at_ == text_.size() ? "" : hint());
    if (!parse_string(key)) return false;
    if (map.find(key) != nullptr) refuse("the key \"" + key + "\" appears twice", {}, start);
    skip_blanks();
    if (!take(':')) return fail("is not JSON: ':' is expected");
    skip_blanks();
    Value member;
    if (!parse_value(member, depth + 1)) return false;
    map.set(std::move(key), std::move(member));
    ++nodes_;
    skip_blanks();
    return true;
  }

  bool parse_list(Value& value, int depth) {
    ++at_;
    List list;
    skip_blanks();
    if (!take(']')) {
      do {
        skip_blanks();
        Value item;
        if (!parse_value(item, depth + 1)) return false;
        list.push_back(std::move(item));
        skip_blanks();
      } while (take(','));
      if (!take(']')) return fail("is not JSON: ',' or ']' is expected");
    }
    value = Value(std::move(list));
    return true;
  }

  bool parse_string_value(Value& value) {
    std::string text;
    if (!parse_string(text)) return false;
    value = Value(std::move(text));
    return true;
  }

  bool parse_string(std::string& out) {
    JsonString string = read_json_string(text_, at_);
    at_ = string.end;
    if (string.half_pair != std::string_view::npos) refuse(half_pair_cause, {}, string.half_pair);
    if (string.fault != JsonString::Fault::none) return fail("is not JSON: " + std::string(describe(string.fault)));
    out = std::move(string.text);
    return true;
  }

  std::size_t take_digits() {
    const std::size_t start = at_;
    while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ - start;
  }

  bool parse_number(Value& value) {
    const std::size_t start = at_;
    (void)take('-');
    const bool leading_zero = at_ < text_.size() && text_[at_] == '0';
    const std::size_t whole = take_digits();
    if (whole == 0) return fail("is not JSON: a digit is expected");
    if (leading_zero && whole > 1) return at_ = start, fail("is not JSON: a number has no leading zero");
    bool is_integer = true;
    if (take('.')) {
      is_integer = false;
      if (take_digits() == 0) return fail("is not JSON: a digit is expected");
    }
    if (take('e') || take('E')) {
      is_integer = false;
      if (!take('+')) (void)take('-');
      if (take_digits() == 0) return fail("is not JSON: a digit is expected");
    }
    return number(std::string(text_.substr(start, at_ - start)), is_integer, start, value);
  }

  bool number(const std::string& digits, bool is_integer, std::size_t start, Value& value) {
    const bool is_all = digits.size() == text_.size();
    const std::string fix = is_all ? plain_text_hint : "give it as a string: \"" + digits.substr(0, 40) + "\"";
    const double parsed = std::strtod(digits.c_str(), nullptr);
    if (std::isinf(parsed)) return refuse("Kratix cannot hold a number this large", fix, start);
    const bool lossy = loses_digits(digits, parsed);
    if (is_integer && (lossy || std::fabs(parsed) > static_cast<double>(max_exact_integer))) {
      return refuse("Kratix keeps numbers as 64-bit floats and rounds integers beyond 2^53", fix, start);
    }
    if (lossy) {
      return refuse("Kratix keeps numbers as 64-bit floats and would lose digits of this one", fix, start);
    }
    value = Value::number(parsed);
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t nodes_ = 0;
  bool grammatical_ = true;
  bool refused_ = false;
  Error error_;
};

// Takes what a std::string would, and only counts it.
class ByteCounter {
 public:
  ByteCounter& operator+=(std::string_view text) {
    bytes_ += text.size();
    return *this;
  }
  ByteCounter& operator+=(char) {
    ++bytes_;
    return *this;
  }
  std::size_t bytes() const { return bytes_; }

 private:
  std::size_t bytes_ = 0;
};

// Writes to `Out`, a std::string or a ByteCounter.
template <typename Out>
class JsonWriter {
 public:
  void write(const Value& value) {
    switch (value.kind()) {
      case Value::Kind::null: out_ += "null"; break;
      case Value::Kind::boolean: out_ += value.as_boolean() ? "true" : "false"; break;
      case Value::Kind::integer:
      case Value::Kind::floating: out_ += json_number(value); break;
      case Value::Kind::string: write(value.as_string()); break;
      case Value::Kind::list: write(value.as_list()); break;
      case Value::Kind::map: write(value.as_map()); break;
    }
  }

  void write(const Map& map) {
    out_ += '{';
    bool is_first = true;
    for (const auto& [key, member] : map) {
      if (!is_first) out_ += ',';
      is_first = false;
      write(key);
      out_ += ':';
      write(member);
    }
    out_ += '}';
  }

  Out& out() { return out_; }

 private:
  void write(const List& list) {
    out_ += '[';
    bool is_first = true;
    for (const Value& item : list) {
      if (!is_first) out_ += ',';
      is_first = false;
      write(item);
    }
    out_ += ']';
  }

  void write_character(char c) {
    constexpr std::string_view named = "\"\\\b\f\n\r\t";
    constexpr std::string_view names = "\"\\bfnrt";
    if (const std::size_t which = named.find(c); which != std::string_view::npos) {
      out_ += '\\';
      out_ += names[which];
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::string escape;
      append_code_escape(escape, "\\u", static_cast<unsigned char>(c), 4);
      out_ += escape;
    } else {
      out_ += c;
    }
  }

  void write(const std::string& text) {
    out_ += '"';
    for (std::size_t at = 0; at < text.size();) {
      const std::string_view run = std::string_view(text).substr(at, plain_run(std::string_view(text).substr(at)));
      out_ += run;
      at += run.size();
      if (at < text.size()) write_character(text[at]);
      ++at;
    }
    out_ += '"';
  }

  Out out_;
};

// `text` is JSON.
std::string safe_to_show(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    const bool escapable = c < 0x10000 && is_invisible(c);
    if (escapable || (c == '#' && is_log_command(text.substr(start), false))) {
      append_code_escape(out, "\\u", c, 4);
    } else {
      out.append(text, start, at - start);
    }
  }
  return out;
}

template <typename Out, typename Root>
Out written(const Root& root) {
  JsonWriter<Out> writer;
  writer.write(root);
  return std::move(writer.out());
}

}  // namespace

Result<Value> parse_json(std::string_view text) { return JsonParser(text).parse(); }

bool is_json(std::string_view text) {
  JsonParser parser(text);
  const Result<Value> value = parser.parse();
  return value.ok() || parser.is_grammatical();
}

std::string to_json(const Value& value) { return written<std::string>(value); }
std::string to_json(const Map& map) { return written<std::string>(map); }

std::size_t json_size(const Map& map) { return written<ByteCounter>(map).bytes(); }

std::string show_json(const Value& value) { return safe_to_show(to_json(value)); }
std::string show_json(const Map& map) { return safe_to_show(to_json(map)); }

}  // namespace kratix_status
