// The words that people type who know kubectl, git, yq or a shell, beside what does the same here.
#include "habits.h"

#include <algorithm>
#include <span>

#include "value/text_field.h"

namespace kratix_status::cli {

namespace {

struct Habit {
  TextField<8> word;
  TextField<16> commands;
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
    {"extract", "import"},
    {"has", "exists"},
    {"jq", "get --file"},
    {"lint", "validate"},
    {"list", "keys or get"},
    {"load", "import or merge"},
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
    {"yq", "get --file"},
};
constexpr Habit condition_habits[] = {
    {"add", "set"},      {"cat", "get"},  {"del", "unset"},        {"delete", "unset"}, {"ls", "list"},
    {"remove", "unset"}, {"rm", "unset"}, {"show", "list or get"}, {"update", "set"},
};

}  // namespace

std::string_view commands_for_habit(std::string_view word, bool in_group) {
  const std::span<const Habit> known = in_group ? std::span<const Habit>(condition_habits) : habits;
  const auto found = std::find_if(known.begin(), known.end(), [&](const Habit& habit) { return habit.word == word; });
  return found == known.end() ? std::string_view() : found->commands.view();
}

}  // namespace kratix_status::cli
