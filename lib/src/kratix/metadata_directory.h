// The directory that Kratix reads status.yaml and workflow-control.yaml from.
#pragma once

#include <string>

#include "files/locked_directory.h"

namespace kratix_status {

// `path`: Pipeline::metadata_dir. `files` outlives what is returned.
LockedDirectory metadata_directory(FileSystem& files, const std::string& path);

}  // namespace kratix_status
