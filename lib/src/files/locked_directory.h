// LockedDirectory: the one place where a file of Kratix is read and replaced.
//
// replace() promises: readers see the old file or the new one, never a part; a success is on disk and readable by
// uid 65532, the status-writer's; a failure left the old file byte for byte, and no other file behind. The one failure
// behind the point of no return, a directory that cannot be synced, says that the file is written. How:
//
//   lock the directory -> read -> change -> write a dotfile beside it -> fsync -> rename -> fsync the directory
//
// The lock is flock(2) on the directory itself: no lock file, and `flock DIRECTORY command` joins in. Writers that do
// not lock are noticed if they come before the rename (the change is then made again on what they wrote), and lost to
// the rename if they come later. Locks hold on one node and one kernel.
//
// A process that is killed may leave the dotfile `.NAME.kratix-status.tmp` behind; the next replace() removes it. In
// a sticky directory, where users cannot remove each other's files, it is `.NAME.kratix-status.tmp.UID`: at most one
// for each user, until the same user's next replace().
//
// replace_all() promises the same of several files, and that a failure leaves them all as they were: every file is
// read, changed and written beside its place before the first one is renamed, each is on disk before the next is
// renamed, and those already renamed are put back when a later one fails. Where even that fails, the error names the
// file that is new. Readers can see the first files new and the later ones old for a moment; a kill in that moment
// leaves them so. So the file that acts comes last (workflow-control.yaml behind status.yaml), and the step, run again,
// makes it right.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/file_system.h"
#include "kratix_status/result.h"

namespace kratix_status {

// The text to write (nullopt: leave things as they are) for the text that is there (nullopt: no file). Called again
// if the file changed meanwhile.
using ChangeText = std::function<Result<std::optional<std::string>>(std::optional<std::string_view> old_text)>;

struct FileChange {
  std::string name;
  ChangeText change;
};

struct DirectoryEntry {
  std::string name;
  FileInfo info{};
};

class LockedDirectory {
 public:
  // `max_bytes`: of a file. `fix_if_missing`: what the error for a missing directory advises; empty for the usual
  // mkdir. `files` outlives the object.
  LockedDirectory(FileSystem& files, std::string path, std::size_t max_bytes, std::string fix_if_missing = {})
      : files_(files), path_(std::move(path)), max_bytes_(max_bytes), fix_if_missing_(std::move(fix_if_missing)) {}

  // The file's text, nullopt if there is none. Only ENOENT means none: what cannot be read is an error, never empty.
  // Regular files only, no symlinks, at most `max_bytes`. Takes no lock.
  Result<std::optional<std::string>> read(const std::string& name);

  // What the directory holds, by name; the directory itself comes first, as ".". Takes no lock.
  Result<std::vector<DirectoryEntry>> list();

  // Warnings (a directory that the status-writer cannot search) are added to `warnings`.
  // Fails with the change's own error, or ErrorKind::io.
  Outcome replace(const std::string& name, const ChangeText& change, std::int64_t lock_timeout_ms,
                  std::vector<std::string>& warnings);

  // Several files under one lock, in this order: all of them or none.
  Outcome replace_all(const std::vector<FileChange>& changes, std::int64_t lock_timeout_ms,
                      std::vector<std::string>& warnings);

  // It is no error if the file does not exist. A symlink is removed itself, not the file that it leads to.
  Outcome remove(const std::string& name, std::int64_t lock_timeout_ms);

 private:
  Error cannot_open(int error) const;

  FileSystem& files_;
  std::string path_;
  std::size_t max_bytes_;
  std::string fix_if_missing_;
};

}  // namespace kratix_status
