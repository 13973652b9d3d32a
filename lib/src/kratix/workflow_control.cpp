// Reads and writes workflow-control.yaml.
#include "kratix_status/workflow_control.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "kratix/duration.h"
#include "kratix/limits.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "value/ascii.h"

namespace kratix_status {

namespace {

Error wrong(const std::string& name, std::string cause, std::string fix = {}) {
  return malformed(name, std::move(cause), std::move(fix));
}

Outcome take_boolean(const Map::Entry& entry, const std::string& name, bool& field) {
  if (entry.value.is_null()) return Done{};
  if (entry.value.kind() != Value::Kind::boolean) {
    return wrong(name, entry.key + " must be true or false, not " + std::string(describe(entry.value.kind())),
                 "write the file with kratix-status suspend");
  }
  field = entry.value.as_boolean();
  return Done{};
}

// sigs.k8s.io/yaml makes strings of scalars where a string is wanted.
Outcome take_string(const Map::Entry& entry, const std::string& name, std::string& field) {
  if (entry.value.is_null()) return Done{};
  if (entry.value.is_list() || entry.value.is_map()) {
    return wrong(name, entry.key + " must be a string, not " + std::string(describe(entry.value.kind())),
                 "write the file with kratix-status suspend");
  }
  field = entry.value.is_string() ? entry.value.as_string() : to_json(entry.value);
  return Done{};
}

Outcome take(const Map::Entry& entry, const std::string& name, WorkflowControl& control) {
  const std::string_view field = control_field(entry.key);
  if (field == "suspend") return take_boolean(entry, name, control.suspend);
  if (field == "message") return take_string(entry, name, control.message);
  if (field == "retryAfter") return take_string(entry, name, control.retry_after);
  return Done{};
}

// kratix.workflows.pipelines; nullptr if there is no such list.
const List* find_records(const Map& status) {
  const Map* kratix = map_in(status, "kratix");
  const Map* workflows = kratix == nullptr ? nullptr : map_in(*kratix, "workflows");
  return workflows == nullptr ? nullptr : list_in(*workflows, "pipelines");
}

}  // namespace

std::string_view control_field(std::string_view key) {
  const std::string wanted = lower(key);
  const auto* const found = std::find_if(std::begin(control_fields), std::end(control_fields),
                                         [&](std::string_view field) { return lower(field) == wanted; });
  return found == std::end(control_fields) ? std::string_view() : *found;
}

Result<std::string> write_workflow_control(const WorkflowControl& control) {
  Map map;
  if (control.suspend) map.set("suspend", true);
  if (!control.retry_after.empty()) map.set("retryAfter", control.retry_after);
  if (!control.message.empty()) map.set("message", control.message);
  return write_yaml(map, max_file_bytes);
}

Result<WorkflowControl> read_workflow_control(const Value& root, const std::string& name) {
  // Kratix's reader goes through JSON, whose keys come sorted: of two casings the last one wins.
  std::vector<const Map::Entry*> entries;
  for (const Map::Entry& entry : root.as_map()) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
  WorkflowControl control;
  for (const Map::Entry* entry : entries) {
    if (Outcome taken = take(*entry, name, control); !taken) return taken.error();
  }
  if (control.retry_after.empty()) return control;
  const Result<std::int64_t> duration = parse_go_duration(control.retry_after);
  if (duration) return control;
  return wrong(name, "retryAfter: " + duration.error().context + ": " + duration.error().cause, duration.error().fix);
}

std::int64_t attempts_so_far(const Map& previous, const std::string& pipeline) {
  const List* records = find_records(previous);
  if (records == nullptr) return 0;
  for (const Value& record : *records) {
    const std::string* name = string_in(record, "name");
    if (name == nullptr || *name != pipeline) continue;
    const Value* attempts = record.as_map().find("attempts");
    return attempts != nullptr && attempts->kind() == Value::Kind::integer ? attempts->as_integer() : 0;
  }
  return 0;
}

}  // namespace kratix_status
