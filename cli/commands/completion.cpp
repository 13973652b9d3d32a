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
constexpr std::string_view directories = ":directories";

struct Shell {
  std::string_view name;
  std::string_view script;
};

constexpr Shell shells[] = {{"bash", bash_script}, {"zsh", zsh_script}, {"fish", fish_script}};

// The operand that stands behind `given` others; nullptr if no more can follow.
const Operand* next_operand(const Command& command, std::size_t given) {
  const std::span<const Operand> operands = command.operands;
  if (given < operands.size()) return &operands[given];
  return operands.empty() || !operands.back().repeats ? nullptr : &operands.back();
}

// Behind `words`, which name commands: "condition", then one of its subcommands.
std::span<const Command> commands_behind(std::span<const std::string> words) {
  std::span<const Command> table = commands();
  for (const std::string& word : words) {
    const Command* found = find_command(table, word);
    if (found == nullptr) return {};
    table = found->subcommands;
  }
  return table;
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
  const List* conditions = list_in(status, "conditions");
  if (conditions == nullptr) return;
  for (const Value& condition : *conditions) {
    if (const std::string* type = string_in(condition, "type")) types.push_back(*type);
  }
}

class Candidates {
 public:
  explicit Candidates(std::string word) : word_(std::move(word)) {}

  void add(std::string_view candidate, std::string_view text) {
    if (candidate.starts_with(word_) || candidate == files || candidate == directories)
      lines_ += fmt::format("{}{}{}\n", candidate, text.empty() ? "" : "\t", text);
  }

  void add_options(std::span<const Option> options) {
    for (const Option& option : options) add(fmt::format("--{}", option.name), option.text);
  }

  void add_value_of(const Option& option) {
    if (option.value_name == "DIR") add(directories, "");
    add_choices(option.choices);
  }

  void add_operand(const CommandLine& line) {
    const Operand* operand = next_operand(*line.command, line.operands.size());
    if (operand == nullptr) return;
    switch (operand->kind) {
      case OperandKind::text: break;
      case OperandKind::key: return add_from_status(line, false);
      case OperandKind::condition_type: return add_from_status(line, true);
      case OperandKind::condition_field:
        for (const std::string_view field : condition_fields) add(field, "");
        break;
      case OperandKind::file:
      case OperandKind::program: return add(files, "");
      case OperandKind::command: return add_commands(commands_behind(line.operands));
      case OperandKind::choice: return add_choices(operand->choices);
    }
  }

  void add_commands(std::span<const Command> table) {
    for (const Command& command : table) add(last_word(command), command.summary);
  }

  const std::string& lines() const { return lines_; }

 private:
  // `choices`: "raw|yaml|json"
  void add_choices(std::string_view choices) {
    while (!choices.empty()) {
      const std::size_t end = std::min(choices.find('|'), choices.size());
      add(choices.substr(0, end), "");
      choices.remove_prefix(std::min(end + 1, choices.size()));
    }
  }

  void add_from_status(const CommandLine& line, bool types) {
    Invocation other(*line.command, line.options, {});
    const Result<Map> status = other.source();
    if (!status) return;
    std::vector<std::string> words;
    if (types)
      add_condition_types(*status, words);
    else
      add_keys(*status, "", words);
    for (const std::string& word : words) {
      // A type may hold anything; a key is always printable.
      if (word == printable(word) && word != files && word != directories) add(word, "");
    }
  }

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
  Candidates candidates(current);
  if (line.awaited)
    candidates.add_value_of(*line.awaited);
  else if (current.starts_with("-") && may_take_option(line))
    candidates.add_options(line.command == nullptr ? global_options() : options_of(*line.command));
  else if (line.command == nullptr)
    candidates.add_commands(line.group == nullptr ? commands() : line.group->subcommands);
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
  return report(usage_error("shell " + operands.front(), "unknown", "use bash, zsh or fish"));
}

}  // namespace kratix_status::cli
