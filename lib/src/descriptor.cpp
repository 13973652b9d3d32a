#include "descriptor.h"

#include <cstdint>
#include <cstring>
#include <utility>

#include "kratix_status/text.h"

namespace kratix_status {

int read_to_end(FileSystem& files, int file, std::size_t limit, std::string& text) {
  char buffer[65536];
  while (true) {
    const std::int64_t size = retry([&] { return files.read(file, buffer, sizeof buffer); });
    if (size < 0) return static_cast<int>(size);
    if (size == 0) return 0;
    text.append(buffer, static_cast<std::size_t>(size));
    if (text.size() > limit) return too_large;
  }
}

Error io_error(const std::string& action, const std::string& path, int error, std::string cure) {
  return {ErrorKind::io, action + " " + printable(path), std::strerror(-error), std::move(cure), {}};
}

}  // namespace kratix_status
