// Takes the command line apart, runs the command, and turns what happened into an exit code.
#include <exception>
#include <new>

#include "command_line.h"
#include "command_table.h"
#include "files/file_system.h"
#include "help_text.h"
#include "invocation.h"
#include "output.h"

namespace kratix_status::cli {

namespace {

// "set, get, unset, list"
std::string last_words(std::span<const Command> commands) {
  std::string text;
  for (const Command& command : commands) text.append(text.empty() ? "" : ", ").append(last_word(command));
  return text;
}

Error no_command(const Command* group) {
  if (group == nullptr)
    return usage_error("command line", "a command is missing", "kratix-status help lists the commands");
  return usage_error(std::string(group->name), "a command is missing",
                     "it is one of " + last_words(group->subcommands));
}

int run(std::vector<std::string> words) {
  CommandLine line;
  const Outcome parsed = parse_command_line(std::move(words), line);
  if (!parsed) return report(parsed.error());
  if (line.options.has("version")) return answer(version_line());
  const Command* explained = line.command != nullptr ? line.command : line.group;
  if (line.options.has("help")) return answer(explained == nullptr ? overview() : help_on(*explained));
  if (line.command == nullptr) return report(no_command(line.group));
  Invocation invocation(*line.command, std::move(line.options), std::move(line.operands));
  return line.command->run(invocation);
}

int run_and_report(int argc, char** argv) {
  prepare_process();
  try {
    return run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const std::bad_alloc&) {
    return report(
        io_error("memory", "out of memory; no file was left half written", "raise the container's memory limit"));
  } catch (const std::exception& e) {
    return report(io_error("internal error", e.what(), "please report it; no file was left half written"));
  }
}

}  // namespace

}  // namespace kratix_status::cli

int main(int argc, char** argv) {
  using namespace kratix_status;
  return run_with_enough_stack([&] { return cli::run_and_report(argc, argv); });
}
