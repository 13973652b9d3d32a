// The doubles must behave as the kernel does where the tests lean on them: both are put through the same calls.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "failing_file_system.h"
#include "memory_file_system.h"
#include "support.h"

namespace kratix_status {

namespace {

using test::FailingFileSystem;
using test::MemoryFileSystem;

// A directory of the machine for the time of a test.
class RealDirectory {
 public:
  RealDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kratix-status-unit-XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  RealDirectory(const RealDirectory&) = delete;
  RealDirectory& operator=(const RealDirectory&) = delete;
  ~RealDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string type_of(const FileInfo& info) {
  constexpr const char* names[] = {"regular", "directory", "fifo", "socket", "symlink", "device"};
  return names[static_cast<int>(info.type)];
}

// What each call of a walk through the interface said. `path` holds a file "old" of 5 bytes, mode 0640, and a link
// "link" to it.
std::vector<std::string> walk(FileSystem& files, const std::string& path) {
  std::vector<std::string> said;
  const auto note = [&](const std::string& what, std::int64_t result) {
    said.push_back(what + " " + (result < 0 ? "errno " + std::to_string(-result) : std::to_string(result)));
  };
  const auto open = [&](const std::string& what, int number) {
    said.push_back(what + " " + (number < 0 ? "errno " + std::to_string(-number) : "open"));
    return number;
  };
  open("no directory", files.open_directory(path + "/nowhere"));
  open("file as directory", files.open_directory(path + "/old"));
  open("no path", files.open_path(path + "/nowhere"));
  const int directory = open("directory", files.open_directory(path));
  open("no file", files.open_file(directory, "nowhere"));
  open("link", files.open_file(directory, "link"));
  const int linked = open("link by path", files.open_path(path + "/link"));
  char data[64] = {};
  note("read link", files.read(linked, data, sizeof data));
  note("close", files.close(linked));
  note("close again", files.close(linked));
  std::string target;
  note("read_link", files.read_link(directory, "link", target));
  said.push_back(target);
  note("read_link of a file", files.read_link(directory, "old", target));
  FileInfo info;
  note("stat_at link", files.stat_at(directory, "link", info));
  said.push_back(type_of(info));
  note("stat_at nothing", files.stat_at(directory, "nowhere", info));
  note("stat directory", files.stat(directory, info));
  said.push_back(type_of(info));

  const int old = open("old", files.open_file(directory, "old"));
  note("stat", files.stat(old, info));
  said.push_back(type_of(info) + " " + std::to_string(info.size) + " " + std::to_string(info.mode));
  note("read 3", files.read(old, data, 3));
  note("read rest", files.read(old, data, sizeof data));
  note("read end", files.read(old, data, sizeof data));
  note("write to a file opened for reading", files.write(old, "x", 1));
  note("close", files.close(old));

  open("create over", files.create_file(directory, "old"));
  open("create over a link", files.create_file(directory, "link"));
  const int fresh = open("create", files.create_file(directory, "new"));
  note("write", files.write(fresh, "hello", 5));
  note("write", files.write(fresh, " you", 4));
  note("stat", files.stat(fresh, info));
  said.push_back(std::to_string(info.size) + " " + std::to_string(info.mode));
  note("change_mode", files.change_mode(fresh, 0604));
  note("stat", files.stat(fresh, info));
  said.push_back(std::to_string(info.mode));
  note("sync", files.sync(fresh));
  note("close", files.close(fresh));
  note("sync directory", files.sync(directory));

  note("rename_new over", files.rename_new(directory, "new", "old"));
  note("rename_new of nothing", files.rename_new(directory, "nowhere", "other"));
  note("rename_new", files.rename_new(directory, "new", "newer"));
  note("rename of nothing", files.rename(directory, "nowhere", "old"));
  FileInfo before;
  note("stat_at", files.stat_at(directory, "newer", before));
  note("rename", files.rename(directory, "newer", "old"));
  note("stat_at", files.stat_at(directory, "old", info));
  said.push_back(std::string(info.inode == before.inode ? "same file" : "another file") + " " +
                 std::to_string(info.size));
  note("stat_at", files.stat_at(directory, "newer", info));

  note("remove nothing", files.remove(directory, "nowhere"));
  note("remove link", files.remove(directory, "link"));
  note("remove", files.remove(directory, "old"));
  note("lock", files.try_lock(directory));
  note("lock again", files.try_lock(directory));
  const int second = open("directory", files.open_directory(path));
  note("lock by another descriptor", files.try_lock(second));
  note("close", files.close(directory));
  note("lock now", files.try_lock(second));
  note("close", files.close(second));
  note("read of nothing open", files.read(second, data, 1));
  return said;
}

}  // namespace

TEST_CASE("the file system in memory says what the kernel says", "[doubles]") {
  const RealDirectory real;
  std::ofstream(real.path() + "/old") << "12345";
  REQUIRE(::chmod((real.path() + "/old").c_str(), 0640) == 0);
  REQUIRE(::symlink("old", (real.path() + "/link").c_str()) == 0);
  MemoryFileSystem memory;
  memory.add_directory("/k");
  memory.put("/k/old", "12345", 0640);
  memory.put_link("/k/link", "old");

  const std::vector<std::string> by_kernel = walk(real_file_system(), real.path());
  const std::vector<std::string> by_memory = walk(memory, "/k");
  REQUIRE(by_memory.size() == by_kernel.size());
  for (std::size_t i = 0; i < by_kernel.size(); ++i) CHECK(by_memory[i] == by_kernel[i]);
  CHECK(memory.open_descriptors() == 0);
}

TEST_CASE("the file systems open no FIFO for ever, and tell a socket and a directory", "[doubles]") {
  const RealDirectory real;
  REQUIRE(::mkfifo((real.path() + "/fifo").c_str(), 0644) == 0);
  REQUIRE(::mkdir((real.path() + "/directory").c_str(), 0755) == 0);
  MemoryFileSystem memory;
  memory.add_directory("/k");
  memory.put_special("/k/fifo", FileInfo::Type::fifo);
  memory.put_special("/k/directory", FileInfo::Type::directory);
  struct Place {
    FileSystem& files;
    std::string path;
  };
  for (const Place& place : {Place{real_file_system(), real.path()}, Place{memory, "/k"}}) {
    const int directory = place.files.open_directory(place.path);
    for (const char* name : {"fifo", "directory"}) {
      const int file = place.files.open_file(directory, name);
      REQUIRE(file >= 0);
      FileInfo info;
      CHECK(place.files.stat(file, info) == 0);
      CHECK(type_of(info) == name);
      CHECK(place.files.close(file) == 0);
    }
    CHECK(place.files.remove(directory, "directory") == -EISDIR);
    CHECK(place.files.close(directory) == 0);
  }
}

TEST_CASE("a power cut takes what was not synced", "[doubles]") {
  struct Row {
    bool sync_file, sync_directory, bytes_survive, names_survive;
    std::optional<std::string> left;
  };
  const Row rows[] = {
      {true, true, false, false, "new"},         {true, false, false, false, std::nullopt},
      {true, false, false, true, "new"},         {false, true, false, false, ""},
      {false, true, true, false, "new"},         {false, false, true, true, "new"},
      {false, false, true, false, std::nullopt}, {false, false, false, true, ""},
  };
  for (const Row& row : rows) {
    MemoryFileSystem files;
    files.add_directory("/k");
    const int directory = files.open_directory("/k");
    const int file = files.create_file(directory, "a");
    CHECK(files.write(file, "new", 3) == 3);
    if (row.sync_file) CHECK(files.sync(file) == 0);
    if (row.sync_directory) CHECK(files.sync(directory) == 0);
    files.cut_power(row.bytes_survive, row.names_survive);
    CHECK(files.text("/k/a") == row.left);
  }
}

TEST_CASE("the failing file system fails what it is told to, and nothing else", "[doubles]") {
  MemoryFileSystem memory;
  memory.add_directory("/k");
  memory.put("/k/a", "12345");
  FailingFileSystem files(memory);
  files.fail_call(2, EIO);
  files.fail("open_file", 3, EMFILE);
  files.shorten_transfers(2);
  const int directory = files.open_directory("/k");
  CHECK(files.open_file(directory, "a") == -EIO);
  const int file = files.open_file(directory, "a");
  CHECK(file >= 0);
  CHECK(files.open_file(directory, "a") == -EMFILE);
  char data[8];
  CHECK(files.read(file, data, sizeof data) == 2);
  CHECK(files.failures() == 2);
  CHECK(files.calls() == 5);
  files.fail_always("close", EINTR);
  CHECK(files.close(file) == -EINTR);
  CHECK(memory.open_descriptors() == 1);  // closed all the same
  files.die_at_call(7);
  CHECK(files.remove(directory, "a") == -EIO);
  CHECK(files.sync(directory) == -EIO);
  CHECK(memory.text("/k/a") == "12345");
  CHECK(files.operations() == std::vector<std::string>{"open_directory", "open_file", "open_file", "open_file", "read",
                                                       "close", "remove", "sync"});
}

TEST_CASE("the real file system makes new files private, and closes descriptors on exec", "[doubles]") {
  const RealDirectory real;
  FileSystem& files = real_file_system();
  const int directory = files.open_directory(real.path());
  const mode_t old_mask = ::umask(0);
  const int file = files.create_file(directory, "a");
  ::umask(old_mask);
  FileInfo info;
  CHECK(files.stat(file, info) == 0);
  CHECK(info.mode == 0600);
  CHECK((::fcntl(directory, F_GETFD) & FD_CLOEXEC) != 0);
  CHECK((::fcntl(file, F_GETFD) & FD_CLOEXEC) != 0);
  CHECK(files.change_owner(file, ::geteuid(), ::getegid()) == 0);
  CHECK(files.user() == ::geteuid());
  CHECK(files.close(file) == 0);
  const int read_only = files.open_path(real.path() + "/a");
  CHECK((::fcntl(read_only, F_GETFD) & FD_CLOEXEC) != 0);
  CHECK(files.close(read_only) == 0);
  CHECK(files.close(directory) == 0);
}

TEST_CASE("the real clock goes forward by what is paused", "[doubles]") {
  FileSystem& files = real_file_system();
  const std::int64_t before = files.now();
  files.pause(3);
  CHECK(files.now() - before >= 3);
}

TEST_CASE("a process whose standard descriptors were closed gets them back before it opens a file", "[doubles]") {
  const RealDirectory real;
  for (int mask = 0; mask < 8; ++mask) {
    CAPTURE(mask);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      for (int file = 0; file <= 2; ++file) {
        if ((mask >> file & 1) != 0) ::close(file);
      }
      prepare_process();
      const int directory = real_file_system().open_directory(real.path());
      bool fine = directory > 2;
      for (int file = 0; file <= 2; ++file) fine = fine && ::fcntl(file, F_GETFD) >= 0;
      ::_exit(fine ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
  }
}

}  // namespace kratix_status
