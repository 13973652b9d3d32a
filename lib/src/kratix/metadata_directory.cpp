// Opens Kratix's metadata directory with its limit and its advice.
#include "kratix/metadata_directory.h"

#include "kratix/limits.h"
#include "kratix_status/pipeline.h"

namespace kratix_status {

LockedDirectory metadata_directory(FileSystem& files, const std::string& path) {
  // Any other path was named by an option or the environment.
  const bool is_default = path == default_metadata_dir;
  return {files, path, max_file_bytes,
          is_default ? "outside of a Pipeline, make a directory, and name it: mkdir metadata, then --root ." : ""};
}

}  // namespace kratix_status
