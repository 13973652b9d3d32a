// Makes what --help and --version print.
#include "help_text.h"

#include <fmt/format.h>

#include "command_examples.h"

namespace kratix_status::cli {

namespace {

std::string option_lines(std::span<const Option> options) {
  std::string text;
  for (const Option& option : options) {
    std::string name = option.letter == '\0' ? "    " : fmt::format("-{}, ", option.letter);
    name += fmt::format("--{}{}{}", option.name.view(), option.value_name.empty() ? "" : " ", option.value_name.view());
    text += fmt::format("  {:<28} {}\n", name, option.text.view());
  }
  return text;
}

std::string usage_lines(const Command& command) {
  std::string text;
  for (const std::string_view usage : command.usages) text += fmt::format("  kratix-status {}\n", usage);
  for (const Command& subcommand : command.subcommands) text += usage_lines(subcommand);
  return text;
}

std::string example_lines(const Command& command) {
  std::string text;
  for (const std::string_view line : examples_of(command.name)) text += fmt::format("  {}\n", line);
  for (const Command& subcommand : command.subcommands) text += example_lines(subcommand);
  return text;
}

std::string exit_code_lines() {
  std::string text = "Exit codes:\n";
  for (std::size_t code = 0; code < exit_codes().size(); ++code)
    text += fmt::format("  {}  {}\n", code, exit_codes()[code]);
  return text;
}

}  // namespace

std::string version_line() { return "kratix-status " KRATIX_STATUS_VERSION "\n"; }

std::string overview() {
  std::string text =
      "kratix-status writes what a Kratix Pipeline tells the platform user: the file status.yaml.\n"
      "\n"
      "Usage: kratix-status [OPTION...] COMMAND [OPTION...] [OPERAND...]\n"
      "\n"
      "Commands:\n";
  for (const Command& command : commands()) text += fmt::format("  {:<11} {}\n", command.name, command.summary);
  text += "\nOptions:\n" + option_lines(global_options()) + "\n" + exit_code_lines();
  return text + "\n`kratix-status help COMMAND` explains a command.\n";
}

std::string help_on(const Command& command) {
  std::string text = fmt::format("{}.\n\nUsage:\n", command.summary) + usage_lines(command);
  if (!command.details.empty()) text += fmt::format("\n{}", command.details);
  if (!command.options.empty()) text += "\nOptions:\n" + option_lines(command.options);
  text += "\nOptions of every command:\n" + option_lines(global_options());
  text += "\nExamples:\n" + example_lines(command);
  if (!command.subcommands.empty())
    text += fmt::format("\n`kratix-status help {} COMMAND` explains one of these commands.\n", command.name);
  return text;
}

}  // namespace kratix_status::cli
