// The kernel's side of FileSystem: the only source of the project that makes system calls on files.
#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <csignal>

#include "files/file_system.h"

namespace kratix_status {

namespace {

template <typename T>
T or_errno(T result) {
  return result < 0 ? static_cast<T>(-errno) : result;
}

FileInfo::Type type_of(mode_t mode) {
  if (S_ISREG(mode)) return FileInfo::Type::regular;
  if (S_ISDIR(mode)) return FileInfo::Type::directory;
  if (S_ISFIFO(mode)) return FileInfo::Type::fifo;
  if (S_ISSOCK(mode)) return FileInfo::Type::socket;
  if (S_ISLNK(mode)) return FileInfo::Type::symlink;
  return FileInfo::Type::device;
}

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

FileInfo info_of(const struct stat& from) {
  return {
      .type = type_of(from.st_mode),
      .device = from.st_dev,
      .inode = from.st_ino,
      .size = from.st_size,
      .modified = nanoseconds(from.st_mtim),
      .changed = nanoseconds(from.st_ctim),
      .mode = from.st_mode & 07777U,
      .owner = from.st_uid,
      .group = from.st_gid,
  };
}

class PosixFileSystem : public FileSystem {
 public:
  int open_directory(const std::string& path) override {
    return or_errno(::openat(AT_FDCWD, path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }

  int open_path(const std::string& path) override {
    return or_errno(::openat(AT_FDCWD, path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  }

  int open_file(int directory, const std::string& name) override {
    return or_errno(::openat(directory, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  }

  int create_file(int directory, const std::string& name) override {
    return or_errno(::openat(directory, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  }

  int close(int file) override { return or_errno(::close(file)); }

  std::int64_t read(int file, char* data, std::size_t size) override {
    return or_errno(static_cast<std::int64_t>(::read(file, data, size)));
  }

  int wait_for_data(int file, int milliseconds) override {
    pollfd input{file, POLLIN, 0};
    return or_errno(::poll(&input, 1, milliseconds));
  }

  std::int64_t write(int file, const char* data, std::size_t size) override {
    return or_errno(static_cast<std::int64_t>(::write(file, data, size)));
  }

  int sync(int file) override { return or_errno(::fsync(file)); }

  int stat(int file, FileInfo& info) override {
    struct stat from {};
    const int result = or_errno(::fstat(file, &from));
    if (result == 0) info = info_of(from);
    return result;
  }

  int stat_at(int directory, const std::string& name, FileInfo& info) override {
    struct stat from {};
    const int result = or_errno(::fstatat(directory, name.c_str(), &from, AT_SYMLINK_NOFOLLOW));
    if (result == 0) info = info_of(from);
    return result;
  }

  int list(int directory, std::vector<std::string>& names) override {
    // A descriptor of its own, since closedir() closes it.
    const int copy = or_errno(::openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (copy < 0) return copy;
    DIR* const stream = ::fdopendir(copy);
    if (stream == nullptr) {
      ::close(copy);
      return -ENOMEM;
    }
    int error = 0;
    while (true) {
      errno = 0;  // the only sign of an error
      const dirent* const entry = ::readdir(stream);
      error = entry == nullptr ? -errno : 0;
      if (entry == nullptr) break;
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.push_back(name);
    }
    ::closedir(stream);
    return error;
  }

  int read_link(int directory, const std::string& name, std::string& target) override {
    target.resize(PATH_MAX);
    const auto size = or_errno(::readlinkat(directory, name.c_str(), target.data(), target.size()));
    target.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return size < 0 ? static_cast<int>(size) : 0;
  }

  int change_mode(int file, unsigned mode) override { return or_errno(::fchmod(file, mode)); }
  int change_owner(int file, unsigned owner, unsigned group) override { return or_errno(::fchown(file, owner, group)); }

  int rename(int directory, const std::string& from, const std::string& to) override {
    return or_errno(::renameat(directory, from.c_str(), directory, to.c_str()));
  }

  int rename_new(int directory, const std::string& from, const std::string& to) override {
    return static_cast<int>(
        or_errno(::syscall(SYS_renameat2, directory, from.c_str(), directory, to.c_str(), RENAME_NOREPLACE)));
  }

  int remove(int directory, const std::string& name) override {
    return or_errno(::unlinkat(directory, name.c_str(), 0));
  }
  int try_lock(int file) override { return or_errno(::flock(file, LOCK_EX | LOCK_NB)); }

  std::int64_t now() override {
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return nanoseconds(time) / 1'000'000;
  }

  void pause(std::int64_t milliseconds) override {
    const timespec time{milliseconds / 1000, (milliseconds % 1000) * 1'000'000};
    ::nanosleep(&time, nullptr);
  }

  unsigned user() override { return ::geteuid(); }
};

}  // namespace

FileSystem& real_file_system() {
  static PosixFileSystem files;
  return files;
}

void prepare_process() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  for (int file = 0; file <= 2; ++file) {
    if (::fcntl(file, F_GETFD) >= 0 || errno != EBADF) continue;
    // The lowest free number is the one just found closed.
    // Opened the wrong way round, so that reading or writing still says EBADF.
    const int opened = ::open("/dev/null", file == 0 ? O_WRONLY : O_RDONLY);
    if (opened < 0) ::open("/", O_PATH | O_DIRECTORY);  // holds the number where there is no /dev
  }
}

int run_with_enough_stack(const std::function<int()>& work) {
  constexpr std::size_t enough = std::size_t{8} << 20;
  rlimit limit{};
  if (::getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= enough) return work();
  struct Run {
    const std::function<int()>& work;
    sigset_t mask{};
    int result = 0;
  } run{work};
  const auto start = [](void* argument) -> void* {
    auto& started = *static_cast<Run*>(argument);
    ::pthread_sigmask(SIG_SETMASK, &started.mask, nullptr);
    started.result = started.work();
    return nullptr;
  };
  pthread_attr_t attributes;
  pthread_t thread{};
  if (::pthread_attr_init(&attributes) != 0) return work();
  // This thread only waits: every signal is for the other one.
  sigset_t all;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &run.mask);
  const bool started =
      ::pthread_attr_setstacksize(&attributes, enough) == 0 && ::pthread_create(&thread, &attributes, start, &run) == 0;
  ::pthread_attr_destroy(&attributes);
  if (started) ::pthread_join(thread, nullptr);
  ::pthread_sigmask(SIG_SETMASK, &run.mask, nullptr);
  if (!started) return work();
  return run.result;
}

}  // namespace kratix_status
