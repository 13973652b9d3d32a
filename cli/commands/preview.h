// What preview and diff share: the statuses before and after this Pipeline.
#pragma once

#include <string>

#include "invocation.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status::cli {

struct Preview {
  std::string name;  // of the object; empty if nothing says it
  Map previous;      // as object.yaml has it
  Map file;          // as status.yaml has it
  Map status;        // as Kubernetes will hold it
};

// Fails with ErrorKind::malformed on a file that Kratix would not read, and with ErrorKind::refused where the
// status-writer fails or Kubernetes refuses what it writes.
Result<Preview> make_preview(Invocation& invocation);

}  // namespace kratix_status::cli
