
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "arguments.h"
#include "value/message.h"
#include "value/nearest.h"

namespace kratix_status::cli {

namespace {

const Option* find_option(std::span<const Option> known, std::string_view name) {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Option& option) { return option.name == name; });
  return found == known.end() ? nullptr : &*found;
}

const Option* find_letter(std::span<const Option> known, char letter) {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Option& option) { return option.letter == letter; });
  return found == known.end() ? nullptr : &*found;
}

// What people type who know another tool's command line, and what does it here.
struct Habit {
  std::string_view word;
  std::string_view commands;
};

constexpr Habit habits[] = {
    {"add", "append"},
    {"apply", "merge"},
    {"cat", "get"},
    {"check", "validate"},
    {"compare", "diff"},
    {"continue", "resume"},
    {"del", "unset"},
    {"delete", "unset"},
    {"has", "exists"},
    {"lint", "validate"},
    {"list", "keys or get"},
    {"ls", "keys or get"},
    {"patch", "merge"},
    {"pause", "suspend"},
    {"print", "get"},
    {"push", "append"},
    {"put", "set"},
    {"read", "get"},
    {"remove", "unset"},
    {"requeue", "retry"},
    {"rm", "unset"},
    {"show", "get or keys"},
    {"sleep", "retry"},
    {"stop", "suspend"},
    {"update", "set or merge"},
    {"wait", "retry or suspend"},
    {"write", "set"},
};
constexpr Habit condition_habits[] = {
    {"add", "set"},      {"cat", "get"},  {"del", "unset"},        {"delete", "unset"}, {"ls", "list"},
    {"remove", "unset"}, {"rm", "unset"}, {"show", "list or get"}, {"update", "set"},
};

// "keys or get", empty if `name` is nobody's habit.
std::string_view commands_for_habit(std::string_view name, bool in_group) {
  const std::span<const Habit> known = in_group ? std::span<const Habit>(condition_habits) : habits;
  const auto found = std::find_if(known.begin(), known.end(), [&](const Habit& habit) { return habit.word == name; });
  return found == known.end() ? std::string_view() : found->commands;
}

Error unknown_option(std::string_view argument, std::span<const Option> known) {
  if (argument == "-v" || argument == "-V")
    return usage_error("option " + std::string(argument), "unknown", "did you mean --version?");
  std::vector<std::string_view> names(known.size());
  std::transform(known.begin(), known.end(), names.begin(), [](const Option& option) { return option.name; });
  const std::string_view name = argument.substr(0, argument.find('='));
  const std::string_view near = name.starts_with("--") ? nearest(name.substr(2), names) : std::string_view();
  return usage_error("option " + printable(name), "unknown",
                     near.empty() ? "options come before operands; put -- before an operand that starts with '-'"
                                  : fmt::format("did you mean --{}?", near));
}

// One option as CLI11 shall see it: "--name", and the value as an argument of its own, so that an empty value or one
// that looks like an option is a value all the same.
struct Taken {
  std::vector<std::string> words;
  std::size_t arguments = 1;
};

Result<Taken> with_value(const Option& option, std::string_view spelt, std::string value, Taken taken) {
  // From an empty variable, most likely; the default would be another directory than the one that was meant.
  if (value.empty() && option.value_name == "DIR") {
    return usage_error(fmt::format("option {}", spelt), "is empty",
                       fmt::format("name a directory, or leave {} out", spelt));
  }
  taken.words.push_back(std::move(value));
  return taken;
}

Result<Taken> take_value(const Option& option, std::string_view spelt, std::span<const std::string> rest, Taken taken) {
  if (rest.empty())
    return usage_error(fmt::format("option {}", spelt), fmt::format("needs a value: {} {}", spelt, option.value_name));
  ++taken.arguments;
  return with_value(option, spelt, rest.front(), std::move(taken));
}

Result<Taken> take_long(std::string_view argument, std::span<const std::string> rest, std::span<const Option> known) {
  const std::size_t equals = argument.find('=');
  const Option* option = find_option(known, argument.substr(2, equals == std::string_view::npos ? equals : equals - 2));
  if (option == nullptr) return unknown_option(argument, known);
  Taken taken{{fmt::format("--{}", option->name)}};
  if (equals == std::string_view::npos) {
    return option->value_name.empty() ? taken : take_value(*option, taken.words.front(), rest, taken);
  }
  if (option->value_name.empty()) return usage_error("option " + taken.words.front(), "takes no value");
  const std::string spelt = taken.words.front();
  return with_value(*option, spelt, std::string(argument.substr(equals + 1)), std::move(taken));
}

// -q, -qh, -o json, -ojson
Result<Taken> take_letters(std::string_view argument, std::span<const std::string> rest,
                           std::span<const Option> known) {
  Taken taken;
  for (std::size_t i = 1; i < argument.size(); ++i) {
    const Option* option = find_letter(known, argument[i]);
    if (option == nullptr) return unknown_option(argument, known);
    taken.words.push_back(fmt::format("--{}", option->name));
    if (option->value_name.empty()) continue;
    if (i + 1 == argument.size()) return take_value(*option, fmt::format("-{}", option->letter), rest, taken);
    taken.words.emplace_back(argument.substr(i + 1));
    break;
  }
  return taken;
}

// REQUIRES: `words` has been checked against `known`
void parse_words(std::vector<std::string> words, std::span<const Option> known, Options& options) {
  CLI::App app;
  app.set_help_flag();
  std::vector<std::string> values(known.size());
  std::vector<CLI::Option*> added;
  for (std::size_t i = 0; i < known.size(); ++i) {
    const std::string name = fmt::format("--{}", known[i].name);
    CLI::Option* option = known[i].value_name.empty() ? app.add_flag(name) : app.add_option(name, values[i]);
    added.push_back(option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast));
  }
  std::reverse(words.begin(), words.end());  // as CLI11 wants it
  app.parse(words);
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (added[i]->count() > 0) options.set(known[i].name, values[i]);
  }
}

// The options at the front of a command line.
struct Front {
  std::size_t arguments = 0;
  bool ended = false;  // by "--"
};

Result<Front> parse_front(std::span<const std::string> arguments, std::span<const Option> known, Options& options) {
  std::vector<std::string> words;
  Front front;
  while (front.arguments < arguments.size()) {
    const std::string& argument = arguments[front.arguments];
    if (argument.size() < 2 || argument.front() != '-') break;
    if (argument == "--") {
      front.ended = true;
      ++front.arguments;
      break;
    }
    const auto rest = arguments.subspan(front.arguments + 1);
    Result<Taken> taken =
        argument.starts_with("--") ? take_long(argument, rest, known) : take_letters(argument, rest, known);
    if (!taken) return taken.error();
    words.insert(words.end(), taken->words.begin(), taken->words.end());
    front.arguments += taken->arguments;
  }
  if (words.empty()) return front;
  try {
    parse_words(std::move(words), known, options);
  } catch (const CLI::ParseError& e) {
    return usage_error("command line", e.what());
  }
  return front;
}

}  // namespace

Error usage_error(std::string context, std::string cause, std::string cure) {
  return {ErrorKind::usage, std::move(context), std::move(cause), std::move(cure), {}};
}

Error unknown_command(const std::string& name, const Command* group) {
  const std::span<const Command> known = group == nullptr ? commands() : group->subcommands;
  std::vector<std::string_view> names(known.size());
  std::transform(known.begin(), known.end(), names.begin(), last_word);
  const std::string prefix = group == nullptr ? "" : fmt::format("{} ", group->name);
  const std::string_view habit = commands_for_habit(name, group != nullptr);
  const std::string_view near = habit.empty() ? nearest(name, names) : habit;
  return usage_error(fmt::format("command {}{}", prefix, printable(name)), "unknown",
                     near.empty() ? fmt::format("kratix-status help {}lists the commands", prefix)
                                  : fmt::format("did you mean {}{}?", prefix, near));
}

const Option* find_stray_option(std::span<const std::string> operands, std::span<const Option> known) {
  for (std::size_t i = 1; i < operands.size(); ++i) {
    const std::string_view word = operands[i];
    const Option* option = nullptr;
    if (word.starts_with("--"))
      option =
          find_option(known, word.substr(2, word.find('=') == std::string_view::npos ? word.npos : word.find('=') - 2));
    else if (word.size() == 2 && word.front() == '-')
      option = find_letter(known, word[1]);
    if (option != nullptr) return option;
  }
  return nullptr;
}

Result<std::size_t> parse_options(std::span<const std::string> arguments, std::span<const Option> known,
                                  Options& options) {
  const Result<Front> front = parse_front(arguments, known, options);
  return front ? Result<std::size_t>(front->arguments) : front.error();
}

Result<std::vector<std::string>> parse_arguments(std::span<const std::string> arguments, std::span<const Option> known,
                                                 OptionPlace place, Options& options) {
  if (place == OptionPlace::nowhere) return std::vector<std::string>(arguments.begin(), arguments.end());
  std::vector<std::string> operands;
  while (true) {
    const Result<Front> front = parse_front(arguments, known, options);
    if (!front) return front.error();
    arguments = arguments.subspan(front->arguments);
    if (front->ended || arguments.empty() || place == OptionPlace::before_operands) break;
    operands.push_back(arguments.front());
    arguments = arguments.subspan(1);
  }
  operands.insert(operands.end(), arguments.begin(), arguments.end());
  return operands;
}

}  // namespace kratix_status::cli
