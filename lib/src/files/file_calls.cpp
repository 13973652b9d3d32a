// Reads an open file to its end, and words what the system refuses.
#include "files/file_calls.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "files/error_text.h"

namespace kratix_status {

namespace {

std::string_view type_name(FileInfo::Type type) {
  switch (type) {
    case FileInfo::Type::regular: return "a regular file";
    case FileInfo::Type::directory: return "a directory";
    case FileInfo::Type::fifo: return "a FIFO";
    case FileInfo::Type::socket: return "a socket";
    case FileInfo::Type::symlink: return "a symbolic link";
    case FileInfo::Type::device: return "a device";
  }
  return "no file";
}

}  // namespace

int read_to_end(FileSystem& files, int file, std::size_t limit, std::string& text, std::int64_t expected) {
  // Whoever made the file may have made it larger than any memory.
  text.reserve(std::min(limit, static_cast<std::size_t>(std::max(expected, std::int64_t{0}))));
  char buffer[65536];
  while (true) {
    const std::int64_t size = retry([&] { return files.read(file, buffer, sizeof buffer); });
    if (size < 0) return static_cast<int>(size);
    if (size == 0) return 0;
    text.append(buffer, static_cast<std::size_t>(size));
    if (text.size() > limit) return too_large;
  }
}

Error not_regular(const std::string& path, FileInfo::Type type) {
  return io_error("open " + path, "is " + std::string(type_name(type)) + ", not a regular file");
}

Error system_error(const std::string& action, const std::string& path, int error, std::string fix) {
  return io_error(action + " " + path, error_text(-error), std::move(fix));
}

}  // namespace kratix_status
