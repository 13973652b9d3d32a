// completion bash|zsh|fish prints a small script for the shell, which then asks `completion --candidates WORD...`.
#include <fmt/format.h>

#include <algorithm>

#include "completion_scripts.h"
#include "invocation.h"
#include "kratix_status/conditions.h"
#include "output.h"
#include "value/message.h"

namespace kratix_status::cli {

namespace {

// In place of candidates: shells complete paths best themselves. No candidate looks so: a KEY quotes a colon, and a
// type of a condition, which could in a file written by hand, is then left out.
constexpr std::string_view files = ":files";
constexpr std::string_view folders = ":folders";

struct Shell {
  std::string_view name;
  std::string_view script;
};

constexpr Shell shells[] = {{"bash", bash_script}, {"zsh", zsh_script}, {"fish", fish_script}};

// The commands that can be named behind the words of `line`; none if one is named already.
std::span<const Command> commands_behind(const CommandLine& line) {
  if (line.command != nullptr) return {};
  return line.group == nullptr ? commands() : line.group->subcommands;
}

// The operands of a usage such as "get [--from SOURCE] [KEY]": "KEY". Options are left out, brackets taken off.
std::vector<std::string> operands_of(std::string_view usage) {
  std::vector<std::string> operands;
  bool option = false;
  while (!usage.empty()) {
    const bool bracket = usage.starts_with("[-");
    const std::size_t end = std::min(bracket ? usage.find(']') + 1 : usage.find(' '), usage.size());
    std::string word(usage.substr(0, end));
    usage.remove_prefix(std::min(end + 1, usage.size()));
    const bool value_of_option = option;
    option = word.starts_with("--");
    if (word.empty() || bracket || option || value_of_option) continue;
    std::erase_if(word, [](char c) { return c == '[' || c == ']'; });
    operands.push_back(word);
  }
  return operands;
}

// What the operand at `number` may be, by all usages of the command: "KEY", "FILE|-", "bash|zsh|fish".
std::vector<std::string> operand_names(const Command& command, std::size_t number) {
  std::vector<std::string> names;
  for (const std::string_view usage : command.usages) {
    const std::vector<std::string> operands = operands_of(usage.substr(command.name.size()));
    if (operands.empty()) continue;
    const bool repeats = operands.back().ends_with("...");
    if (number >= operands.size() && !repeats) continue;
    std::string name = operands[std::min(number, operands.size() - 1)];
    if (name.ends_with("...")) name.resize(name.size() - 3);
    names.push_back(name);
  }
  return names;
}

constexpr std::size_t most_keys = 1000;

void add_keys(const Map& map, const std::string& parent, std::vector<std::string>& keys) {
  for (const auto& [key, value] : map) {
    if (keys.size() == most_keys) return;
    keys.push_back(parent.empty() ? KeyPath::of(key).text() : parent + key_text(key));
    if (value.is_map()) add_keys(value.as_map(), keys.back() + ".", keys);
  }
}

void add_condition_types(const Map& status, std::vector<std::string>& types) {
  const Value* conditions = status.find("conditions");
  if (conditions == nullptr || !conditions->is_list()) return;
  for (const Value& condition : conditions->as_list()) {
    const Value* type = condition.is_map() ? condition.as_map().find("type") : nullptr;
    if (type != nullptr && type->is_string()) types.push_back(type->as_string());
  }
}

class Candidates {
 public:
  Candidates(Invocation& invocation, std::string word) : invocation_(invocation), word_(std::move(word)) {}

  void add(std::string_view candidate, std::string_view text) {
    if (candidate.starts_with(word_) || candidate == files || candidate == folders)
      lines_ += fmt::format("{}{}{}\n", candidate, text.empty() ? "" : "\t", text);
  }

  void add_options(std::span<const Option> options) {
    for (const Option& option : options) add(fmt::format("--{}", option.name), option.text);
  }

  void add_value_of(const Option& option) {
    if (option.value_name == "DIR") add(folders, "");
    add_alternatives(option.choices);
  }

  void add_operand(const CommandLine& line) {
    for (const std::string& name : operand_names(*line.command, line.operands.size())) {
      if (name == "KEY" || name == "TYPE") add_from_status(line, name == "TYPE");
      if (name == "FIELD") {
        for (const std::string_view field : condition_fields) add(field, "");
      }
      if (name.starts_with("FILE")) add(files, "");
      if (name == "COMMAND") add_commands(commands());
      if (name.find('|') != std::string::npos && !name.starts_with("FILE")) add_alternatives(name);
    }
  }

  void add_commands(std::span<const Command> table) {
    for (const Command& command : table) add(last_word(command), command.summary);
  }

  const std::string& lines() const { return lines_; }

 private:
  void add_alternatives(std::string_view names) {
    while (!names.empty()) {
      const std::size_t end = std::min(names.find('|'), names.size());
      if (names.find('=') >= end) add(names.substr(0, end), "");
      names.remove_prefix(std::min(end + 1, names.size()));
    }
  }

  void add_from_status(const CommandLine& line, bool types) {
    Invocation other(*line.command, line.options, {}, invocation_.files());
    const Result<Map> status = other.source();
    if (!status) return;
    std::vector<std::string> words;
    if (types)
      add_condition_types(*status, words);
    else
      add_keys(*status, "", words);
    for (const std::string& word : words) {
      // A type may hold anything; a key is always printable.
      if (word == printable(word) && word != files && word != folders) add(word, "");
    }
  }

  Invocation& invocation_;
  std::string word_;
  std::string lines_;
};

// Whether an option may follow the words of `line`.
bool may_take_option(const CommandLine& line) {
  if (line.options_ended) return false;
  if (line.command == nullptr || line.command->option_place == OptionPlace::anywhere) return true;
  return line.command->option_place == OptionPlace::before_operands && line.operands.empty();
}

int print_candidates(Invocation& invocation) {
  std::vector<std::string> words = invocation.operands();
  const std::string current = words.empty() ? "" : words.back();
  if (!words.empty()) words.pop_back();
  CommandLine line;
  const Outcome parsed = parse_command_line(std::move(words), line);
  if (!parsed && !line.awaited) return 0;
  Candidates candidates(invocation, current);
  if (line.awaited)
    candidates.add_value_of(*line.awaited);
  else if (current.starts_with("-") && may_take_option(line))
    candidates.add_options(line.command == nullptr ? global_options() : options_of(*line.command));
  else if (line.command == nullptr)
    candidates.add_commands(commands_behind(line));
  else
    candidates.add_operand(line);
  return answer(candidates.lines());
}

}  // namespace

int run_completion(Invocation& invocation) {
  if (invocation.options().has("candidates")) return print_candidates(invocation);
  const auto& operands = invocation.operands();
  if (operands.size() != 1) return report(invocation.usage("one SHELL is needed"));
  std::vector<std::string_view> names;
  for (const Shell& shell : shells) {
    if (shell.name == operands.front()) return answer(shell.script);
    names.push_back(shell.name);
  }
  return report(usage_error("shell " + printable(operands.front()), "unknown", "use bash, zsh or fish"));
}

}  // namespace kratix_status::cli
