// Reads operands, which may be pipes, and files that must be regular ones.
#include "files/whole_file.h"

#include <cerrno>
#include <utility>

#include "files/file_calls.h"
#include "value/message.h"

namespace kratix_status {

namespace {

// As read_to_end(), but waits for the writer of a FIFO: at most 10 seconds for one to come, then as long as it takes.
// -ENXIO if none came.
int read_with_writer(FileSystem& files, int file, std::size_t limit, std::string& text) {
  constexpr int longest_wait_ms = 10'000;
  int error = read_to_end(files, file, limit, text);
  if (error == 0 && text.empty()) {
    const int ready = retry([&] { return files.wait_for_data(file, longest_wait_ms); });
    error = read_to_end(files, file, limit, text);
    if (ready == 0 && error == 0 && text.empty()) return -ENXIO;
  }
  while (error == -EAGAIN) {
    const int ready = retry([&] { return files.wait_for_data(file, -1); });
    error = ready < 0 ? ready : read_to_end(files, file, limit, text);
  }
  return error;
}

}  // namespace

Result<std::optional<std::string>> read_whole(FileSystem& files, const std::string& path, std::size_t limit) {
  std::string text;
  int error = 0;
  if (path == "-") {
    error = read_with_writer(files, 0, limit, text);
  } else {
    const Descriptor file(files, retry([&] { return files.open_path(path); }));
    if (file.number() == -ENOENT) return std::optional<std::string>();
    if (file.number() < 0) return system_error("open", path, file.number());
    error = read_with_writer(files, file.number(), limit, text);
  }
  const std::string name = path == "-" ? "standard input" : path;
  if (error == too_large) return refused("read " + name, "is larger than " + mebibytes(limit));
  if (error == -ENXIO) {
    return io_error("read " + name, "is a FIFO that no program opened for writing within 10 seconds",
                    "start the program that writes to it first: command >FIFO &");
  }
  if (error < 0) return system_error("read", name, error);
  return std::optional(std::move(text));
}

Result<std::optional<std::string>> read_regular(FileSystem& files, const std::string& path, std::size_t limit) {
  const Descriptor file(files, retry([&] { return files.open_path(path); }));
  if (file.number() == -ENOENT) return std::optional<std::string>();
  if (file.number() == -ENXIO) return not_regular(path, FileInfo::Type::socket);
  if (file.number() < 0) return system_error("open", path, file.number());
  FileInfo info;
  if (const int error = files.stat(file.number(), info); error < 0) return system_error("stat", path, error);
  if (info.type != FileInfo::Type::regular) return not_regular(path, info.type);
  std::string text;
  const int error = read_to_end(files, file.number(), limit, text, info.size);
  if (error == too_large) return malformed(path, "is larger than " + mebibytes(limit));
  if (error < 0) return system_error("read", path, error);
  return std::optional(std::move(text));
}

}  // namespace kratix_status
