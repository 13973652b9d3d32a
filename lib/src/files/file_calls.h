// An open file: closed by its destructor, read to its end, errno as an Error.
//
// FileSystem neither retries nor explains; its callers use these. They keep no state.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <string>

#include "files/file_system.h"
#include "kratix_status/result.h"

namespace kratix_status {

// Closes in the destructor, which ignores errors: the data of a file that was read is in memory.
class Descriptor {
 public:
  // Owns `number`; a negative one, which is an error, means no file.
  Descriptor(FileSystem& files, int number) : files_(files), number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) files_.close(number_);
  }

  int number() const { return number_; }

  // REQUIRES: not closed before
  int close() {
    const int result = files_.close(number_);
    number_ = -1;
    return result;
  }

 private:
  FileSystem& files_;
  int number_;
};

// The call again for as long as a signal cuts it short.
template <typename Call>
auto retry(Call call) {
  auto result = call();
  while (result == -EINTR) result = call();
  return result;
}

constexpr int too_large = 1;

// 0, too_large for more than `limit` bytes, or what read() said. Adds to `text`.
// `expected`: bytes to make room for first.
int read_to_end(FileSystem& files, int file, std::size_t limit, std::string& text, std::int64_t expected = 0);

// What was to be a regular file.
Error not_regular(const std::string& path, FileInfo::Type type);

// ErrorKind::io, "ACTION PATH", and what `error`, a negative errno, means.
Error system_error(const std::string& action, const std::string& path, int error, std::string fix = {});

}  // namespace kratix_status
