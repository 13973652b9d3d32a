// completion bash|zsh|fish prints a small script for the shell, which then asks `completion --candidates WORD...`.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "completion_scripts.h"
#include "document/document.h"
#include "document/terraform.h"
#include "files/whole_file.h"
#include "invocation.h"
#include "kratix/limits.h"
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

// A selector of each item, by the field that people name it by; its position where that is not clear.
std::vector<std::string> item_texts(const List& list) {
  const std::vector<std::string> fields[] = {{"type"}, {"name"}, {"metadata", "name"}, {"id"}, {"key"}};
  for (const std::vector<std::string>& field : fields) {
    KeySegment selector{.field = field};
    std::set<std::string> texts;
    std::vector<std::string> in_order;
    for (const Value& item : list) {
      const Value* value = find_field(item, selector);
      if (value == nullptr || !value->is_string()) break;
      selector.key = value->as_string();
      in_order.push_back(segment_text(selector));
      if (!texts.insert(in_order.back()).second) break;
    }
    if (texts.size() == list.size()) return in_order;
  }
  std::vector<std::string> positions;
  for (std::size_t i = 0; i < list.size(); ++i) positions.push_back(fmt::format("[{}]", i));
  return positions;
}

// The paths of what is below `value`, which is at `parent`. `items`: those of lists, too.
void add_keys(const Value& value, const std::string& parent, bool items, std::vector<std::string>& keys) {
  const auto add = [&](const std::string& path, const Value& member) {
    if (keys.size() == most_keys) return;
    keys.push_back(path);
    add_keys(member, path, items, keys);
  };
  if (value.is_map()) {
    for (const auto& [key, member] : value.as_map())
      add(parent.empty() ? KeyPath::of(key).text() : fmt::format("{}.{}", parent, key_text(key)), member);
  } else if (value.is_list() && items) {
    const List& list = value.as_list();
    const std::vector<std::string> texts = list.size() > most_keys ? std::vector<std::string>() : item_texts(list);
    for (std::size_t i = 0; i < texts.size(); ++i) add(parent + texts[i], list[i]);
  }
}

// Null where FILE cannot be read at once: neither standard input nor a FIFO is.
Value document_in(FileSystem& system, const std::string& path) {
  if (path == "-") return {};
  const Result<std::optional<std::string>> text = read_regular(system, path, max_file_bytes);
  if (!text || !*text) return {};
  Result<Value> document = read_document(**text, path);
  return document ? std::move(*document) : Value();
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
    for (const Option& option : options) add(fmt::format("--{}", option.name.view()), option.text);
  }

  void add_value_of(const Option& option) {
    if (option.value_name == "DIR") add(directories, "");
    if (option.value_name == "FILE") add(files, "");
    add_choices(option.choices);
  }

  void add_operand(const CommandLine& line) {
    const Operand* operand = next_operand(*line.command, line.operands.size());
    if (operand == nullptr) return;
    switch (operand->kind) {
      case OperandKind::text: break;
      case OperandKind::key: return add_from_status(line, false);
      case OperandKind::key_to_read:
        if (!line.options.has("file")) return add_from_status(line, false);
        return add_paths("", document_in(real_file_system(), line.options.get("file")));
      case OperandKind::import_field: return add_import(line);
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
    Result<Map> status = other.source();
    if (!status) return;
    std::vector<std::string> words;
    const Operand* operand = next_operand(*line.command, line.operands.size());
    if (types)
      add_condition_types(*status, words);
    else
      add_keys(Value(std::move(*status)), "", operand->kind == OperandKind::key_to_read, words);
    for (const std::string& word : words) {
      // A type may hold anything; a key is always printable.
      if (word == printable(word) && word != files && word != directories) add(word, "");
    }
  }

  void add_paths(const std::string& front, const Value& document) {
    std::vector<std::string> paths;
    add_keys(document, "", true, paths);
    for (const std::string& path : paths) add(front + path, "");
  }

  // KEY of the status, PATH of the document behind KEY=, or NAME of an output.
  void add_import(const CommandLine& line) {
    const std::string& file = line.operands.front();
    AssignmentOperator found{};
    if (line.options.has("terraform"))
      add_outputs(document_in(real_file_system(), file), file);
    else if (find_assignment(word_, found))
      add_paths(word_.substr(0, found.value_start), document_in(real_file_system(), file));
    else
      add_from_status(line, false);
  }

  void add_outputs(const Value& document, const std::string& file) {
    const Result<std::vector<TerraformOutput>> outputs = terraform_outputs(document, file);
    if (!outputs) return;
    for (const TerraformOutput& output : *outputs) {
      if (*output.name == printable(*output.name)) add(*output.name, output.is_sensitive ? "sensitive" : "");
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
