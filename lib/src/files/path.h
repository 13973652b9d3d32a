// Paths of files.
#pragma once

#include <string>

namespace kratix_status {

// `directory`/`name`
inline std::string join(const std::string& directory, const std::string& name) {
  return directory.ends_with('/') ? directory + name : directory + "/" + name;
}

}  // namespace kratix_status
