// Finds, sets and removes one condition in the list of a status.
#include "kratix/condition_list.h"

#include <algorithm>
#include <string>

#include "kratix_status/conditions.h"
#include "kratix_status/pipeline.h"

namespace kratix_status {

namespace {

// Empty if there is no such string.
std::string_view field_of(const Value& condition, std::string_view name) {
  const std::string* value = string_in(condition, name);
  return value == nullptr ? std::string_view() : *value;
}

bool has_type(const Value& condition, std::string_view type) {
  return !type.empty() && field_of(condition, "type") == type;
}

// Empty if the time is not to be kept.
std::string_view time_to_keep(const Map& status, const NewCondition& condition) {
  const Value* there = find_condition(status, condition.type);
  if (there == nullptr || field_of(*there, "status") != condition.status) return {};
  const std::string_view time = field_of(*there, "lastTransitionTime");
  return is_date_time(time) ? time : std::string_view();
}

std::string_view transition_time(const Map& file, const Map& previous, const NewCondition& condition,
                                 std::string_view now) {
  for (const Map* status : {&file, &previous}) {
    if (const std::string_view time = time_to_keep(*status, condition); !time.empty()) return time;
  }
  return now;
}

Value with_time(const NewCondition& condition, std::string_view time) {
  Map map;
  map.set("type", condition.type);
  map.set("status", condition.status);
  map.set("reason", condition.reason);
  map.set("message", condition.message);
  map.set("lastTransitionTime", std::string(time));
  return map;
}

std::string place_of(const std::string& type) {
  constexpr std::size_t worth_showing = 80;
  return type.size() > worth_showing ? "condition" : "condition " + type;
}

// nullptr if `conditions` is something else than a list. A null counts as missing.
List* conditions_of(Map& file) {
  Value* conditions = file.find("conditions");
  if (conditions == nullptr || conditions->is_null()) conditions = &file.set("conditions", List{});
  return conditions->is_list() ? &conditions->as_list() : nullptr;
}

}  // namespace

const Value* find_condition(const Map& status, std::string_view type) {
  const Value* conditions = status.find("conditions");
  if (conditions == nullptr || !conditions->is_list()) return nullptr;
  const List& list = conditions->as_list();
  const auto found =
      std::find_if(list.rbegin(), list.rend(), [&](const Value& condition) { return has_type(condition, type); });
  return found == list.rend() ? nullptr : &*found;
}

Outcome set_condition(Map& file, const Map& previous, const NewCondition& condition, std::string_view now,
                      WorkflowType workflow) {
  const Value value = with_time(condition, transition_time(file, previous, condition, now));
  if (Outcome outcome = check_condition(value, place_of(condition.type), workflow); !outcome) return outcome;
  List* list = conditions_of(file);
  if (list == nullptr) {
    return refused("key conditions",
                   "is " + std::string(describe(file.find("conditions")->kind())) + ", not a list of conditions",
                   "remove it first: kratix-status unset conditions");
  }
  const auto is_same = [&](const Value& other) { return has_type(other, condition.type); };
  const auto place = std::find_if(list->begin(), list->end(), is_same);
  if (place == list->end()) {
    list->push_back(value);
    return Done{};
  }
  *place = value;
  // If two have the same type, Kratix keeps the last: it would not be this one.
  list->erase(std::remove_if(place + 1, list->end(), is_same), list->end());
  return Done{};
}

bool remove_condition(Map& file, std::string_view type) {
  if (find_condition(file, type) == nullptr) return false;
  List& list = file.find("conditions")->as_list();
  list.erase(std::remove_if(list.begin(), list.end(), [&](const Value& other) { return has_type(other, type); }),
             list.end());
  if (list.empty()) file.erase("conditions");
  return true;
}

}  // namespace kratix_status
