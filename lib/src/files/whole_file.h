// Reads a file to its end.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "files/file_system.h"
#include "kratix_status/result.h"

namespace kratix_status {

// The whole of an operand, which may be a FIFO (`<(command)` of a shell), or "-" for standard input. Follows symlinks.
// nullopt if there is no such file. Waits for the writer of a FIFO: ErrorKind::io if none opens it within 10 seconds.
// ErrorKind::refused for more than `limit` bytes.
Result<std::optional<std::string>> read_whole(FileSystem& files, const std::string& path, std::size_t limit);

// The whole of a file that Kratix or Kubernetes has mounted, such as object.yaml. Follows symlinks. nullopt if there is
// no such file. Never waits: ErrorKind::io for what is not a regular file. ErrorKind::malformed for more than `limit`
// bytes.
Result<std::optional<std::string>> read_regular(FileSystem& files, const std::string& path, std::size_t limit);

}  // namespace kratix_status
