// An open file: closed on the way out, read to its end, and what its calls say as an Error.
//
// FileSystem neither retries nor explains; its callers do, by means of these. No state of their own: what is open, or
// locked, is so in the FileSystem.
#pragma once

#include <cerrno>
#include <cstddef>
#include <string>

#include "files/file_system.h"
#include "kratix_status/result.h"

namespace kratix_status {

// Closes on the way out; what a close() of a file read from says does not matter, for its data is in memory.
class Descriptor {
 public:
  // Owns `number`; a negative one, which is an error, stands for no file.
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
int read_to_end(FileSystem& files, int file, std::size_t limit, std::string& text);

// What was to be a regular file.
Error not_regular(const std::string& path, FileInfo::Type type);

// ErrorKind::io, "ACTION PATH", and what `error`, a negative errno, means.
Error system_error(const std::string& action, const std::string& path, int error, std::string cure = {});

}  // namespace kratix_status
