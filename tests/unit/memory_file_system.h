// A FileSystem in memory: what tests need of a kernel, and nothing that takes time.
//
// It knows directories, regular files with inode, mode, owner and times, symlinks, FIFOs and the like; permissions,
// sticky directories and who may give a file away; flock(2) held by others; and what a power cut leaves: bytes are on
// disk once their file was synced, names once their directory was. The clock moves when somebody pauses.
//
// Not thread-safe. Groups do not count for permissions, and every file is on one device.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "files/file_system.h"

namespace kratix_status::test {

class MemoryFileSystem : public FileSystem {
 public:
  // --- the world around the process under test; paths are DIRECTORY/NAME, and what is put is on disk at once

  void add_directory(const std::string& path, unsigned mode = 0777, unsigned owner = 0);
  void remove_directory(const std::string& path);
  // Creates the file, or writes into it as `>` does: same inode, new times.
  void put(const std::string& path, const std::string& text, unsigned mode = 0644, unsigned owner = 0,
           unsigned group = 0);
  void put_link(const std::string& path, const std::string& target);
  // A directory, FIFO, socket or device.
  void put_special(const std::string& path, FileInfo::Type type);
  void erase(const std::string& path);

  // nullopt if there is no regular file by that name.
  std::optional<std::string> text(const std::string& path) const;
  // REQUIRES: there is something by that name
  FileInfo info(const std::string& path) const;
  std::vector<std::string> names(const std::string& directory) const;

  // Another process holds the directory's lock, for so long by the clock.
  void lock_by_other(const std::string& directory, std::int64_t milliseconds);

  // After the node's power was cut: bytes and names that were not synced are there or not.
  void cut_power(bool bytes_survive, bool names_survive);

  // --- the process under test

  void set_user(unsigned user) { user_ = user; }                      // root by default
  void allow_giving_away(bool allowed) { may_give_away_ = allowed; }  // CAP_CHOWN; true by default
  void fix_mode(unsigned mode) { fixed_mode_ = mode; }                // a file system that shows one mode for all files
  void set_standard_input(const std::string& text);                   // descriptor 0

  // Called before each call does its work, with the line that goes into the log.
  std::function<void(const std::string& call)> before_call;
  // "open_directory /k", "try_lock .", "open_file status.yaml", "read status.yaml", "rename x -> y", ...
  std::vector<std::string> log;

  std::size_t open_descriptors() const { return descriptors_.size(); }

  // --- FileSystem

  int open_directory(const std::string& path) override;
  int open_path(const std::string& path) override;
  int open_file(int directory, const std::string& name) override;
  int create_file(int directory, const std::string& name) override;
  int close(int file) override;
  std::int64_t read(int file, char* data, std::size_t size) override;
  int wait_for_data(int file, int milliseconds) override;
  std::int64_t write(int file, const char* data, std::size_t size) override;
  int sync(int file) override;
  int stat(int file, FileInfo& info) override;
  int stat_at(int directory, const std::string& name, FileInfo& info) override;
  int list(int directory, std::vector<std::string>& names) override;
  int read_link(int directory, const std::string& name, std::string& target) override;
  int change_mode(int file, unsigned mode) override;
  int change_owner(int file, unsigned owner, unsigned group) override;
  int rename(int directory, const std::string& from, const std::string& to) override;
  int rename_new(int directory, const std::string& from, const std::string& to) override;
  int remove(int directory, const std::string& name) override;
  int try_lock(int file) override;
  std::int64_t now() override { return now_; }
  void pause(std::int64_t milliseconds) override { now_ += milliseconds; }
  unsigned user() override { return user_; }

 private:
  struct Node;
  using NodePointer = std::shared_ptr<Node>;
  using Names = std::map<std::string, NodePointer>;

  struct Node {
    FileInfo info{};
    std::string text{};    // of a regular file; of a symlink, its target
    std::string synced{};  // the bytes on disk
    Names names{};         // of a directory
    Names synced_names{};
    std::int64_t locked_until = 0;  // by another process
    int locked_by = -1;             // a descriptor of ours
  };

  struct Descriptor {
    NodePointer node;
    std::string name;  // "." for a directory
    std::size_t at = 0;
    bool writable = false;
  };

  NodePointer make(FileInfo::Type type, unsigned mode, unsigned owner, unsigned group);
  NodePointer find(const std::string& path) const;
  Node& directory_of(const std::string& path, std::string& name);
  void touch(Node& node);
  void enter(const std::string& call);
  Descriptor* descriptor(int file);
  Node* directory(int file);
  std::string name_of(int file);
  int open(const NodePointer& node, const std::string& name, bool writable);
  bool may(const Node& node, unsigned permission) const;
  bool may_replace(const Node& directory, const Node& node) const;
  int move(int directory_number, const std::string& from, const std::string& to);
  FileInfo shown(const Node& node) const;

  std::map<std::string, NodePointer> directories_;
  std::map<int, Descriptor> descriptors_;
  unsigned user_ = 0;
  bool may_give_away_ = true;
  std::optional<unsigned> fixed_mode_;
  std::uint64_t next_inode_ = 1;
  std::int64_t ticks_ = 0;
  std::int64_t now_ = 1000;
};

}  // namespace kratix_status::test
