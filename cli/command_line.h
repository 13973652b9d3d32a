// The command line, parsed by CLI11 from the table of commands: options, the command, and operands, which are data.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "command_table.h"
#include "kratix_status/result.h"

namespace kratix_status::cli {

class Options {
 public:
  bool has(std::string_view name) const { return values_.find(name) != values_.end(); }
  // Empty if the option was not given.
  std::string get(std::string_view name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::string() : found->second;
  }
  void set(std::string_view name, std::string value) { values_.insert_or_assign(std::string(name), std::move(value)); }

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

struct CommandLine {
  const Command* command = nullptr;  // nullptr if the words end before they name one
  const Command* group = nullptr;    // the command whose subcommand is `command`, or is still to be named
  Options options{};
  std::vector<std::string> operands{};
  bool options_ended = false;       // by "--", before the operands
  std::optional<Option> awaited{};  // the option that lacks its value at the end of the words
};

// Parses `words`, which follow the program's name, into `line`. Does not look beyond --version in front of a command.
// Fails with ErrorKind::usage; `line` then holds what was parsed before the error.
Outcome parse_command_line(std::vector<std::string> words, CommandLine& line);

// The first of `operands`, except the leading one, that looks like one of `known`, as in `set KEY VALUE --root DIR`;
// nullptr if there is none. Only for a hint: operands are data.
const Option* find_stray_option(std::span<const std::string> operands, std::span<const Option> known);

// Names the nearest command, of `group` if there is one. Knows other tools' words as well: ls, delete, add.
Error unknown_command(const std::string& name, const Command* group);

}  // namespace kratix_status::cli
