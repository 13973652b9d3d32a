// What publish, fail, run and --publish share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cluster/publish.h"
#include "invocation.h"
#include "kratix/preview.h"

namespace kratix_status::cli {

// Prints `warning` after the warnings that wait already, unless --quiet is given.
void warn_now(Invocation& invocation, std::string warning);

// Whether there is a cluster to publish to, or what stands in for it.
bool can_publish();

// --timeout and --min-interval
Result<PublishOptions> publish_options(const Invocation& invocation);

// Publishes status.yaml. In a dry run of Kratix's nothing is sent, with a warning. Prints the warnings, and does not
// report an error.
Result<Published> publish(Invocation& invocation, const PublishOptions& options);

// The exit code for what publish() returned: reports an error, with --try as a warning where the system or the cluster
// is at fault. `written`: whether status.yaml has already been changed.
int finish_publish(Invocation& invocation, const Result<Published>& published, bool written);

// With --publish, publishes behind a change whose exit code is `code`.
int publish_after(Invocation& invocation, int code);

// Publishes why the Pipeline fails; prints what went wrong with that. Afterwards status.yaml does not hold the failure.
void publish_failure(Invocation& invocation, PublishOptions options, PublishedFailure failure);

// What `text` holds that the platform user must not see, "a GitHub token"; empty if there is nothing. A warning says
// that `place` of the failure is withheld, or that it is published though it holds the value of a variable.
std::string secret_to_withhold(Invocation& invocation, std::string_view text, std::string_view place);

// Before a command runs, perhaps again: the platform user no longer sees that it failed.
void clear_failure(Invocation& invocation);

// What preview and diff show: from object.yaml or, with --live, from the object as it is now.
Result<Preview> preview_of(Invocation& invocation);

// The object as it is now in the cluster.
Result<Map> live_object(Invocation& invocation);

}  // namespace kratix_status::cli
