// Text that is safe to print in a message: escaped, excerpted, without commands that a CI runner would obey.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kratix_status {

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

// A limit in words, "8 MiB". REQUIRES: whole MiB
std::string mebibytes(std::size_t bytes);

// The line of `text` at `line` (from 1), cut to a window around `column` (from 1, in code points), a newline, and a
// caret under the column.
std::string excerpt(std::string_view text, std::size_t line, std::size_t column);

}  // namespace kratix_status
