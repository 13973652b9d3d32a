// A FileSystem around another that fails on demand: a call by its number, a call by its name, all transfers short, or
// everything from some call on, as if the process had been killed there.
//
// A call that fails is not passed on, but for close(): the kernel frees a descriptor whatever close() says.
// now(), pause() and user() cannot fail and do not count.
#pragma once

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "files/file_system.h"

namespace kratix_status::test {

class FailingFileSystem : public FileSystem {
 public:
  explicit FailingFileSystem(FileSystem& files) : files_(files) {}

  // Numbers are from 1. `error` is an errno, as in errno.h.
  void fail_call(int number, int error) { by_number_[number] = error; }
  void fail(const std::string& operation, int nth, int error) { by_name_[{operation, nth}] = error; }
  void fail_always(const std::string& operation, int error) { always_[operation] = error; }
  // At most so many bytes a read or write.
  void shorten_transfers(std::size_t bytes) { longest_transfer_ = bytes; }
  // Call `number` and all behind it are not done.
  void die_at_call(int number) { dies_at_ = number; }

  int calls() const { return calls_; }
  // The operations called so far, in order: "open_directory", "try_lock", ...
  const std::vector<std::string>& operations() const { return operations_; }
  // How many faults came to pass.
  int failures() const { return failures_; }

  int open_directory(const std::string& path) override {
    const int error = next("open_directory");
    return error < 0 ? error : files_.open_directory(path);
  }
  int open_path(const std::string& path) override {
    const int error = next("open_path");
    return error < 0 ? error : files_.open_path(path);
  }
  int open_file(int directory, const std::string& name) override {
    const int error = next("open_file");
    return error < 0 ? error : files_.open_file(directory, name);
  }
  int create_file(int directory, const std::string& name) override {
    const int error = next("create_file");
    return error < 0 ? error : files_.create_file(directory, name);
  }
  int close(int file) override {
    const int error = next("close");
    const int result = files_.close(file);
    return error < 0 ? error : result;
  }
  std::int64_t read(int file, char* data, std::size_t size) override {
    const int error = next("read");
    return error < 0 ? error : files_.read(file, data, std::min(size, longest_transfer_));
  }
  int wait_for_data(int file, int milliseconds) override {
    const int error = next("wait_for_data");
    return error < 0 ? error : files_.wait_for_data(file, milliseconds);
  }
  std::int64_t write(int file, const char* data, std::size_t size) override {
    const int error = next("write");
    return error < 0 ? error : files_.write(file, data, std::min(size, longest_transfer_));
  }
  int sync(int file) override {
    const int error = next("sync");
    return error < 0 ? error : files_.sync(file);
  }
  int stat(int file, FileInfo& info) override {
    const int error = next("stat");
    return error < 0 ? error : files_.stat(file, info);
  }
  int stat_at(int directory, const std::string& name, FileInfo& info) override {
    const int error = next("stat_at");
    return error < 0 ? error : files_.stat_at(directory, name, info);
  }
  int list(int directory, std::vector<std::string>& names) override {
    const int error = next("list");
    return error < 0 ? error : files_.list(directory, names);
  }
  int read_link(int directory, const std::string& name, std::string& target) override {
    const int error = next("read_link");
    return error < 0 ? error : files_.read_link(directory, name, target);
  }
  int change_mode(int file, unsigned mode) override {
    const int error = next("change_mode");
    return error < 0 ? error : files_.change_mode(file, mode);
  }
  int change_owner(int file, unsigned owner, unsigned group) override {
    const int error = next("change_owner");
    return error < 0 ? error : files_.change_owner(file, owner, group);
  }
  int rename(int directory, const std::string& from, const std::string& to) override {
    const int error = next("rename");
    return error < 0 ? error : files_.rename(directory, from, to);
  }
  int rename_new(int directory, const std::string& from, const std::string& to) override {
    const int error = next("rename_new");
    return error < 0 ? error : files_.rename_new(directory, from, to);
  }
  int remove(int directory, const std::string& name) override {
    const int error = next("remove");
    return error < 0 ? error : files_.remove(directory, name);
  }
  int try_lock(int file) override {
    const int error = next("try_lock");
    return error < 0 ? error : files_.try_lock(file);
  }
  std::int64_t now() override { return files_.now(); }
  void pause(std::int64_t milliseconds) override { files_.pause(milliseconds); }
  unsigned user() override { return files_.user(); }

 private:
  // 0, or the negative errno of a call that is to fail.
  int next(const std::string& operation) {
    operations_.push_back(operation);
    ++calls_;
    const int nth = ++nth_[operation];
    int error = 0;
    if (const auto found = always_.find(operation); found != always_.end()) error = found->second;
    if (const auto found = by_name_.find({operation, nth}); found != by_name_.end()) error = found->second;
    if (const auto found = by_number_.find(calls_); found != by_number_.end()) error = found->second;
    if (dies_at_ > 0 && calls_ >= dies_at_) error = EIO;
    if (error != 0) ++failures_;
    return -error;
  }

  FileSystem& files_;
  std::map<int, int> by_number_;
  std::map<std::pair<std::string, int>, int> by_name_;
  std::map<std::string, int> always_;
  std::map<std::string, int> nth_;
  std::vector<std::string> operations_;
  std::size_t longest_transfer_ = SIZE_MAX;
  int dies_at_ = 0;
  int calls_ = 0;
  int failures_ = 0;
};

}  // namespace kratix_status::test
