// Prints answers and messages, and escapes what messages hold.
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include "output.h"
#include "value/message.h"

namespace kratix_status::cli {

namespace {

// In one write where possible, so that lines of parallel runs do not mix. A message that cannot be printed changes
// nothing about the outcome.
void write_message(std::string_view message) {
  const std::string text = without_log_commands(message);
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

}  // namespace

int answer(std::string_view text, std::string_view cure) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (written && std::fflush(stdout) == 0) return 0;
  return report(io_error("write standard output", std::strerror(errno), std::string(cure)));
}

int report(const Error& error) {
  std::string text = fmt::format("kratix-status: error: {}: {}\n", printable(error.context), printable(error.cause));
  if (!error.excerpt.empty()) text += error.excerpt + "\n";
  if (!error.cure.empty()) text += fmt::format("kratix-status: hint: {}\n", error.cure);
  write_message(text);
  return static_cast<int>(error.kind);
}

void warn(std::string_view text) { write_message(fmt::format("kratix-status: warning: {}\n", printable(text))); }

}  // namespace kratix_status::cli
