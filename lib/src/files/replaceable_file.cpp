// The steps that replace one file: read, stage beside it, rename, sync.
#include "files/replaceable_file.h"

#include <cerrno>
#include <utility>

#include "files/file_calls.h"
#include "files/path.h"
#include "value/message.h"

namespace kratix_status {

namespace {

constexpr unsigned new_file_mode = 0644;

bool is_same_file(const FileInfo& a, const FileInfo& b) {
  return a.device == b.device && a.inode == b.inode && a.size == b.size && a.modified == b.modified &&
         a.changed == b.changed;
}

// A leftover of a killed run has this name, whoever ran it; under the lock there is never a second one. In a sticky
// directory nobody can remove another user's, so there each user has a name, and at most one leftover.
std::string temporary_name(const std::string& name, bool is_sticky, unsigned user) {
  const std::string temporary = "." + name + ".kratix-status.tmp";
  return is_sticky ? temporary + "." + std::to_string(user) : temporary;
}

std::string directory_fix(int error) {
  switch (error) {
    case -EROFS: return "the directory is mounted read-only: /kratix/metadata must be writable, /kratix/input never is";
    case -ENOSPC:
    case -EDQUOT: return "free some space on the volume; nothing was changed";
    case -EFBIG: return "raise the file size limit (ulimit -f); nothing was changed";
    case -EACCES:
    case -EPERM: return "the directory must be writable for the user that runs this step";
    default: return {};
  }
}

std::string rename_fix(int error, const OldFile& old) {
  if (error == -EBUSY) return "it is a mount point (subPath): mount the directory instead";
  if (!old.exists || (error != -EPERM && error != -EACCES)) return directory_fix(error);
  return "in a sticky directory only uid " + std::to_string(old.info.owner) +
         ", the directory's owner or root can replace it; it may also be immutable";
}

}  // namespace

ReplaceableFile::ReplaceableFile(FileSystem& files, int directory, std::string directory_path, std::string name,
                                 std::size_t max_bytes, bool is_sticky)
    : files_(files),
      directory_(directory),
      directory_path_(std::move(directory_path)),
      name_(std::move(name)),
      max_bytes_(max_bytes),
      path_(join(directory_path_, name_)),
      temporary_(temporary_name(name_, is_sticky, files.user())),
      temporary_path_(join(directory_path_, temporary_)) {}

Result<OldFile> ReplaceableFile::read() const {
  const int number = retry([&] { return files_.open_file(directory_, name_); });
  if (number == -ENOENT) return OldFile{};
  if (number < 0) return cannot_open(number);
  const Descriptor file(files_, number);
  OldFile old{.exists = true};
  if (const int error = files_.stat(number, old.info); error < 0) return system_error("stat", path_, error);
  if (old.info.type != FileInfo::Type::regular) return not_regular(path_, old.info.type);
  const int error = read_to_end(files_, number, max_bytes_, old.text, old.info.size);
  if (error == too_large) {
    return malformed(path_, "is larger than " + mebibytes(max_bytes_) + "; Kubernetes would not store it");
  }
  if (error < 0) return system_error("read", path_, error);
  return old;
}

Outcome ReplaceableFile::stage(const OldFile& old, const std::string& text) const {
  for (int attempt = 1;; ++attempt) {
    if (Outcome removed = remove_leftover(); !removed) return removed;
    const int number = retry([&] { return files_.create_file(directory_, temporary_); });
    if (number == -EEXIST && attempt < most_attempts) continue;
    if (number < 0) return system_error("create", temporary_path_, number, directory_fix(number));
    Descriptor file(files_, number);
    Outcome outcome = fill(file, old, text);
    if (!outcome) discard();
    return outcome;
  }
}

Result<bool> ReplaceableFile::place(const OldFile& old) const {
  Result<bool> renamed = put_in_place(old);
  if (!renamed || !*renamed) discard();
  return renamed;
}

Outcome ReplaceableFile::remove() const {
  if (Outcome removed = remove_leftover(); !removed) return removed;
  const int error = files_.remove(directory_, name_);
  if (error < 0 && error != -ENOENT) return system_error("remove", path_, error, directory_fix(error));
  return sync_directory({});
}

Outcome ReplaceableFile::sync() const {
  const Descriptor file(files_, retry([&] { return files_.open_file(directory_, name_); }));
  if (file.number() < 0) return cannot_open(file.number());
  const int error = retry([&] { return files_.sync(file.number()); });
  return error < 0 ? Outcome(system_error("sync", path_, error)) : Done{};
}

Outcome ReplaceableFile::sync_directory(const std::string& written) const {
  const int error = retry([&] { return files_.sync(directory_); });
  // These say that the file system has no such thing as syncing a directory.
  if (error == 0 || error == -EINVAL || error == -EOPNOTSUPP || error == -EBADF) return Done{};
  Error failure = system_error("sync", directory_path_, error, "the step can be run again");
  if (!written.empty()) failure.cause += "; " + written + " written, but may not survive a crash of the node";
  return failure;
}

Error ReplaceableFile::cannot_open(int error) const {
  if (error == -ELOOP) {
    std::string target;
    const bool known = files_.read_link(directory_, name_, target) == 0;
    return io_error("open " + path_, "is a symbolic link" + (known ? " to " + target : std::string()),
                    "Kratix mounts the directory elsewhere and would not find the target; write the file itself");
  }
  if (error == -ENXIO) return not_regular(path_, FileInfo::Type::socket);
  if (error != -EACCES) return system_error("open", path_, error);
  return system_error(
      "open", path_, error,
      "not readable by uid " + std::to_string(files_.user()) + ": run chmod 0644 in the container that writes it");
}

Outcome ReplaceableFile::remove_leftover() const {
  const int error = files_.remove(directory_, temporary_);
  if (error == 0 || error == -ENOENT) return Done{};
  return system_error(
      "remove", temporary_path_, error,
      error == -EISDIR ? "this is the name of the temporary file: remove the directory" : directory_fix(error));
}

Outcome ReplaceableFile::fill(Descriptor& file, const OldFile& old, const std::string& text) const {
  for (std::size_t done = 0; done < text.size();) {
    const std::int64_t size =
        retry([&] { return files_.write(file.number(), text.data() + done, text.size() - done); });
    if (size < 0)
      return system_error("write", temporary_path_, static_cast<int>(size), directory_fix(static_cast<int>(size)));
    if (size == 0) return system_error("write", temporary_path_, -EIO);
    done += static_cast<std::size_t>(size);
  }
  // The mode comes first: with CAP_CHOWN alone, a file given away can no longer be changed.
  const unsigned mode = old.exists ? (old.info.mode & 0777) | readable_by_all : new_file_mode;
  if (const int error = files_.change_mode(file.number(), mode); error < 0) {
    FileInfo info;
    const bool readable = files_.stat(file.number(), info) == 0 && (info.mode & readable_by_all) == readable_by_all;
    if (!readable)
      return system_error("change mode of", temporary_path_, error, "Kratix reads the file as another user");
  }
  if (Outcome outcome = keep_owner(file.number(), old); !outcome) return outcome;
  // Not again after an error: the kernel takes the pages that it lost for clean, and would call a second try a
  // success. EINTR is no such error: it says that a signal came before anything was tried.
  if (const int error = retry([&] { return files_.sync(file.number()); }); error < 0)
    return system_error("sync", temporary_path_, error, directory_fix(error));
  const int error = file.close();
  if (error < 0 && error != -EINTR) return system_error("close", temporary_path_, error, directory_fix(error));
  return Done{};
}

// Whoever owned the file may want to append to it, so it stays theirs where we are allowed to say so. Where we are
// not, content that all can read is what we promise.
Outcome ReplaceableFile::keep_owner(int file, const OldFile& old) const {
  FileInfo now;
  if (!old.exists || files_.stat(file, now) < 0) return Done{};
  if (now.owner == old.info.owner && now.group == old.info.group) return Done{};
  switch (const int error = files_.change_owner(file, old.info.owner, old.info.group); error) {
    case 0:
    case -EPERM:
    case -EINVAL:  // the owner has no number in this user namespace
    case -ENOSYS:
    case -EOPNOTSUPP:
    case -EACCES: return Done{};
    default: return system_error("change owner of", temporary_path_, error);
  }
}

Result<bool> ReplaceableFile::put_in_place(const OldFile& old) const {
  int error = 0;
  if (old.exists) {
    FileInfo now;
    error = files_.stat_at(directory_, name_, now);
    if (error == -ENOENT || (error == 0 && !is_same_file(now, old.info))) return false;
    if (error < 0) return system_error("stat", path_, error);
    error = files_.rename(directory_, temporary_, name_);
  } else {
    error = files_.rename_new(directory_, temporary_, name_);
    if (error == -EEXIST) return false;
    if (error == -EINVAL || error == -ENOSYS) {
      FileInfo now;
      error = files_.stat_at(directory_, name_, now);
      if (error == 0) return false;
      if (error != -ENOENT) return system_error("stat", path_, error);
      error = files_.rename(directory_, temporary_, name_);
    }
  }
  if (error < 0) return system_error("replace", path_, error, rename_fix(error, old));
  return true;
}

}  // namespace kratix_status
