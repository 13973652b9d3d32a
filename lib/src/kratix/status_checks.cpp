// Checks whether Kratix publishes a status as it is, key by key and as a whole.
#include "kratix/status_checks.h"

#include "kratix/limits.h"
#include "kratix/managed.h"
#include "kratix_status/conditions.h"
#include "kratix_status/json.h"

namespace kratix_status {

namespace {

std::string kibibytes(std::size_t bytes) { return std::to_string((bytes + 1023) / 1024) + " KiB"; }

}  // namespace

Outcome check_key(std::string_view key, const Value& value, WorkflowType workflow) {
  const std::string context = "key " + std::string(key);
  if (const Managed* managed = find_managed_key(key, workflow)) {
    return refused(context, "managed by Kratix: " + std::string(managed->effect), "choose a key of your own");
  }
  if (key == "message" && !value.is_string()) {
    return refused(context,
                   "must be a string, not " + std::string(describe(value.kind())) +
                       ": Kubernetes refuses the whole status otherwise",
                   "give it as one string: kratix-status set message TEXT");
  }
  if (key == "conditions") return check_conditions(value, workflow);
  return Done{};
}

Outcome check_size(const Map& status, std::vector<std::string>& warnings) {
  const std::size_t size = json_size(status);
  if (size > max_status_bytes) {
    return refused(
        "status",
        "would take " + kibibytes(size) + " as JSON; Kubernetes stores at most about " + kibibytes(max_status_bytes),
        "keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status");
  }
  if (size > large_status_bytes) {
    warnings.push_back("the status takes " + kibibytes(size) +
                       " as JSON, which slows every reader of the object; the limit is " + kibibytes(max_status_bytes));
  }
  return Done{};
}

}  // namespace kratix_status
