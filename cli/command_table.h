// The table of commands: the one place from which parsing, --help and the documents' reference come.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "value/text_field.h"

namespace kratix_status::cli {

class Invocation;

struct Option {
  TextField<12> name;       // without dashes
  char letter;              // '\0' if there is no short form
  TextField<8> value_name;  // empty for a flag
  TextField<80> text;
  TextField<36> choices{};  // "raw|yaml|json" where only these are values
};

// What an operand stands for: completion offers what can take its place.
enum class OperandKind {
  text,
  key,
  key_to_read,
  import_field,
  condition_type,
  condition_field,
  file,
  command,
  program,
  choice
};

struct Operand {
  OperandKind kind;
  std::string_view choices{};  // of OperandKind::choice, as in "bash|zsh|fish"
  bool repeats = false;        // any number of them may end the line
};

enum class OptionPlace {
  before_operands,  // whatever follows the first operand is data
  anywhere,         // for operands that can never start with '-'
  nowhere,          // all that follows the command is data, --help too
};

struct Command {
  std::string_view name;
  std::span<const std::string_view> usages;  // each without the program's name
  std::span<const Operand> operands;         // in their order
  std::string_view summary;
  std::span<const Option> options;  // on top of global_options()
  std::string_view details;
  int (*run)(Invocation& invocation);  // returns the exit code; nullptr if there are subcommands
  OptionPlace option_place = OptionPlace::before_operands;
  std::span<const Command> subcommands{};  // their names begin with this one's: "condition set"
};

std::span<const Command> commands();
std::span<const Option> global_options();

// Those of the command before those of every command.
std::vector<Option> options_of(const Command& command);

// Read from the environment.
struct Variable {
  std::string_view name;
  std::string_view text;
};
std::span<const Variable> variables();

// Exit codes and their meanings, in order from 0.
std::span<const std::string_view> exit_codes();

// The name's last word: how it is typed behind its group's.
std::string_view last_word(const Command& command);

// nullptr if there is no such command; `word` is its last.
const Command* find_command(std::span<const Command> table, std::string_view word);

// One file each; every one returns an exit code.
int run_set(Invocation& invocation);
int run_append(Invocation& invocation);
int run_unset(Invocation& invocation);
int run_merge(Invocation& invocation);
int run_import(Invocation& invocation);
int run_get(Invocation& invocation);
int run_exists(Invocation& invocation);
int run_keys(Invocation& invocation);
int run_quote(Invocation& invocation);
int run_condition_set(Invocation& invocation);
int run_condition_get(Invocation& invocation);
int run_condition_unset(Invocation& invocation);
int run_condition_list(Invocation& invocation);
int run_destination_set(Invocation& invocation);
int run_destination_list(Invocation& invocation);
int run_destination_unset(Invocation& invocation);
int run_publish(Invocation& invocation);
int run_fail(Invocation& invocation);
int run_suspend(Invocation& invocation);
int run_retry(Invocation& invocation);
int run_resume(Invocation& invocation);
int run_run(Invocation& invocation);
int run_suspended(Invocation& invocation);
int run_preview(Invocation& invocation);
int run_diff(Invocation& invocation);
int run_validate(Invocation& invocation);
int run_completion(Invocation& invocation);
int run_help(Invocation& invocation);
int run_version(Invocation& invocation);

}  // namespace kratix_status::cli
