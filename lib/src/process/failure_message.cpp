// Makes one line of how a command ended, and of the last lines that it wrote to standard error.
#include "process/failure_message.h"

#include <signal.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "value/message.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

constexpr std::size_t most_lines = 3;
constexpr std::size_t most_bytes = 500;
constexpr std::string_view separator = " / ";
constexpr std::string_view cut_mark = "...";

struct SignalName {
  int number;
  char name[10];  // with a zero at its end
};

constexpr SignalName signal_names[] = {
    {SIGABRT, "SIGABRT"}, {SIGALRM, "SIGALRM"}, {SIGBUS, "SIGBUS"},       {SIGFPE, "SIGFPE"},   {SIGHUP, "SIGHUP"},
    {SIGILL, "SIGILL"},   {SIGINT, "SIGINT"},   {SIGKILL, "SIGKILL"},     {SIGPIPE, "SIGPIPE"}, {SIGQUIT, "SIGQUIT"},
    {SIGSEGV, "SIGSEGV"}, {SIGSYS, "SIGSYS"},   {SIGTERM, "SIGTERM"},     {SIGTRAP, "SIGTRAP"}, {SIGUSR1, "SIGUSR1"},
    {SIGUSR2, "SIGUSR2"}, {SIGXCPU, "SIGXCPU"}, {SIGVTALRM, "SIGVTALRM"}, {SIGXFSZ, "SIGXFSZ"},
};

std::string signal_name(int number) {
  const auto found = std::find_if(std::begin(signal_names), std::end(signal_names),
                                  [&](const SignalName& row) { return row.number == number; });
  return found == std::end(signal_names) ? std::to_string(number) : std::string(found->name);
}

// Moves `at` behind an escape sequence such as that of a colour, "\x1b[1;31m", whose ESC is in front of it.
void skip_escape_sequence(std::string_view text, std::size_t& at) {
  if (at == text.size() || text[at] != '[') return;
  do ++at;
  while (at < text.size() && text[at] >= 0x20 && text[at] < 0x40);
  if (at < text.size() && text[at] >= 0x40 && text[at] < 0x7F) ++at;
}

// `line` without what is no text, and without blanks at its ends.
std::string clean(std::string_view line) {
  std::string text;
  for (std::size_t at = 0; at < line.size();) {
    char32_t c = 0;
    if (!decode_utf8(line, at, c))
      ++at;
    else if (c == 0x1B)
      skip_escape_sequence(line, at);
    else if (c == '\t')
      text += ' ';
    else if (!is_invisible(c))
      append_utf8(text, c);
  }
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

// The last lines of `text` that are not empty, in their order. A progress bar ends its lines with "\r".
std::vector<std::string> last_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty() && lines.size() < most_lines) {
    const std::size_t start = text.find_last_of("\r\n") + 1;  // 0 if there is none
    std::string line = clean(text.substr(start));
    if (!line.empty()) lines.push_back(std::move(line));
    text = text.substr(0, start == 0 ? 0 : start - 1);
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

// At most `most` bytes from the front of `text`.
std::string shortened(const std::string& text) {
  if (text.size() <= most_bytes) return text;
  std::size_t end = most_bytes - cut_mark.size();
  while (is_utf8_continuation(text[end])) --end;
  return text.substr(0, end).append(cut_mark);
}

// The last line counts most: those before it are left out if they do not fit.
std::string joined(const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  std::string text = shortened(lines.back());
  for (auto line = lines.rbegin() + 1; line != lines.rend(); ++line) {
    if (line->size() + separator.size() + text.size() > most_bytes) break;
    text.insert(0, *line + std::string(separator));
  }
  return text;
}

std::string how_it_ended(std::string_view program, const ChildEnd& end) {
  const std::string name = clean(program.substr(program.rfind('/') + 1));
  const std::string subject = name.empty() ? "command" : name;
  if (end.not_started) return subject + ": " + end.not_started->cause;
  if (end.signal != 0) return subject + " was ended by signal " + signal_name(end.signal);
  return subject + " exited with code " + std::to_string(end.exit_code);
}

}  // namespace

std::string failure_message(std::string_view text, std::string_view program, const ChildEnd& end) {
  const std::string said = joined(last_lines(end.stderr_tail));
  std::string message = text.empty() ? how_it_ended(program, end) : std::string(text);
  return said.empty() ? message : message + ": " + said;
}

}  // namespace kratix_status
