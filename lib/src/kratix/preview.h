// What the platform user will see: the statuses before and after this Pipeline.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kratix_status/result.h"
#include "kratix_status/status.h"
#include "kratix_status/value.h"

namespace kratix_status {

struct Preview {
  std::string name;  // of the object; empty if nothing says it
  Map previous;      // as object.yaml has it
  Map file;          // as status.yaml has it
  Map status;        // as Kubernetes will hold it
};

// Reads the files of this Pipeline through `pipeline_status`, which also gets the warnings. `is_last_pipeline`: of its
// workflow; containers are not told. Fails with ErrorKind::malformed on a file that Kratix would not read, and with
// ErrorKind::refused where the status-writer fails or Kubernetes refuses what it writes. `object` takes the place of
// object.yaml.
Result<Preview> make_preview(Status& pipeline_status, bool is_last_pipeline, std::optional<Map> object = {});

}  // namespace kratix_status
