// Makes text safe to print: escapes what drives a terminal, and quotes the line of a document that is wrong.
#include "value/message.h"

#include <algorithm>
#include <iterator>

#include "value/ascii.h"
#include "value/position.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

void append_printable(std::string& out, char32_t c) {
  if (!is_invisible(c)) return append_utf8(out, c);
  if (c == '\n')
    out += "\\n";
  else if (c == '\r')
    out += "\\r";
  else if (c == '\t')
    out += "\\t";
  else if (c < 0x100)
    append_code_escape(out, "\\x", c, 2);
  else
    append_code_escape(out, "\\u", c, c < 0x10000 ? 4 : 5);
}

// What runners trim from the start of a line (.NET's char.IsWhiteSpace).
bool is_blank(char32_t c) {
  constexpr char32_t others[] = {0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x2000 && c <= 0x200A) ||
         std::find(std::begin(others), std::end(others), c) != std::end(others);
}

void append_unicode_escape(std::string& out, char c) {
  append_code_escape(out, "\\u", static_cast<unsigned char>(c), 4);
}

// Appends the code point at `text[at]`, or the byte that is none, as printable() shows it. Returns it.
char32_t append_next_printable(std::string& out, std::string_view text, std::size_t& at) {
  char32_t c = 0xFFFD;
  if (decode_utf8(text, at, c))
    append_printable(out, c);
  else
    append_code_escape(out, "\\x", static_cast<unsigned char>(text[at++]), 2);
  return c;
}

// The line without its end, and without what lies outside a window that fits a terminal.
struct Window {
  std::string shown;
  std::size_t caret = 0;
};

Window window_of(std::string_view line, std::size_t column) {
  constexpr std::size_t before = 50;
  constexpr std::size_t width = 76;
  Window window;
  std::size_t number = 0;  // of the code point, from 1
  const std::size_t first = column > before ? column - before : 1;
  if (first > 1) window.shown = "...";
  window.caret = window.shown.size();
  std::size_t columns = window.shown.size();
  bool line_starts = true;
  for (std::size_t at = 0; at < line.size();) {
    std::string piece;
    if (is_log_command(line.substr(at), line_starts)) {
      append_unicode_escape(piece, line[at++]);
      line_starts = false;
    } else {
      line_starts = is_blank(append_next_printable(piece, line, at)) && line_starts;
    }
    if (++number < first) continue;
    if (number == column) window.caret = columns;
    if (number >= first + width) {
      window.shown += "...";
      break;
    }
    window.shown += piece;
    columns += piece.front() == '\\' ? piece.size() : 1;
    if (number < column) window.caret = columns;
  }
  return window;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain = plain_run(text.substr(at));
    out += text.substr(at, plain);
    at += plain;
    if (at < text.size()) append_next_printable(out, text, at);
  }
  return out;
}

bool is_shell_word(std::string_view text) {
  const auto is_plain = [](char c) { return is_alphanumeric(c) || c == '/' || c == '.' || c == '_' || c == '-'; };
  return !text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), is_plain);
}

bool is_log_command(std::string_view text, bool line_starts) {
  if (text.starts_with("::")) return line_starts;
  return text.starts_with("##[") || (text.starts_with("##") && lower(text.substr(0, 6)) == "##vso[");
}

std::string without_log_commands(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool line_starts = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    if (is_log_command(text.substr(start), line_starts))
      append_unicode_escape(out, text[start]);
    else
      out.append(text, start, at - start);
    line_starts = c == '\n' || (line_starts && is_blank(c));
  }
  return out;
}

std::string mebibytes(std::size_t bytes) { return std::to_string(bytes >> 20) + " MiB"; }

std::string excerpt(std::string_view text, std::size_t line, std::size_t column) {
  std::size_t start = 0;
  std::size_t end = 0;
  for (std::size_t number = 1;; ++number) {
    end = start;
    while (end < text.size() && line_break_at(text, end) == 0) ++end;
    if (number == line) break;
    if (end == text.size()) return {};
    start = end + line_break_at(text, end);
  }
  const Window window = window_of(text.substr(start, end - start), column);
  return "  " + window.shown + "\n  " + std::string(window.caret, ' ') + "^";
}

}  // namespace kratix_status
