#include "kratix_status/metadata_dir.h"

#include <algorithm>
#include <cerrno>
#include <span>
#include <utility>

#include "descriptor.h"
#include "kratix_status/contract.h"
#include "kratix_status/pipeline.h"
#include "kratix_status/text.h"

namespace kratix_status {

namespace {

constexpr unsigned readable_by_all = 0444;
constexpr unsigned new_file_mode = 0644;
constexpr int most_attempts = 3;  // against writers that do not lock
constexpr std::int64_t lock_poll_ms = 3;

std::string_view type_name(FileInfo::Type type) {
  switch (type) {
    case FileInfo::Type::regular: return "a regular file";
    case FileInfo::Type::folder: return "a folder";
    case FileInfo::Type::fifo: return "a FIFO";
    case FileInfo::Type::socket: return "a socket";
    case FileInfo::Type::symlink: return "a symbolic link";
    case FileInfo::Type::device: return "a device";
  }
  return "no file";
}

// The file as it was when we read it.
struct OldFile {
  bool exists = false;
  FileInfo info{};
  std::string text{};
};

bool is_same_file(const FileInfo& a, const FileInfo& b) {
  return a.device == b.device && a.inode == b.inode && a.size == b.size && a.modified == b.modified &&
         a.changed == b.changed;
}

// A leftover of a killed run has this name, whoever ran it; under the lock there is never a second one. In a sticky
// folder nobody can remove another user's, so there each user has a name, and at most one leftover.
std::string temporary_name(const std::string& name, bool is_sticky, unsigned user) {
  const std::string temporary = "." + name + ".kratix-status.tmp";
  return is_sticky ? temporary + "." + std::to_string(user) : temporary;
}

// One file of an open folder.
class Target {
 public:
  // `is_sticky`: the folder; matters for writing only
  Target(FileSystem& files, int folder, std::string folder_path, std::string name, bool is_sticky)
      : files_(files),
        folder_(folder),
        folder_path_(std::move(folder_path)),
        name_(std::move(name)),
        path_(join(folder_path_, name_)),
        temporary_(temporary_name(name_, is_sticky, files.user())),
        temporary_path_(join(folder_path_, temporary_)) {}

  Result<OldFile> read() const {
    const int number = retry([&] { return files_.open_file(folder_, name_); });
    if (number == -ENOENT) return OldFile{};
    if (number < 0) return cannot_open(number);
    const Descriptor file(files_, number);
    OldFile old{.exists = true};
    if (const int error = files_.stat(number, old.info); error < 0) return io_error("stat", path_, error);
    if (old.info.type != FileInfo::Type::regular) return not_regular(old.info.type);
    const int error = read_to_end(files_, number, max_file_bytes, old.text);
    if (error == too_large) {
      return Error{ErrorKind::malformed,
                   printable(path_),
                   "is larger than " + mebibytes(max_file_bytes) + "; Kubernetes would not store it",
                   {},
                   {}};
    }
    if (error < 0) return io_error("read", path_, error);
    return old;
  }

  // Writes the text into a dotfile beside the file, filled and on disk, or there is none.
  Outcome stage(const OldFile& old, const std::string& text) const {
    for (int attempt = 1;; ++attempt) {
      if (Outcome removed = remove_leftover(); !removed) return removed;
      const int number = retry([&] { return files_.create_file(folder_, temporary_); });
      if (number == -EEXIST && attempt < most_attempts) continue;
      if (number < 0) return io_error("create", temporary_path_, number, folder_cure(number));
      Descriptor file(files_, number);
      Outcome outcome = fill(file, old, text);
      if (!outcome) discard();
      return outcome;
    }
  }

  // True if the dotfile took the file's place; false if the file changed since it was read. Else it is gone.
  Result<bool> place(const OldFile& old) const {
    Result<bool> renamed = put_in_place(old);
    if (!renamed || !*renamed) discard();
    return renamed;
  }

  // The dotfile, at best effort; the next run removes it too.
  void discard() const { files_.remove(folder_, temporary_); }

  // The file itself, and what a killed run left of it. One that is not there is fine.
  Outcome remove() const {
    if (Outcome removed = remove_leftover(); !removed) return removed;
    const int error = files_.remove(folder_, name_);
    if (error < 0 && error != -ENOENT) return io_error("remove", path_, error, folder_cure(error));
    return sync_folder({});
  }

  // For a file that is right as it is: an earlier run may have been killed before it was on disk.
  Outcome sync() const {
    const Descriptor file(files_, retry([&] { return files_.open_file(folder_, name_); }));
    if (file.number() < 0) return cannot_open(file.number());
    const int error = retry([&] { return files_.sync(file.number()); });
    return error < 0 ? Outcome(io_error("sync", path_, error)) : Done{};
  }

  // `written`: what may not survive if this fails ("FILE is"); empty for nothing.
  Outcome sync_folder(const std::string& written) const {
    const int error = retry([&] { return files_.sync(folder_); });
    // These say that the file system has no such thing as syncing a folder.
    if (error == 0 || error == -EINVAL || error == -EOPNOTSUPP || error == -EBADF) return Done{};
    Error failure = io_error("sync", folder_path_, error, "the step can be run again");
    if (!written.empty()) failure.cause += "; " + written + " written, but may not survive a crash of the node";
    return failure;
  }

  const std::string& path() const { return path_; }
  const std::string& folder_path() const { return folder_path_; }

 private:
  Error cannot_open(int error) const {
    if (error == -ELOOP) {
      std::string target;
      const bool known = files_.read_link(folder_, name_, target) == 0;
      return {ErrorKind::io,
              "open " + printable(path_),
              "is a symbolic link" + (known ? " to " + printable(target) : std::string()),
              "Kratix mounts the folder elsewhere and would not find the target; write the file itself",
              {}};
    }
    if (error == -ENXIO) return not_regular(FileInfo::Type::socket);
    if (error != -EACCES) return io_error("open", path_, error);
    return io_error(
        "open", path_, error,
        "not readable by uid " + std::to_string(files_.user()) + ": run chmod 0644 in the container that writes it");
  }

  Error not_regular(FileInfo::Type type) const {
    return {ErrorKind::io,
            "open " + printable(path_),
            "is " + std::string(type_name(type)) + ", not a regular file",
            {},
            {}};
  }

  Outcome remove_leftover() const {
    const int error = files_.remove(folder_, temporary_);
    if (error == 0 || error == -ENOENT) return Done{};
    return io_error("remove", temporary_path_, error, folder_cure(error));
  }

  Outcome fill(Descriptor& file, const OldFile& old, const std::string& text) const {
    for (std::size_t done = 0; done < text.size();) {
      const std::int64_t size =
          retry([&] { return files_.write(file.number(), text.data() + done, text.size() - done); });
      if (size < 0)
        return io_error("write", temporary_path_, static_cast<int>(size), folder_cure(static_cast<int>(size)));
      if (size == 0) return io_error("write", temporary_path_, -EIO);
      done += static_cast<std::size_t>(size);
    }
    // The mode comes first: with CAP_CHOWN alone, a file given away can no longer be changed.
    const unsigned mode = old.exists ? (old.info.mode & 0777) | readable_by_all : new_file_mode;
    if (const int error = files_.change_mode(file.number(), mode); error < 0) {
      FileInfo info;
      const bool readable = files_.stat(file.number(), info) == 0 && (info.mode & readable_by_all) == readable_by_all;
      if (!readable) return io_error("change mode of", temporary_path_, error, "Kratix reads the file as another user");
    }
    if (Outcome outcome = keep_owner(file.number(), old); !outcome) return outcome;
    // Not again after an error: the kernel takes the pages that it lost for clean, and would call a second try a
    // success. EINTR is no such error: it says that a signal came before anything was tried.
    if (const int error = retry([&] { return files_.sync(file.number()); }); error < 0)
      return io_error("sync", temporary_path_, error, folder_cure(error));
    const int error = file.close();
    if (error < 0 && error != -EINTR) return io_error("close", temporary_path_, error, folder_cure(error));
    return Done{};
  }

  // Whoever owned the file may want to append to it, so it stays theirs where we are allowed to say so. Where we are
  // not, content that all can read is what we promise.
  Outcome keep_owner(int file, const OldFile& old) const {
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
      default: return io_error("change owner of", temporary_path_, error);
    }
  }

  Result<bool> put_in_place(const OldFile& old) const {
    int error = 0;
    if (old.exists) {
      FileInfo now;
      error = files_.stat_at(folder_, name_, now);
      if (error == -ENOENT || (error == 0 && !is_same_file(now, old.info))) return false;
      if (error < 0) return io_error("stat", path_, error);
      error = files_.rename(folder_, temporary_, name_);
    } else {
      error = files_.rename_new(folder_, temporary_, name_);
      if (error == -EEXIST) return false;
      if (error == -EINVAL || error == -ENOSYS) {
        FileInfo now;
        error = files_.stat_at(folder_, name_, now);
        if (error == 0) return false;
        if (error != -ENOENT) return io_error("stat", path_, error);
        error = files_.rename(folder_, temporary_, name_);
      }
    }
    if (error < 0) return io_error("replace", path_, error, rename_cure(error, old));
    return true;
  }

  std::string rename_cure(int error, const OldFile& old) const {
    if (error == -EBUSY) return "it is a mount point (subPath): mount the folder instead";
    if (!old.exists || (error != -EPERM && error != -EACCES)) return folder_cure(error);
    return "in a sticky folder only uid " + std::to_string(old.info.owner) +
           ", the folder's owner or root can replace it; it may also be immutable";
  }

  static std::string folder_cure(int error) {
    switch (error) {
      case -EROFS: return "the folder is mounted read-only: /kratix/metadata must be writable, /kratix/input never is";
      case -ENOSPC:
      case -EDQUOT: return "free some space on the volume; nothing was changed";
      case -EFBIG: return "raise the file size limit (ulimit -f); nothing was changed";
      case -EACCES:
      case -EPERM: return "the folder must be writable for the user that runs this step";
      default: return {};
    }
  }

  FileSystem& files_;
  int folder_;
  std::string folder_path_;
  std::string name_;
  std::string path_;
  std::string temporary_;
  std::string temporary_path_;
};

// One file on its way: prepared beside its place, put there, and taken back if a later one fails.
class Replacement {
 public:
  Replacement(Target target, const ChangeText& change) : target_(std::move(target)), change_(change) {}

  // Reads the file, changes its text, and writes the new one beside it.
  Outcome prepare() {
    Result<OldFile> old = target_.read();
    if (!old) return old.error();
    old_ = std::move(*old);
    Result<std::optional<std::string>> text =
        change_(old_.exists ? std::optional<std::string_view>(old_.text) : std::nullopt);
    if (!text) return text.error();
    const bool readable = (old_.info.mode & readable_by_all) == readable_by_all;
    new_text_ = *text ? std::move(**text) : old_.text;
    stays_ = (!*text && !old_.exists) || (old_.exists && readable && new_text_ == old_.text);
    if (stays_) {
      target_.discard();
      return old_.exists ? target_.sync() : Outcome(Done{});
    }
    Outcome outcome = target_.stage(old_, new_text_);
    staged_ = outcome.ok();
    return outcome;
  }

  // Renames; where somebody else wrote in between, prepares anew on what they wrote.
  // REQUIRES: prepare() has succeeded
  Outcome place() {
    for (int attempt = 1; !stays_; ++attempt) {
      staged_ = false;
      Result<bool> placed = target_.place(old_);
      if (!placed) return placed.error();
      if (*placed) {
        placed_ = true;
        return Done{};
      }
      if (attempt == most_attempts) return keeps_changing();
      if (Outcome prepared = prepare(); !prepared) return prepared;
    }
    return Done{};
  }

  // `written`: as for Target::sync_folder()
  Outcome sync_folder(const std::string& written) const { return target_.sync_folder(written); }

  // Leaves the file as it was before all this.
  Outcome take_back() {
    if (std::exchange(staged_, false)) target_.discard();
    if (!std::exchange(placed_, false)) return Done{};
    Result<OldFile> now = target_.read();
    if (!now) return now.error();
    if (!now->exists || now->text != new_text_) return keeps_changing();
    if (!old_.exists) return target_.remove();
    if (Outcome staged = target_.stage(*now, old_.text); !staged) return staged;
    Result<bool> placed = target_.place(*now);
    if (!placed) return placed.error();
    return *placed ? target_.sync_folder({}) : Outcome(keeps_changing());
  }

  // Whether the file is there, and as it shall be.
  bool is_right() const { return placed_ || (stays_ && old_.exists); }
  std::string path() const { return printable(target_.path()); }

 private:
  Error keeps_changing() const {
    return {ErrorKind::io,
            "replace " + path(),
            "another process keeps changing it without the lock",
            "let it write through kratix-status, or under: flock " + printable(target_.folder_path()),
            {}};
  }

  Target target_;
  const ChangeText& change_;
  OldFile old_{};
  std::string new_text_{};
  bool staged_ = false;
  bool stays_ = false;
  bool placed_ = false;
};

// `failure`, with what could not be undone of it.
Error take_back(std::span<Replacement> replacements, Error failure) {
  for (auto at = replacements.rbegin(); at != replacements.rend(); ++at) {
    if (Outcome outcome = at->take_back(); !outcome) {
      failure.cause += "; " + at->path() + " is written already, and was not put back: " + outcome.error().cause;
      failure.cure = "run the step again, or look at the file";
    }
  }
  return failure;
}

// "FILE is", "FILE and FILE are"
std::string written(std::span<const Replacement> replacements) {
  std::string text;
  const char* verb = " is";
  for (const Replacement& replacement : replacements) {
    if (!replacement.is_right()) continue;
    if (!text.empty()) text += " and ", verb = " are";
    text += replacement.path();
  }
  return text.empty() ? text : text + verb;
}

// Nothing takes its place before everything is prepared, and none before the one ahead of it is on disk.
Outcome run(std::span<Replacement> replacements) {
  for (Replacement& replacement : replacements) {
    if (Outcome prepared = replacement.prepare(); !prepared) return take_back(replacements, prepared.error());
  }
  for (Replacement& replacement : replacements) {
    if (Outcome placed = replacement.place(); !placed) return take_back(replacements, placed.error());
    const bool is_last = &replacement == &replacements.back();
    Outcome synced = replacement.sync_folder(is_last ? written(replacements) : std::string());
    if (!synced) return is_last ? synced : take_back(replacements, synced.error());
  }
  return Done{};
}

Outcome lock(FileSystem& files, int folder, const std::string& path, std::int64_t timeout_ms) {
  const std::int64_t start = files.now();
  while (true) {
    const int error = retry([&] { return files.try_lock(folder); });
    if (error == 0) return Done{};
    if (error != -EAGAIN) return io_error("lock", path, error);
    if (files.now() - start >= timeout_ms) {
      return Error{ErrorKind::io,
                   "lock " + printable(path),
                   "held by another process for more than " + std::to_string(timeout_ms / 1000) + " s",
                   "look for a stopped kratix-status or flock, or raise --lock-timeout",
                   {}};
    }
    // Uneven pauses, so that waiters do not march in step.
    files.pause(lock_poll_ms + (files.now() & 1));
  }
}

// Whether the folder is sticky.
bool check_folder(FileSystem& files, int folder, const std::string& path, std::vector<std::string>& warnings) {
  constexpr unsigned sticky = 01000;
  constexpr unsigned searchable_by_all = 01;
  FileInfo info;
  if (files.stat(folder, info) < 0) return false;
  if ((info.mode & searchable_by_all) == 0) {
    warnings.push_back(
        printable(path) +
        " cannot be searched by all users (chmod o+x): Kratix would not find status.yaml, and would not say so");
  }
  return (info.mode & sticky) != 0;
}

Error no_folder(const std::string& path, int error) {
  const bool missing = error == -ENOENT || error == -ENOTDIR;
  return io_error("open", path, error,
                  missing ? "outside of a Pipeline, name a folder with --root or --metadata-dir" : "");
}

}  // namespace

Result<std::optional<std::string>> MetadataDir::read(const std::string& name) {
  const Descriptor folder(files_, retry([&] { return files_.open_folder(path_); }));
  if (folder.number() < 0) return no_folder(path_, folder.number());
  Result<OldFile> old = Target(files_, folder.number(), path_, name, false).read();
  if (!old) return old.error();
  return old->exists ? std::optional(std::move(old->text)) : std::nullopt;
}

Result<std::vector<FolderEntry>> MetadataDir::list() {
  const Descriptor folder(files_, retry([&] { return files_.open_folder(path_); }));
  if (folder.number() < 0) return no_folder(path_, folder.number());
  std::vector<FolderEntry> entries = {{".", {}}};
  if (const int error = files_.stat(folder.number(), entries.front().info); error < 0)
    return io_error("stat", path_, error);
  std::vector<std::string> names;
  if (const int error = files_.list(folder.number(), names); error < 0) return io_error("list", path_, error);
  std::sort(names.begin(), names.end());
  for (std::string& name : names) {
    FileInfo info;
    const int error = files_.stat_at(folder.number(), name, info);
    if (error < 0 && error != -ENOENT) return io_error("stat", join(path_, name), error);
    if (error == 0) entries.push_back({std::move(name), info});
  }
  return entries;
}

Outcome MetadataDir::replace(const std::string& name, const ChangeText& change, std::int64_t lock_timeout_ms,
                             std::vector<std::string>& warnings) {
  return replace_all({{name, change}}, lock_timeout_ms, warnings);
}

Outcome MetadataDir::replace_all(const std::vector<FileChange>& changes, std::int64_t lock_timeout_ms,
                                 std::vector<std::string>& warnings) {
  const Descriptor folder(files_, retry([&] { return files_.open_folder(path_); }));
  if (folder.number() < 0) return no_folder(path_, folder.number());
  if (Outcome locked = lock(files_, folder.number(), path_, lock_timeout_ms); !locked) return locked;
  const bool is_sticky = check_folder(files_, folder.number(), path_, warnings);
  std::vector<Replacement> replacements;
  replacements.reserve(changes.size());
  for (const FileChange& file : changes)
    replacements.emplace_back(Target(files_, folder.number(), path_, file.name, is_sticky), file.change);
  return run(replacements);
}

Outcome MetadataDir::remove(const std::string& name, std::int64_t lock_timeout_ms) {
  const Descriptor folder(files_, retry([&] { return files_.open_folder(path_); }));
  if (folder.number() < 0) return no_folder(path_, folder.number());
  if (Outcome locked = lock(files_, folder.number(), path_, lock_timeout_ms); !locked) return locked;
  std::vector<std::string> not_told;  // they are about a file that Kratix is to find
  const bool is_sticky = check_folder(files_, folder.number(), path_, not_told);
  return Target(files_, folder.number(), path_, name, is_sticky).remove();
}

Result<std::optional<std::string>> read_whole(FileSystem& files, const std::string& path, std::size_t limit) {
  std::string text;
  int error = 0;
  if (path == "-") {
    error = read_to_end(files, 0, limit, text);
  } else {
    const Descriptor file(files, retry([&] { return files.open_path(path); }));
    if (file.number() == -ENOENT) return std::optional<std::string>();
    if (file.number() < 0) return io_error("open", path, file.number());
    error = read_to_end(files, file.number(), limit, text);
  }
  const std::string name = path == "-" ? "standard input" : path;
  if (error == too_large)
    return Error{ErrorKind::refused, "read " + printable(name), "is larger than " + mebibytes(limit), {}, {}};
  if (error < 0) return io_error("read", name, error);
  return std::optional(std::move(text));
}

}  // namespace kratix_status
