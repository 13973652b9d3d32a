// What stands in for the API server where a Promise is tested without a cluster.
#pragma once

#include <memory>

#include "cluster/api_server.h"
#include "cluster/publish.h"
#include "invocation.h"

namespace kratix_status::cli {

// KRATIX_STATUS_PUBLISH=print: what would be published is printed, and nothing is sent.
bool is_printed();

// Fails with ErrorKind::usage if KRATIX_STATUS_PUBLISH asks for anything else.
Outcome check_publish_variable();

// Holds the object of object.yaml, and accepts every patch without keeping it.
Result<std::unique_ptr<ApiServer>> make_no_server(Invocation& invocation);

// Prints, as a line on standard error, what `options` would have published.
void print_published(const Published& published, const PublishOptions& options);

}  // namespace kratix_status::cli
