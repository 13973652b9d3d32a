// The files in the metadata directory that Kratix reads, or that their authors meant it to read, with what is wrong
// about them as files: name, type and mode.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "files/locked_directory.h"
#include "validate/checks.h"

namespace kratix_status {

struct MetadataFile {
  std::string name{};  // "." for the directory
  FileKind kind = FileKind::status;
  bool regular = false;             // holds text to judge
  std::vector<Finding> findings{};  // on the file as a whole
};

// The metadata files among `entries`, which LockedDirectory::list() found. The directory itself is listed only if there
// is something wrong with it.
std::vector<MetadataFile> find_metadata_files(std::span<const DirectoryEntry> entries);

}  // namespace kratix_status
