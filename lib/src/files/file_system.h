// The system calls that kratix-status makes on files, behind one interface, so that tests can replace them.
//
// Each call does one thing and returns a negative errno (-ENOENT) if it fails, as the kernel does; nothing retries
// here, and no call throws. Descriptors are closed on exec. The real one is real_file_system(), whose source is
// the only one that calls the kernel for files; tests have one in memory and one that fails on demand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kratix_status {

struct FileInfo {
  enum class Type { regular, directory, fifo, socket, symlink, device };
  Type type = Type::regular;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t size = 0;      // bytes
  std::int64_t modified = 0;  // nanoseconds since the epoch
  std::int64_t changed = 0;   // nanoseconds since the epoch
  unsigned mode = 0;          // permission bits, 07777
  unsigned owner = 0;
  unsigned group = 0;
};

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // A descriptor. A directory may be reached by a symlink.
  virtual int open_directory(const std::string& path) = 0;
  // For reading, wherever the path leads; never waits.
  virtual int open_path(const std::string& path) = 0;
  // For reading, in a directory: never follows a symlink (ELOOP), never waits.
  virtual int open_file(int directory, const std::string& name) = 0;
  // For writing, mode 0600: EEXIST if there is anything by that name.
  virtual int create_file(int directory, const std::string& name) = 0;
  virtual int close(int file) = 0;

  // Bytes done, which may be fewer than asked for; 0 from read is the end, and EAGAIN says that a writer is still to
  // deliver. A FIFO without a writer is at its end.
  virtual std::int64_t read(int file, char* data, std::size_t size) = 0;
  // 1 as soon as read() has bytes, or has an end that the last writer left; 0 if there is neither in so many
  // milliseconds. Less than 0 is without limit.
  virtual int wait_for_data(int file, int milliseconds) = 0;
  virtual std::int64_t write(int file, const char* data, std::size_t size) = 0;
  // Bytes and name are on disk (fsync).
  virtual int sync(int file) = 0;

  virtual int stat(int file, FileInfo& info) = 0;
  // In a directory, not following a symlink.
  virtual int stat_at(int directory, const std::string& name, FileInfo& info) = 0;
  // What the directory holds, in any order, without "." and "..".
  virtual int list(int directory, std::vector<std::string>& names) = 0;
  virtual int read_link(int directory, const std::string& name, std::string& target) = 0;
  virtual int change_mode(int file, unsigned mode) = 0;
  virtual int change_owner(int file, unsigned owner, unsigned group) = 0;

  // Takes the place of `to`.
  virtual int rename(int directory, const std::string& from, const std::string& to) = 0;
  // EEXIST if `to` exists, EINVAL or ENOSYS if the file system cannot tell.
  virtual int rename_new(int directory, const std::string& from, const std::string& to) = 0;
  virtual int remove(int directory, const std::string& name) = 0;

  // An exclusive lock on the descriptor's file, or EAGAIN at once if somebody else holds it.
  virtual int try_lock(int file) = 0;

  // A clock that only goes forward, and a pause; milliseconds.
  virtual std::int64_t now() = 0;
  virtual void pause(std::int64_t milliseconds) = 0;

  virtual unsigned user() = 0;  // effective uid
};

FileSystem& real_file_system();

// Makes sure that descriptors 0, 1 and 2 are open, on /dev/null if the caller closed them: a file opened later would
// get the number, and an error message would go into it. Also ignores SIGPIPE and SIGXFSZ, so that writing to a
// closed pipe or past a limit is an error like others. Never fails: without /dev/null there is nothing better to do.
void prepare_process();

// What `work` returns, run where 1,200 levels of nesting do not overflow the stack: on a thread with a stack of its own
// if that of the process is limited to less than the usual 8 MiB. It runs on the process's own stack if there is no
// thread to be had. All signals go to the thread on which it runs.
int run_with_enough_stack(const std::function<int()>& work);

}  // namespace kratix_status
