// Decodes UTF-16, and checks every character as go-yaml's readerc.go does.
#include "yaml/encoding.h"

#include "kratix_status/finding.h"
#include "value/ascii.h"
#include "value/position.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view utf16_little = "\xFF\xFE";
constexpr std::string_view utf16_big = "\xFE\xFF";

// go-yaml v2.4, readerc.go: "control characters are not allowed".
bool is_allowed(char32_t c) {
  return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0x7E) || c == 0x85 || (c >= 0xA0 && c <= 0xD7FF) ||
         (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
}

bool decode_utf16(std::string_view raw, bool little, std::string& out) {
  const auto unit_at = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(raw[at]);
    const auto second = static_cast<unsigned char>(raw[at + 1]);
    return static_cast<char32_t>(little ? first | (second << 8) : (first << 8) | second);
  };
  if (raw.size() % 2 != 0) return false;
  for (std::size_t at = 2; at < raw.size(); at += 2) {
    char32_t unit = unit_at(at);
    if (unit >= 0xDC00 && unit <= 0xDFFF) return false;
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      at += 2;
      const char32_t low = at < raw.size() ? unit_at(at) : 0;
      if (low < 0xDC00 || low > 0xDFFF) return false;
      unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(out, unit);
  }
  if (out.empty()) out = "\n";
  return true;
}

// REQUIRES: !is_allowed(c), and so nothing beyond U+FFFF
std::string not_allowed(char32_t c) {
  std::string hex;
  append_hex(hex, c, 4, upper_hex);
  if (c > 0xFF) return "the character U+" + hex + " must be escaped, as in \"\\u" + hex + "\"";
  return "the control character U+" + hex + " must be escaped, as in \"\\x" + hex.substr(2) + "\"";
}

// What is neither in a line of printable ASCII nor ends one. Most statuses hold nothing of it.
bool is_special(char c) { return c != '\n' && (c < ' ' || c > '~'); }

bool check_characters(std::string_view text, Finding& problem) {
  if (!any_character(text, is_special)) return true;
  Position at{1, 1};
  bool line_starts = true;
  for (std::size_t i = 0; i < text.size();) {
    // Nearly every character is printable ASCII.
    if (text[i] >= ' ' && text[i] <= '~') {
      line_starts = false;
      ++at.column;
      ++i;
      continue;
    }
    if (const std::size_t line_break = line_break_at(text, i); line_break > 0) {
      at = {at.line + 1, 1};
      line_starts = true;
      i += line_break;
      continue;
    }
    char32_t c = 0;
    if (!decode_utf8(text, i, c)) {
      problem = {.rule = RuleId::invalid_encoding, .at = at, .message = "is not valid UTF-8"};
      return false;
    }
    if (!is_allowed(c)) {
      problem = {.rule = RuleId::control_character, .at = at, .message = not_allowed(c)};
      return false;
    }
    // Usually from two files joined by cat. libyaml skips the mark; go-yaml takes it into the key, or skips text.
    if (c == 0xFEFF && line_starts) {
      problem = {.rule = RuleId::byte_order_mark,
                 .at = at,
                 .message = "a byte order mark (U+FEFF) appears in the middle of the text"};
      return false;
    }
    line_starts = false;
    ++at.column;
  }
  return true;
}

}  // namespace

bool decode_yaml_stream(std::string_view raw, std::string& transcoded, Finding& problem) {
  const bool little = raw.starts_with(utf16_little);
  if (!little && !raw.starts_with(utf16_big)) return check_characters(without_byte_order_mark(raw), problem);
  if (decode_utf16(raw, little, transcoded)) return check_characters(transcoded, problem);
  problem = {.rule = RuleId::invalid_encoding, .message = "is not valid UTF-16"};
  return false;
}

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with(utf8_mark)) text.remove_prefix(utf8_mark.size());
  return text;
}

}  // namespace kratix_status
