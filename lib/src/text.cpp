#include "kratix_status/text.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace kratix_status {

bool decode_utf8(std::string_view text, std::size_t& at, char32_t& code_point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) {
    code_point = lead;
    ++at;
    return true;
  }
  std::size_t length = 0;
  char32_t least = 0;
  if ((lead & 0xE0) == 0xC0) {
    length = 2, least = 0x80, code_point = lead & 0x1F;
  } else if ((lead & 0xF0) == 0xE0) {
    length = 3, least = 0x800, code_point = lead & 0x0F;
  } else if ((lead & 0xF8) == 0xF0) {
    length = 4, least = 0x10000, code_point = lead & 0x07;
  } else {
    return false;
  }
  if (text.size() - at < length) return false;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return false;
    code_point = (code_point << 6) | (byte(at + i) & 0x3F);
  }
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (code_point < least || code_point > 0x10FFFF || surrogate) return false;
  at += length;
  return true;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

std::size_t find_invalid_utf8(std::string_view text) {
  char32_t code_point = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (!decode_utf8(text, at, code_point)) return at;
  }
  return std::string_view::npos;
}

std::size_t line_break_at(std::string_view text, std::size_t at) {
  // Asked of every character of a document, and nearly all are none: an eighth of the instructions of a `set`.
  constexpr std::string_view first_bytes = "\r\n\xC2\xE2";
  if (at >= text.size() || first_bytes.find(text[at]) == std::string_view::npos) return 0;
  constexpr std::string_view breaks[] = {"\r\n", "\n", "\r", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
  for (const std::string_view line_break : breaks) {
    if (text.substr(at, line_break.size()) == line_break) return line_break.size();
  }
  return 0;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Position position_at(std::string_view text, std::size_t offset) {
  Position at{1, 1};
  for (std::size_t i = 0; i < std::min(offset, text.size());) {
    const std::size_t line_break = line_break_at(text, i);
    at = line_break > 0 ? Position{at.line + 1, 1} : Position{at.line, at.column + count_characters(text.substr(i, 1))};
    i += std::max<std::size_t>(1, line_break);
  }
  return at;
}

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
    out += "\\x", append_hex(out, c, 2);
  else
    out += "\\u", append_hex(out, c, c < 0x10000 ? 4 : 5);
}

std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

// What runners trim from the start of a line (.NET's char.IsWhiteSpace).
bool is_blank(char32_t c) {
  constexpr char32_t others[] = {0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  return (c >= 0x09 && c <= 0x0D) || (c >= 0x2000 && c <= 0x200A) ||
         std::find(std::begin(others), std::end(others), c) != std::end(others);
}

void append_unicode_escape(std::string& out, char c) {
  out += "\\u", append_hex(out, static_cast<unsigned char>(c), 4);
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
    char32_t c = 0;
    std::string piece;
    if (is_log_command(line.substr(at), line_starts))
      append_unicode_escape(piece, line[at++]);
    else if (decode_utf8(line, at, c))
      append_printable(piece, c);
    else
      c = 0xFFFD, piece = "\\x", append_hex(piece, static_cast<unsigned char>(line[at++]), 2);
    line_starts = line_starts && is_blank(c);
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
    char32_t c = 0;
    if (decode_utf8(text, at, c))
      append_printable(out, c);
    else
      out += "\\x", append_hex(out, static_cast<unsigned char>(text[at++]), 2);
  }
  return out;
}

bool is_shell_word(std::string_view text) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '.' ||
           c == '_' || c == '-';
  };
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
    char32_t c = 0;
    if (!decode_utf8(text, at, c)) c = 0xFFFD, ++at;
    if (is_log_command(text.substr(start), line_starts))
      append_unicode_escape(out, text[start]);
    else
      out.append(text, start, at - start);
    line_starts = c == '\n' || (line_starts && is_blank(c));
  }
  return out;
}

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t longest_word = 64;  // longer ones are no typing errors, and cost is quadratic
  if (word.size() > longest_word) return {};
  std::vector<std::string_view> longer;
  std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(longer),
               [&](std::string_view candidate) { return word.size() > 1 && candidate.starts_with(word); });
  if (longer.size() == 1) return longer.front();
  std::string_view best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edits(word, candidate);
    if (distance < least) best = candidate, least = distance;
  }
  return best;
}

void append_hex(std::string& out, char32_t value, int count, std::string_view digits) {
  for (int shift = 4 * (count - 1); shift >= 0; shift -= 4) out += digits[(value >> shift) & 0xF];
}

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
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
