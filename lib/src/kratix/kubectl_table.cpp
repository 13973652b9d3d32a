// Lays out the header and the row that `kubectl get` prints.
#include "kratix/kubectl_table.h"

#include <algorithm>
#include <span>
#include <vector>

#include "value/message.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

struct Column {
  std::string_view header;
  std::string_view key;  // of the status; empty for the message of the condition Reconciled
};

constexpr Column resource_columns[] = {{"MESSAGE", "message"}, {"STATUS", ""}};
constexpr Column promise_columns[] = {
    {"STATUS", "status"},   {"KIND", "kind"},       {"API VERSION", "apiVersion"},
    {"VERSION", "version"}, {"MESSAGE", "message"},
};

using Cells = std::vector<std::string>;

std::string text_in(const Map& map, std::string_view key) {
  const std::string* value = string_in(map, key);
  return value == nullptr ? std::string() : *value;
}

// .status.conditions[?(@.type=="Reconciled")].message
std::string reconciled_message(const Map& status) {
  const List* conditions = list_in(status, "conditions");
  if (conditions == nullptr) return {};
  for (const Value& condition : *conditions) {
    if (condition.is_map() && text_in(condition.as_map(), "type") == "Reconciled")
      return text_in(condition.as_map(), "message");
  }
  return {};
}

// A variation selector or a joiner within an emoji or a word of a script that has joiners, which kubectl shows as it
// is. `before`: what the cell ends with, 0 at its beginning.
bool joins(char32_t c, char32_t before, std::string_view behind) {
  if (c != 0x200C && c != 0x200D && c != 0xFE0E && c != 0xFE0F) return false;
  if (before > 0x9F) return !is_invisible(before);
  char32_t next = 0;
  std::size_t at = 0;
  return before > ' ' && !behind.empty() && decode_utf8(behind, at, next) && next > 0x9F && !is_invisible(next);
}

// Up to the first line break, as kubectl does (k8s.io/cli-runtime, pkg/printers: tableprinter.go, terminal.go), which
// shows ESC as ^[. Whatever else drives a terminal or hides is shown as messages show it.
std::string escaped(std::string_view text) {
  const std::size_t end = text.find_first_of("\f\n\r");
  const std::string_view line = text.substr(0, end);
  std::string out;
  char32_t before = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(line, at);
    const std::string_view character = line.substr(start, at - start);
    if (c == '\x1b')
      out += "^[";
    else if (c == '\t' || c == '\v' || joins(c, before, line.substr(at)))
      out += character;
    else
      out += printable(character);
    before = c;
  }
  return end == std::string_view::npos ? out : out + "...";
}

// A cell that holds a tab is two to the writer.
void add_cell(Cells& cells, std::string_view text) {
  while (true) {
    const std::size_t end = text.find_first_of("\t\v");
    cells.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

// Of each column but the last of a line, which is not padded.
std::vector<std::size_t> column_widths(std::span<const Cells> lines) {
  constexpr std::size_t narrowest = 6;
  constexpr std::size_t padding = 3;
  std::vector<std::size_t> widths;
  for (const Cells& cells : lines) {
    widths.resize(std::max(widths.size(), cells.size() - 1), narrowest);
    for (std::size_t i = 0; i + 1 < cells.size(); ++i)
      widths[i] = std::max(widths[i], count_characters(cells[i]) + padding);
  }
  return widths;
}

}  // namespace

std::string kubectl_table(const std::string& name, const Map& status, WorkflowType workflow) {
  const std::span<const Column> columns =
      workflow == WorkflowType::promise ? std::span<const Column>(promise_columns) : resource_columns;
  Cells lines[2];
  lines[0].emplace_back("NAME");
  add_cell(lines[1], escaped(name));
  for (const Column& column : columns) {
    lines[0].emplace_back(column.header);
    add_cell(lines[1], escaped(column.key.empty() ? reconciled_message(status) : text_in(status, column.key)));
  }
  const std::vector<std::size_t> widths = column_widths(lines);
  std::string table;
  for (const Cells& cells : lines) {
    for (std::size_t i = 0; i + 1 < cells.size(); ++i)
      table += cells[i] + std::string(widths[i] - count_characters(cells[i]), ' ');
    table += cells.back() + "\n";
  }
  return without_log_commands(table);
}

}  // namespace kratix_status
