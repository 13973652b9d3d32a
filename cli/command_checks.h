// What every row of the table of commands must hold; command_table.cpp asserts it when it is compiled.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

#include "command_table.h"

namespace kratix_status::cli {

constexpr bool all_commands(std::span<const Command> table, bool (*holds)(const Command&)) {
  return std::all_of(table.begin(), table.end(), [&](const Command& command) {
    return holds(command) && std::all_of(command.subcommands.begin(), command.subcommands.end(), holds);
  });
}

constexpr bool has_run_or_subcommands(const Command& command) {
  return (command.run != nullptr) == command.subcommands.empty();
}

constexpr bool has_texts(const Command& command) {
  const auto has_text = [](const Option& option) { return !option.name.empty() && !option.text.empty(); };
  return !command.name.empty() && !command.summary.empty() &&
         std::all_of(command.options.begin(), command.options.end(), has_text);
}

constexpr bool has_usages(const Command& command) {
  const auto begins_with_name = [&](std::string_view usage) { return usage.starts_with(command.name); };
  return command.usages.empty() != command.subcommands.empty() &&
         std::all_of(command.usages.begin(), command.usages.end(), begins_with_name);
}

// Whether the word in front of `at` is an option, as in "--reason REASON".
constexpr bool is_value_of_option(std::string_view usage, std::size_t at) {
  const std::string_view before = usage.substr(0, at - 1);
  const std::string_view word = before.substr(before.find_last_of(" [") + 1);
  return usage[at - 1] == ' ' && word.size() > 2 && word.starts_with("--") && !word.ends_with(']');
}

// Whether some usage names an operand: as a word of its own, in brackets, repeated, or in "FILE|-" and "KEY=VALUE".
constexpr bool usages_name(const Command& command, std::string_view operand) {
  return std::any_of(command.usages.begin(), command.usages.end(), [&](std::string_view usage) {
    for (std::size_t at = usage.find(operand); at != std::string_view::npos; at = usage.find(operand, at + 1)) {
      if (at > 0 && (usage[at - 1] == ' ' || usage[at - 1] == '[') && !is_value_of_option(usage, at)) return true;
    }
    return false;
  });
}

// COMMAND is one of ours for `help`, and one of the system for `run`. KEY may only be read, or may have =PATH behind
// it.
constexpr OperandKind kind_by_name(OperandKind kind) {
  if (kind == OperandKind::program) return OperandKind::command;
  return kind == OperandKind::key_to_read || kind == OperandKind::import_field ? OperandKind::key : kind;
}

constexpr bool usages_agree_with_operands(const Command& command) {
  struct Name {
    std::string_view text;
    OperandKind kind;
  };
  constexpr Name names[] = {{"KEY", OperandKind::key},
                            {"TYPE", OperandKind::condition_type},
                            {"FIELD", OperandKind::condition_field},
                            {"FILE", OperandKind::file},
                            {"COMMAND", OperandKind::command}};
  return std::all_of(std::begin(names), std::end(names), [&](const Name& name) {
    const auto is_of_kind = [&](const Operand& operand) { return kind_by_name(operand.kind) == name.kind; };
    return usages_name(command, name.text) == std::any_of(command.operands.begin(), command.operands.end(), is_of_kind);
  });
}

constexpr bool subcommands_begin_with_name(const Command& command) {
  return std::all_of(command.subcommands.begin(), command.subcommands.end(), [&](const Command& subcommand) {
    return subcommand.name.starts_with(command.name) && subcommand.name.find(' ') == command.name.size();
  });
}

// Whether each name and each letter means one option, in `options` and in `others`.
constexpr bool options_differ(std::span<const Option> options, std::span<const Option> others) {
  const auto same = [](const Option& one, const Option& other) {
    return &one != &other && (one.name == other.name.view() || (one.letter != '\0' && one.letter == other.letter));
  };
  return std::all_of(options.begin(), options.end(), [&](const Option& option) {
    const auto is_taken = [&](const Option& other) { return same(option, other); };
    return std::none_of(options.begin(), options.end(), is_taken) &&
           std::none_of(others.begin(), others.end(), is_taken);
  });
}

}  // namespace kratix_status::cli
