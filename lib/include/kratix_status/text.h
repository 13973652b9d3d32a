// Small facts about text that several rooms need: UTF-8, safe quoting for messages, nearest names, hexadecimal digits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kratix_status {

// Decodes the code point at `text[at]` and moves `at` behind it. Overlong forms, surrogates and values past
// U+10FFFF are invalid: then false, and `at` stays.
bool decode_utf8(std::string_view text, std::size_t& at, char32_t& code_point);
void append_utf8(std::string& out, char32_t code_point);

// The offset of the first byte that is not valid UTF-8, or npos.
std::size_t find_invalid_utf8(std::string_view text);

// Code points that begin in `text`.
std::size_t count_characters(std::string_view text);

// A place in a text, from 1; the column counts code points.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
};

Position position_at(std::string_view text, std::size_t offset);

// The length of the line break at `text[at]`, 0 if there is none: LF, CR, CR LF, and NEL, LS and PS, which are line
// breaks in YAML 1.1.
std::size_t line_break_at(std::string_view text, std::size_t at);

// True for a character that a terminal obeys, that shows nothing, or that reorders the text around it: what
// printable() escapes. Blanks are visible.
bool is_invisible(char32_t c);

// `text` with invisible characters and invalid bytes shown as \n, \x1b, \u202e or \ue0100, so that no file or
// key can drive the reader's terminal or forge a line of output.
std::string printable(std::string_view text);

// Whether a POSIX shell takes `text`, as it is, for one word that is no option.
bool is_shell_word(std::string_view text);

// Whether a CI runner takes the beginning of `text` for a command: `::` at the start of a line (`line_starts`: nothing
// but blanks before it; GitHub's actions/runner), and `##[` or `##vso[` anywhere (it and Azure's agent).
bool is_log_command(std::string_view text, bool line_starts);

// `text`, of one or more lines, with the first character of each such command as \u003a or \u0023.
std::string without_log_commands(std::string_view text);

// The only candidate that `word` is the beginning of, or else the nearest by edits (a swap of neighbours counts one);
// empty if none is near.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

inline constexpr std::string_view lower_hex = "0123456789abcdef";
inline constexpr std::string_view upper_hex = "0123456789ABCDEF";

// The last `count` hexadecimal digits of `value`, in those of `digits`.
void append_hex(std::string& out, char32_t value, int count, std::string_view digits = lower_hex);

// `text` with A to Z in lower case.
std::string lower(std::string_view text);

// A limit in words, "8 MiB". REQUIRES: whole MiB
std::string mebibytes(std::size_t bytes);

// The line of `text` at `line` (from 1), cut to a window around `column` (from 1, in code points), a newline, and a
// caret under the column.
std::string excerpt(std::string_view text, std::size_t line, std::size_t column);

}  // namespace kratix_status
