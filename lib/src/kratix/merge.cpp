// Merges statuses: deeply, as the docs promise, and by top-level keys, as Kratix does.
#include "kratix/merge.h"

#include <string_view>
#include <unordered_map>

namespace kratix_status {

namespace {

List merge_conditions(const List& previous, const List& file) {
  List merged;
  std::unordered_map<std::string_view, std::size_t> places;
  const auto add = [&](const Value& condition) {
    const std::string* type = string_in(condition, "type");
    if (type == nullptr) return;  // Kratix drops it
    const auto [place, is_new] = places.try_emplace(*type, merged.size());
    if (is_new)
      merged.push_back(condition);
    else
      merged[place->second] = condition;
  };
  for (const Value& condition : previous) add(condition);
  for (const Value& condition : file) add(condition);
  return merged;
}

}  // namespace

void deep_merge(Map& into, const Map& from) {
  for (const auto& [key, value] : from) {
    Value* there = into.find(key);
    if (there != nullptr && there->is_map() && value.is_map())
      deep_merge(there->as_map(), value.as_map());
    else
      into.set(key, value);
  }
}

Map merge_statuses(const Map& previous, const Map& file) {
  Map merged = previous;
  for (const auto& [key, value] : file) {
    Value* there = merged.find(key);
    const bool both_lists = there != nullptr && there->is_list() && value.is_list();
    if (key == "conditions" && both_lists)
      *there = Value(merge_conditions(there->as_list(), value.as_list()));
    else
      merged.set(key, value);
  }
  return merged;
}

Map effective_status(Map previous, const Map& file, bool resets_message) {
  if (resets_message) previous.erase("message");
  return merge_statuses(previous, file);
}

bool is_decided_by_file(const Map& file, const KeyPath& path, bool resets_message) {
  if (path.top() == "message" && resets_message) return true;
  return path.top() != "conditions" && file.find(path.top()) != nullptr;
}

bool has_effective(const Map& previous, const Map& file, const KeyPath& path, bool resets_message) {
  const auto is_there = [&](const Map& status) {
    const Value* value = find(status, path);
    const bool is_placeholder = path.top() == "message" && value != nullptr && *value == Value(pending_message);
    return value != nullptr && !value->is_null() && !is_placeholder;
  };
  if (path.top() == "conditions") return is_there(effective_status(previous, file, resets_message));
  return is_there(is_decided_by_file(file, path, resets_message) ? file : previous);
}

void bring_from_previous(Map& file, const Map& previous, std::string_view key) {
  if (key == "message" || key == "conditions" || file.find(key) != nullptr) return;
  const Value* there = previous.find(key);
  if (there != nullptr && (there->is_map() || there->is_list())) file.set(std::string(key), *there);
}

}  // namespace kratix_status
