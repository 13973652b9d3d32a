// Reads one string of JSON.
#include "value/json_string.h"

#include "value/ascii.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

using Fault = JsonString::Fault;

constexpr bool is_surrogate(char32_t unit) { return unit >= 0xD800 && unit <= 0xDFFF; }

class Reader {
 public:
  Reader(std::string_view text, std::size_t quote) : text_(text), at_(quote + 1) {}

  JsonString read() {
    while (result_.fault == Fault::none && at_ < text_.size() && text_[at_] != '"') take_one();
    if (result_.fault == Fault::none && at_ == text_.size()) result_.fault = Fault::not_closed;
    result_.end = result_.fault == Fault::none ? at_ + 1 : at_;
    return std::move(result_);
  }

 private:
  bool fail(Fault fault) {
    result_.fault = fault;
    return false;
  }

  void take_one() {
    if (static_cast<unsigned char>(text_[at_]) < 0x20)
      fail(Fault::control_character);
    else if (text_[at_] == '\\')
      take_escape();
    else
      result_.text += text_[at_++];
  }

  void take_escape() {
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view values = "\"\\/\b\f\n\r\t";
    const std::size_t start = at_++;
    if (at_ == text_.size()) return;
    if (text_[at_] == 'u') return take_unicode_escape(start);
    const std::size_t which = names.find(text_[at_]);
    if (which == std::string_view::npos) {
      at_ = start;
      fail(Fault::unknown_escape);
      return;
    }
    result_.text += values[which];
    ++at_;
  }

  void take_unicode_escape(std::size_t start) {
    char32_t unit = 0;
    if (!take_hex(unit)) return;
    if (is_surrogate(unit)) {
      char32_t low = 0;
      const bool follows = unit < 0xDC00 && text_.substr(at_).starts_with("\\u");
      if (follows) {
        ++at_;
        if (!take_hex(low)) return;
      }
      if (low < 0xDC00 || low > 0xDFFF) {
        if (result_.half_pair == std::string_view::npos) result_.half_pair = start;
        return;
      }
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(result_.text, unit);
  }

  // Four digits behind the 'u' at at_.
  bool take_hex(char32_t& unit) {
    ++at_;
    for (int i = 0; i < 4; ++i, ++at_) {
      if (at_ == text_.size()) return fail(Fault::hex_digits);
      const char c = text_[at_] >= 'A' && text_[at_] <= 'F' ? static_cast<char>(text_[at_] | 0x20) : text_[at_];
      const std::size_t digit = lower_hex.find(c);
      if (digit == std::string_view::npos) return fail(Fault::hex_digits);
      unit = unit * 16 + static_cast<char32_t>(digit);
    }
    return true;
  }

  std::string_view text_;
  std::size_t at_;
  JsonString result_;
};

}  // namespace

JsonString read_json_string(std::string_view text, std::size_t at) { return Reader(text, at).read(); }

std::string_view describe(JsonString::Fault fault) {
  std::string_view cause;
  switch (fault) {
    case Fault::none: break;
    case Fault::not_closed: cause = "the string is not closed"; break;
    case Fault::control_character: cause = "a control character needs an escape such as \\n"; break;
    case Fault::unknown_escape: cause = "unknown escape"; break;
    case Fault::hex_digits: cause = "four hexadecimal digits are expected"; break;
  }
  return cause;
}

}  // namespace kratix_status
