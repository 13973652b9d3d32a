// What the live object says of the Pipeline and of those who wrote its status.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kratix_status/value.h"

namespace kratix_status {

// By these names Kubernetes records who wrote which field of the status (metadata.managedFields).
inline constexpr std::string_view field_manager = "kratix-status";
inline constexpr std::string_view failure_field_manager = "kratix-status-failure";

// Its metadata.resourceVersion; empty if there is none.
std::string resource_version(const Map& object);

// When kratix-status wrote to the status last, in seconds since 1970; nullopt if it has not.
std::optional<std::int64_t> last_published(const Map& object);

// Whether the message of the status is that of a failure which publish() has sent.
bool shows_failure(const Map& object);

// Whether it is one that publish() has sent from a status.yaml.
bool shows_published_message(const Map& object);

// Whether Kratix has yet to record that it has started `pipeline`: it does so once, and does not come back to it if
// somebody else writes to the object in between (lib/workflow/reconciler.go, setPipelineStartingStatus). Until then the
// phase is Pending, or what the last run of the Pipeline has left: Suspended where it is retried, Failed.
bool is_about_to_be_recorded(const Map& object, std::string_view pipeline);

}  // namespace kratix_status
