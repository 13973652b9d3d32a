// One file of an open directory, step by step: read, staged beside its place, put there, synced, removed.
// LockedDirectory makes replacements of the steps and says what they promise; it alone uses them.
//
// What the system refuses is ErrorKind::io, with the fix where one is known. Nothing here locks: whoever calls more
// than read() holds the directory's lock, and keeps the directory open as long as the ReplaceableFile lives.
#pragma once

#include <string>

#include "files/file_system.h"
#include "kratix_status/result.h"

namespace kratix_status {

class Descriptor;

constexpr unsigned readable_by_all = 0444;
constexpr int most_attempts = 3;  // against writers that do not lock

// The file as it was when we read it.
struct OldFile {
  bool exists = false;
  FileInfo info{};
  std::string text{};
};

class ReplaceableFile {
 public:
  // `is_sticky`: the directory; matters for writing only
  ReplaceableFile(FileSystem& files, int directory, std::string directory_path, std::string name, std::size_t max_bytes,
                  bool is_sticky);

  // ErrorKind::malformed for more than `max_bytes`. Only ENOENT means that there is none.
  Result<OldFile> read() const;

  // Writes the text into a dotfile beside the file, filled and on disk, or there is none.
  Outcome stage(const OldFile& old, const std::string& text) const;

  // True if the dotfile took the file's place; false if the file changed since it was read. Else it is gone.
  Result<bool> place(const OldFile& old) const;

  // The dotfile, at best effort; the next run removes it too.
  void discard() const { files_.remove(directory_, temporary_); }

  // The file itself, and what a killed run left of it. One that is not there is fine.
  Outcome remove() const;

  // For a file that is right as it is: an earlier run may have been killed before it was on disk.
  Outcome sync() const;

  // `written`: what may not survive if this fails ("FILE is"); empty for nothing.
  Outcome sync_directory(const std::string& written) const;

  const std::string& path() const { return path_; }
  const std::string& directory_path() const { return directory_path_; }

 private:
  Error cannot_open(int error) const;
  Outcome remove_leftover() const;
  Outcome fill(Descriptor& file, const OldFile& old, const std::string& text) const;
  Outcome keep_owner(int file, const OldFile& old) const;
  Result<bool> put_in_place(const OldFile& old) const;

  FileSystem& files_;
  int directory_;
  std::string directory_path_;
  std::string name_;
  std::size_t max_bytes_;
  std::string path_;
  std::string temporary_;
  std::string temporary_path_;
};

}  // namespace kratix_status
