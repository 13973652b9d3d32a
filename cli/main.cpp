// Takes the command line apart, runs the command, and turns what happened into an exit code.
#include <exception>
#include <new>

#include "arguments.h"
#include "command_table.h"
#include "files/file_system.h"
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

// The options and words that lead to a command, and what follows them.
struct Start {
  const Command* command = nullptr;  // nullptr if `options` ask for a text on the whole or on a group
  const Command* group = nullptr;
  std::span<const std::string> rest;
};

Result<Start> find_start(std::span<const std::string> arguments, Options& options) {
  Start start{.rest = arguments};
  for (std::span<const Command> candidates = commands(); !candidates.empty();) {
    const Result<std::size_t> taken = parse_options(start.rest, global_options(), options);
    if (!taken) return taken.error();
    start.rest = start.rest.subspan(*taken);
    if (options.has("version")) return start;
    if (start.rest.empty() && options.has("help")) return start;
    if (start.rest.empty()) return no_command(start.group);
    const Command* found = find_command(candidates, start.rest.front());
    if (found == nullptr) return unknown_command(start.rest.front(), start.group);
    start.rest = start.rest.subspan(1);
    candidates = found->subcommands;
    (candidates.empty() ? start.command : start.group) = found;
  }
  return start;
}

int run(const std::vector<std::string>& arguments) {
  Options options;
  const Result<Start> start = find_start(arguments, options);
  if (!start) return report(start.error());
  const Command* command = start->command;
  std::vector<std::string> operands;
  if (command != nullptr) {
    Result<std::vector<std::string>> rest =
        parse_arguments(start->rest, options_of(*command), command->option_place, options);
    if (!rest) return report(rest.error());
    operands = std::move(*rest);
  }
  if (options.has("version")) return answer(version_line());
  if (command == nullptr) return answer(start->group == nullptr ? overview() : help_on(*start->group));
  if (options.has("help")) return answer(help_on(*command));
  Invocation invocation(*command, std::move(options), std::move(operands), real_file_system());
  return command->run(invocation);
}

int run_and_report(int argc, char** argv) {
  prepare_process();
  try {
    return run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const std::bad_alloc&) {
    return report({ErrorKind::io,
                   "memory",
                   "out of memory; no file was left half written",
                   "raise the container's memory limit",
                   {}});
  } catch (const std::exception& e) {
    return report({ErrorKind::io, "internal error", e.what(), "please report it; no file was left half written", {}});
  }
}

}  // namespace

}  // namespace kratix_status::cli

int main(int argc, char** argv) {
  using namespace kratix_status;
  return run_with_enough_stack([&] { return cli::run_and_report(argc, argv); });
}
