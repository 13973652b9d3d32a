// Publishes status.yaml while the Pipeline runs.
//
// The live object is read, what status.yaml would come to is computed by the status-writer's own rules, and what
// differs is sent as a merge patch, with the object's resourceVersion as precondition: so live and final status agree,
// Kratix's records and conditions are kept, and two publishers lose nothing. Nothing is sent if nothing differs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cluster/api_server.h"
#include "cluster/object_address.h"
#include "kratix_status/conditions.h"
#include "kratix_status/result.h"
#include "kratix_status/status.h"

namespace kratix_status {

// What is published beside status.yaml, and not kept there: a failure is over when the container runs again.
struct PublishedFailure {
  std::string message{};
  std::optional<NewCondition> condition{};
  bool is_vague = false;  // a failure that has been published already, and not been cleared, says it better
};

struct PublishOptions {
  std::int64_t timeout_ms = 10'000;
  // Publish nothing if kratix-status has published less than that ago.
  std::int64_t min_interval_ms = 0;
  std::optional<PublishedFailure> failure{};
  // Send nothing; `Published::patch` holds what would have been sent.
  bool dry_run = false;
};

struct Published {
  bool is_skipped = false;  // because of min_interval_ms
  std::string patch{};      // as JSON; empty if nothing differs
};

// Reads status.yaml through `status`, which also gets the warnings. Fails with ErrorKind::malformed or refused before
// anything is sent for what Kratix would not read or publish, with ErrorKind::refused if Kubernetes refuses it, and
// with ErrorKind::io if the server gives no other answer by the timeout. status.yaml is never changed.
Result<Published> publish(Status& status, ApiServer& server, const ObjectAddress& object,
                          const PublishOptions& options);

// If the live message is that of an earlier failure, publishes status.yaml with the message that Kratix starts a
// Pipeline with, unless it has one of its own.
Outcome clear_failure(Status& status, ApiServer& server, const ObjectAddress& object, const PublishOptions& options);

// The object as it is now.
Result<Map> read_live_object(ApiServer& server, const ObjectAddress& object, std::int64_t timeout_ms);

}  // namespace kratix_status
