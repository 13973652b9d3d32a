// Reads the live object's metadata and Kratix's records in its status.
#include "cluster/live_object.h"

#include <algorithm>

#include "kratix/clock.h"
#include "kratix/object.h"

namespace kratix_status {

namespace {

const List& managed_fields(const Map& object) {
  static const List none;
  const Value* fields = find_metadata(object, "managedFields");
  return fields != nullptr && fields->is_list() ? fields->as_list() : none;
}

bool is_by(const Value& entry, std::string_view manager) {
  const std::string* name = string_in(entry, "manager");
  return name != nullptr && *name == manager;
}

bool holds_message(const Value& entry) {
  const Map* fields = entry.is_map() ? map_in(entry.as_map(), "fieldsV1") : nullptr;
  const Map* status = fields == nullptr ? nullptr : map_in(*fields, "f:status");
  return status != nullptr && status->find("f:message") != nullptr;
}

bool has_message_of(const Map& object, std::string_view manager) {
  const List& entries = managed_fields(object);
  return std::any_of(entries.begin(), entries.end(),
                     [&](const Value& entry) { return is_by(entry, manager) && holds_message(entry); });
}

}  // namespace

std::string resource_version(const Map& object) {
  const Value* version = find_metadata(object, "resourceVersion");
  return version != nullptr && version->is_string() ? version->as_string() : "";
}

std::optional<std::int64_t> last_published(const Map& object) {
  std::optional<std::int64_t> last;
  for (const Value& entry : managed_fields(object)) {
    if (!is_by(entry, field_manager) && !is_by(entry, failure_field_manager)) continue;
    const std::string* time = string_in(entry, "time");
    const std::optional<std::int64_t> seconds = time == nullptr ? std::nullopt : parse_utc_time(*time);
    if (seconds && (!last || *seconds > *last)) last = seconds;
  }
  return last;
}

bool shows_failure(const Map& object) { return has_message_of(object, failure_field_manager); }

bool shows_published_message(const Map& object) { return has_message_of(object, field_manager); }

bool is_about_to_be_recorded(const Map& object, std::string_view pipeline) {
  const Map* status = map_in(object, "status");
  const Map* kratix = status == nullptr ? nullptr : map_in(*status, "kratix");
  const Map* workflows = kratix == nullptr ? nullptr : map_in(*kratix, "workflows");
  const List* records = workflows == nullptr ? nullptr : list_in(*workflows, "pipelines");
  if (records == nullptr || pipeline.empty()) return false;
  return std::any_of(records->begin(), records->end(), [&](const Value& record) {
    const std::string* name = string_in(record, "name");
    const std::string* phase = string_in(record, "phase");
    return name != nullptr && *name == pipeline && phase != nullptr && *phase != "Running";
  });
}

}  // namespace kratix_status
