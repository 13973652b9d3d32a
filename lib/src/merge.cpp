#include "kratix_status/merge.h"

namespace kratix_status {

namespace {

const Value* type_of(const Value& condition) {
  const Value* type = condition.is_map() ? condition.as_map().find("type") : nullptr;
  return type != nullptr && type->is_string() ? type : nullptr;
}

List merge_conditions(const List& previous, const List& file) {
  List merged;
  const auto add = [&](const Value& condition) {
    const Value* type = type_of(condition);
    if (type == nullptr) return;  // Kratix drops it
    for (Value& known : merged) {
      if (*type_of(known) == *type) {
        known = condition;
        return;
      }
    }
    merged.push_back(condition);
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

Map effective_status(const Map& previous, const Map& file) {
  Map effective = previous;
  effective.erase("message");
  for (const auto& [key, value] : file) {
    Value* there = effective.find(key);
    const bool both_lists = there != nullptr && there->is_list() && value.is_list();
    if (key == "conditions" && both_lists)
      *there = Value(merge_conditions(there->as_list(), value.as_list()));
    else
      effective.set(key, value);
  }
  return effective;
}

bool has_effective(const Map& previous, const Map& file, const KeyPath& path) {
  const auto is_there = [&](const Map& status) {
    const Value* value = find(status, path);
    return value != nullptr && !value->is_null();
  };
  if (path.top() == "conditions") return is_there(effective_status(previous, file));
  return is_there(path.top() == "message" || file.find(path.top()) != nullptr ? file : previous);
}

void bring_from_previous(Map& file, const Map& previous, std::string_view key) {
  if (key == "message" || key == "conditions" || file.find(key) != nullptr) return;
  const Value* there = previous.find(key);
  if (there != nullptr && (there->is_map() || there->is_list())) file.set(std::string(key), *there);
}

}  // namespace kratix_status
