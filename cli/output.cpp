// Prints answers and messages, and escapes what messages hold.
#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "files/error_text.h"
#include "files/file_calls.h"
#include "files/file_system.h"
#include "kratix/secret_guard.h"
#include "output.h"
#include "value/message.h"
#include "value/utf8.h"

namespace kratix_status::cli {

namespace {

constexpr int standard_output = 1;
constexpr int standard_error = 2;

// 0, or a negative errno. In one write() where possible, so that lines of parallel runs do not mix.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const std::int64_t written = retry([&] { return real_file_system().write(descriptor, text.data(), text.size()); });
    if (written < 0) return static_cast<int>(written);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

// `context` names nothing after the action, as in "open ": a name was empty.
bool lacks_name(std::string_view context) {
  const std::size_t start = context.starts_with("option ") ? 7 : 0;
  return !context.empty() && context.find(' ', start) == context.size() - 1;
}

// `text` without what lies beyond the first `longest` characters of a line: a KEY or a path may be a whole document.
std::string shortened(std::string_view text, std::size_t longest) {
  std::string out;
  std::size_t column = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    column = next_code_point(text, at) == '\n' ? 0 : column + 1;
    if (column <= longest) out.append(text, start, at - start);
    if (column == longest + 1) out += "...";
  }
  return out;
}

std::string shown(const std::string& text, std::size_t longest) { return shortened(without_secrets(text), longest); }

// A message that cannot be printed changes nothing about the outcome.
void write_message(std::string_view message) { write_all(standard_error, without_log_commands(message)); }

}  // namespace

int answer(std::string_view text, std::string_view fix) {
  const int error = write_all(standard_output, text);
  return error == 0 ? 0 : report(io_error("write standard output", error_text(-error), std::string(fix)));
}

std::string without_secrets(std::string text) {
  const std::optional<FoundSecret> found = find_secret(text, process_variables());
  return found ? fmt::format("(not shown, because it holds {})", found->what()) : std::move(text);
}

int report(const Error& error) {
  constexpr std::size_t longest = 200;
  constexpr std::size_t longest_cause = 1000;  // what a server answers may be as long
  std::string text = fmt::format("kratix-status: error: {}{}: {}\n", shown(printable(error.context), longest),
                                 lacks_name(error.context) ? "\"\"" : "", shown(printable(error.cause), longest_cause));
  if (!error.excerpt.empty()) text += without_secrets(error.excerpt) + "\n";
  if (!error.fix.empty()) text += fmt::format("kratix-status: hint: {}\n", shown(error.fix, longest));
  write_message(text);
  return static_cast<int>(error.kind);
}

void note(std::string_view text) { write_message(fmt::format("kratix-status: {}\n", text)); }

void warn(std::string_view text) {
  write_message(fmt::format("kratix-status: warning: {}\n", without_secrets(printable(text))));
}

}  // namespace kratix_status::cli
