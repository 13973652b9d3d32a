// Registers options of the table with CLI11, lets it parse the words, and reports in our words what is wrong.
#include "command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "habits.h"
#include "value/ascii.h"
#include "value/nearest.h"

namespace kratix_status::cli {

namespace {

bool looks_like_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

// "root" of "--root=DIR"
std::string_view long_name(std::string_view word) { return word.substr(2, word.find('=', 2) - 2); }

const Option* find_long(std::span<const Option> known, std::string_view name) {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Option& option) { return option.name == name; });
  return found == known.end() ? nullptr : &*found;
}

const Option* find_letter(std::span<const Option> known, char letter) {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Option& option) { return option.letter == letter; });
  return found == known.end() ? nullptr : &*found;
}

std::string spelt_long(const Option& option) { return fmt::format("--{}", option.name.view()); }

// The option that habit or a slip made `word` of, such as "-o json" for --json; empty if there is none.
std::string option_meant(std::string_view word, std::span<const Option> known) {
  if (word == "-v" || word == "-V") return "--version";
  const bool is_long = word.starts_with("--");
  const std::string_view name = word.substr(is_long ? 2 : 1);
  if (const Option* option = find_long(known, name)) return spelt_long(*option);
  const Option* output = find_letter(known, 'o');
  if (output != nullptr && name == "json") return "-o json";
  std::vector<std::string_view> names(known.size());
  std::transform(known.begin(), known.end(), names.begin(), [](const Option& option) { return option.name.view(); });
  const std::string_view near = is_long ? nearest(name, names) : std::string_view();
  return near.empty() ? std::string() : fmt::format("--{}", near);
}

// The usage of the command if what follows `word`, --file or --message, is an operand of it; otherwise empty.
std::string_view usage_without(std::string_view word, const Command* command) {
  const std::string_view operand = word == "--file" ? "FILE" : word == "--message" ? "MESSAGE" : "";
  if (operand.empty() || command == nullptr || command->usages.empty()) return {};
  const std::string_view usage = command->usages.front();
  return usage.find(operand) == std::string_view::npos ? std::string_view() : usage;
}

// `word`: without '=' and what follows it.
std::string unknown_option_hint(std::string_view word, std::span<const Option> known, const CommandLine& line) {
  if (word.find(' ') != std::string_view::npos || is_digit(word[1]))
    return "put -- before an operand that starts with '-'";
  if (word == "-f" || word == "--filename") word = "--file";
  const Command* command = line.command == nullptr ? line.group : line.command;
  const std::string_view usage = usage_without(word, command);
  if (!usage.empty()) return fmt::format("no option is needed: kratix-status {}", usage);
  const std::string meant = option_meant(word, known);
  if (!meant.empty()) return fmt::format("did you mean {}?", meant);
  if (command == nullptr) return "kratix-status help lists the options";
  return fmt::format("kratix-status help {} lists the options", command->name);
}

Error unknown_option(std::string_view word, std::span<const Option> known, const CommandLine& line) {
  word = word.substr(0, word.find('='));
  return usage_error("option " + std::string(word), "unknown", unknown_option_hint(word, known, line));
}

// For a line that ends with an option that takes a value: --root, -o or -qo.
Error lacks_value(std::string_view word, std::span<const Option> known, CommandLine& line) {
  const bool is_long = word.starts_with("--");
  const Option* option = is_long ? find_long(known, long_name(word)) : find_letter(known, word.back());
  const std::string spelt = is_long ? std::string(word) : fmt::format("-{}", word.back());
  line.awaited = *option;
  return usage_error("option " + spelt, fmt::format("needs a value: {} {}", spelt, line.awaited->value_name.view()));
}

// CLI11 reads `--default= KEY` as `--default KEY`, `--json=true` as `--json`, and `-q-root=x` as `-q --root=x`. A NUL,
// which no argument holds, goes in front of such a value or dash until CLI11 has parsed the word.
std::string with_mark(std::string word) {
  std::size_t at = std::string::npos;
  if (!word.starts_with("--"))
    at = looks_like_option(word) ? word.find('-', 1) : at;
  else if (const std::size_t equals = word.find('='); equals != std::string::npos)
    at = equals + 1;
  if (at != std::string::npos) word.insert(at, 1, '\0');
  return word;
}

std::string without_mark(std::string word) {
  std::erase(word, '\0');
  return word;
}

// The word that was typed, which CLI11 may have cut: it leaves "-x" of "-qx".
std::string as_typed(const std::string& left, std::span<const std::string> words) {
  std::string word = without_mark(left);
  const auto found = std::find_if(words.begin(), words.end(), [&](std::string_view typed) {
    return looks_like_option(typed) && typed[1] != '-' && typed.ends_with(word.substr(1));
  });
  return left.starts_with("--") || found == words.end() ? word : *found;
}

// Registering an option takes some 8,000 instructions, so only those that a word may name are registered.
bool may_be_named(const Option& option, std::span<const std::string> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    if (word.starts_with("--")) return long_name(word) == option.name;
    return option.letter != '\0' && looks_like_option(word) && word.find(option.letter) != std::string_view::npos;
  });
}

struct Registered {
  const Option* option;
  const CLI::Option* parsed;
};

std::vector<Registered> register_options(CLI::App& app, std::span<const Option> known,
                                         std::span<const std::string> words) {
  std::vector<Registered> registered;
  for (const Option& option : known) {
    if (!may_be_named(option, words)) continue;
    std::string names = spelt_long(option);
    if (option.letter != '\0') names += fmt::format(",-{}", option.letter);
    CLI::Option* added = option.value_name.empty() ? app.add_flag(names) : app.add_option(names);
    added->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
    registered.push_back({&option, added});
  }
  return registered;
}

// `results`: what CLI11 found, each time that the option was given. The last one counts.
Outcome keep_value(const Option& option, const std::vector<std::string>& results, Options& options) {
  if (results.empty()) return Done{};
  const auto is_marked = [](const std::string& value) { return value.starts_with('\0'); };
  if (option.value_name.empty() && std::any_of(results.begin(), results.end(), is_marked))
    return usage_error("option " + spelt_long(option), "takes no value");
  const auto is_empty = [](const std::string& value) { return without_mark(value).empty(); };
  // From an empty variable, most likely; the default would be another place than the one that was meant.
  const bool is_directory = option.value_name == "DIR";
  if ((is_directory || option.value_name == "FILE") && std::any_of(results.begin(), results.end(), is_empty)) {
    return usage_error(
        "option " + spelt_long(option), "is empty",
        fmt::format("name a {}, or leave {} out", is_directory ? "directory" : "file", spelt_long(option)));
  }
  options.set(option.name, option.value_name.empty() ? std::string() : without_mark(results.back()));
  return Done{};
}

// Takes the operands from what CLI11 left: operands, the "--" before them, and options that it does not know.
// Returns the first of these options, or an empty string.
std::string take_operands(const std::vector<std::string>& left, OptionPlace place, CommandLine& line) {
  for (const std::string& word : left) {
    const bool options_allowed = !line.options_ended && (place == OptionPlace::anywhere || line.operands.empty());
    if (!options_allowed || !looks_like_option(word))
      line.operands.push_back(without_mark(word));
    else if (word == "--")
      line.options_ended = true;
    else
      return word;
  }
  return {};
}

// Parses `words`: options among `known`, and operands, which go to `line`.
Outcome parse_options(const std::vector<std::string>& words, std::span<const Option> known, OptionPlace place,
                      CommandLine& line) {
  line.options_ended = false;
  CLI::App app;
  app.set_help_flag();
  if (place == OptionPlace::anywhere)
    app.allow_extras();
  else
    app.prefix_command();
  const std::vector<Registered> registered = register_options(app, known, words);
  std::vector<std::string> reversed(words.size());  // as CLI11 wants it
  std::transform(words.rbegin(), words.rend(), reversed.begin(), with_mark);
  bool complete = true;
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::ArgumentMismatch&) {
    complete = false;
  }
  const std::string unknown = take_operands(app.remaining(), place, line);
  if (!unknown.empty()) return unknown_option(as_typed(unknown, words), known, line);
  for (const auto& [option, parsed] : registered) {
    if (Outcome outcome = keep_value(*option, parsed->results(), line.options); !outcome) return outcome;
  }
  return complete ? Outcome(Done{}) : lacks_value(words.back(), known, line);
}

// Where no option can be, CLI11 is not asked and the known options are not put together: that saves 30,000
// instructions.
bool may_hold_options(std::span<const std::string> words, OptionPlace place) {
  if (place == OptionPlace::before_operands) return !words.empty() && looks_like_option(words.front());
  return place == OptionPlace::anywhere && std::any_of(words.begin(), words.end(), looks_like_option);
}

}  // namespace

Outcome parse_command_line(std::vector<std::string> words, CommandLine& line) {
  for (std::span<const Command> table = commands(); !table.empty();) {
    if (may_hold_options(words, OptionPlace::before_operands)) {
      if (Outcome outcome = parse_options(words, global_options(), OptionPlace::before_operands, line); !outcome)
        return outcome;
      words = std::exchange(line.operands, {});
    }
    if (words.empty() || line.options.has("version")) return Done{};
    const Command* found = find_command(table, words.front());
    if (found == nullptr) return unknown_command(words.front(), line.group);
    words.erase(words.begin());
    table = found->subcommands;
    (table.empty() ? line.command : line.group) = found;
  }
  line.options_ended = false;
  const OptionPlace place = line.command->option_place;
  if (may_hold_options(words, place)) return parse_options(words, options_of(*line.command), place, line);
  line.operands = std::move(words);
  return Done{};
}

const Option* find_stray_option(std::span<const std::string> operands, std::span<const Option> known) {
  for (std::size_t i = 1; i < operands.size(); ++i) {
    const std::string_view word = operands[i];
    const Option* option = nullptr;
    if (word.starts_with("--"))
      option = find_long(known, long_name(word));
    else if (word.size() == 2 && word.front() == '-')
      option = find_letter(known, word[1]);
    if (option != nullptr) return option;
  }
  return nullptr;
}

Error unknown_command(const std::string& name, const Command* group) {
  const std::span<const Command> known = group == nullptr ? commands() : group->subcommands;
  std::vector<std::string_view> names(known.size());
  std::transform(known.begin(), known.end(), names.begin(), last_word);
  const std::string prefix = group == nullptr ? "" : fmt::format("{} ", group->name);
  const std::string_view habit = commands_for_habit(name, group != nullptr);
  const std::string_view near = habit.empty() ? nearest(name, names) : habit;
  return usage_error(fmt::format("command {}{}", prefix, name.empty() ? "\"\"" : name), "unknown",
                     near.empty() ? fmt::format("kratix-status help {}lists the commands", prefix)
                                  : fmt::format("did you mean {}{}?", prefix, near));
}

}  // namespace kratix_status::cli
