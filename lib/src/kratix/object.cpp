// Looks into a Kubernetes object.
#include "kratix/object.h"

namespace kratix_status {

const Value* find_metadata(const Map& object, std::string_view key) {
  const Map* metadata = map_in(object, "metadata");
  return metadata == nullptr ? nullptr : metadata->find(key);
}

Map status_of(const Map& object) {
  const Map* status = map_in(object, "status");
  return status == nullptr ? Map{} : *status;
}

}  // namespace kratix_status
