// The command line, taken apart: options first, then operands, which are data and never looked at here.
#pragma once

#include <map>
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

// Parses the options at the front of `arguments` into `options`, and returns how many arguments they took. The rest,
// from the first argument that is no option, are operands; "--" ends the options and is none.
// Fails with ErrorKind::usage, naming the nearest right option.
Result<std::size_t> parse_options(std::span<const std::string> arguments, std::span<const Option> known,
                                  Options& options);

// All of `arguments`: the operands, with the options where `place` allows them parsed into `options`.
Result<std::vector<std::string>> parse_arguments(std::span<const std::string> arguments, std::span<const Option> known,
                                                 OptionPlace place, Options& options);

// The first of `operands`, the leading one aside, that looks like one of `known`, as in `set KEY VALUE --root DIR`;
// nullptr if there is none. Only for a hint: operands are data.
const Option* find_stray_option(std::span<const std::string> operands, std::span<const Option> known);

// Names the nearest command, of `group` if there is one, also for other tools' words: ls, delete, add.
Error unknown_command(const std::string& name, const Command* group);

Error usage_error(std::string context, std::string cause, std::string cure = {});

}  // namespace kratix_status::cli
