// Locks a directory, and replaces its files: all of them, or none.
#include "files/locked_directory.h"

#include <algorithm>
#include <cerrno>
#include <span>
#include <utility>

#include "files/file_calls.h"
#include "files/path.h"
#include "files/replaceable_file.h"
#include "value/message.h"

namespace kratix_status {

namespace {

constexpr std::int64_t lock_poll_ms = 3;

// One file on its way: prepared beside its place, put there, and taken back if a later one fails.
class Replacement {
 public:
  Replacement(ReplaceableFile target, const ChangeText& change) : target_(std::move(target)), change_(change) {}

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

  // Renames; if another process wrote in between, prepares again from what it wrote.
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

  // `written`: as for ReplaceableFile::sync_directory()
  Outcome sync_directory(const std::string& written) const { return target_.sync_directory(written); }

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
    return *placed ? target_.sync_directory({}) : Outcome(keeps_changing());
  }

  // Whether the file exists and has the new text.
  bool is_right() const { return placed_ || (stays_ && old_.exists); }
  std::string path() const { return target_.path(); }

 private:
  Error keeps_changing() const {
    return io_error("replace " + path(), "another process keeps changing it without the lock",
                    "let it write through kratix-status, or under: flock " + printable(target_.directory_path()));
  }

  ReplaceableFile target_;
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
      failure.fix = "run the step again, or look at the file";
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
    if (!text.empty()) {
      text += " and ";
      verb = " are";
    }
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
    Outcome synced = replacement.sync_directory(is_last ? written(replacements) : std::string());
    if (!synced) return is_last ? synced : take_back(replacements, synced.error());
  }
  return Done{};
}

Outcome lock(FileSystem& files, int directory, const std::string& path, std::int64_t timeout_ms) {
  // Set by the first wait. Most do not wait, and the first look at the clock costs two page faults.
  std::optional<std::int64_t> start;
  while (true) {
    const int error = retry([&] { return files.try_lock(directory); });
    if (error == 0) return Done{};
    if (error != -EAGAIN) return system_error("lock", path, error);
    const std::int64_t now = files.now();
    if (!start) start = now;
    if (now - *start >= timeout_ms) {
      return io_error("lock " + path,
                      "held by another process for more than " + std::to_string(timeout_ms / 1000) + " s",
                      "look for a stopped kratix-status or flock, or raise --lock-timeout");
    }
    // Uneven pauses, so that waiters do not march in step.
    files.pause(lock_poll_ms + (now & 1));
  }
}

// Whether the directory is sticky.
bool check_directory(FileSystem& files, int directory, const std::string& path, std::vector<std::string>& warnings) {
  constexpr unsigned sticky = 01000;
  constexpr unsigned searchable_by_all = 01;
  FileInfo info;
  if (files.stat(directory, info) < 0) return false;
  if ((info.mode & searchable_by_all) == 0) {
    warnings.push_back(
        path + " cannot be searched by all users (chmod o+x): Kratix would silently treat status.yaml as missing");
  }
  return (info.mode & sticky) != 0;
}

std::string directory_fix(const std::string& path, int error, const std::string& fix_if_missing) {
  if (error == -ENOTDIR) return "the path, or a part of it, is a file: name a directory";
  if (error != -ENOENT) return {};
  if (!fix_if_missing.empty()) return fix_if_missing;
  return is_shell_word(path) ? "make the directory first: mkdir -p " + path : "make the directory first, with mkdir -p";
}

}  // namespace

Error LockedDirectory::cannot_open(int error) const {
  return system_error("open", path_, error, directory_fix(path_, error, fix_if_missing_));
}

Result<std::optional<std::string>> LockedDirectory::read(const std::string& name) {
  const Descriptor directory(files_, retry([&] { return files_.open_directory(path_); }));
  if (directory.number() < 0) return cannot_open(directory.number());
  Result<OldFile> old = ReplaceableFile(files_, directory.number(), path_, name, max_bytes_, false).read();
  if (!old) return old.error();
  return old->exists ? std::optional(std::move(old->text)) : std::nullopt;
}

Result<std::vector<DirectoryEntry>> LockedDirectory::list() {
  const Descriptor directory(files_, retry([&] { return files_.open_directory(path_); }));
  if (directory.number() < 0) return cannot_open(directory.number());
  std::vector<DirectoryEntry> entries = {{".", {}}};
  if (const int error = files_.stat(directory.number(), entries.front().info); error < 0)
    return system_error("stat", path_, error);
  std::vector<std::string> names;
  if (const int error = files_.list(directory.number(), names); error < 0) return system_error("list", path_, error);
  std::sort(names.begin(), names.end());
  for (std::string& name : names) {
    FileInfo info;
    const int error = files_.stat_at(directory.number(), name, info);
    if (error < 0 && error != -ENOENT) return system_error("stat", join(path_, name), error);
    if (error == 0) entries.push_back({std::move(name), info});
  }
  return entries;
}

Outcome LockedDirectory::replace(const std::string& name, const ChangeText& change, std::int64_t lock_timeout_ms,
                                 std::vector<std::string>& warnings) {
  return replace_all({{name, change}}, lock_timeout_ms, warnings);
}

Outcome LockedDirectory::replace_all(const std::vector<FileChange>& changes, std::int64_t lock_timeout_ms,
                                     std::vector<std::string>& warnings) {
  const Descriptor directory(files_, retry([&] { return files_.open_directory(path_); }));
  if (directory.number() < 0) return cannot_open(directory.number());
  if (Outcome locked = lock(files_, directory.number(), path_, lock_timeout_ms); !locked) return locked;
  const bool is_sticky = check_directory(files_, directory.number(), path_, warnings);
  std::vector<Replacement> replacements;
  replacements.reserve(changes.size());
  for (const FileChange& file : changes)
    replacements.emplace_back(ReplaceableFile(files_, directory.number(), path_, file.name, max_bytes_, is_sticky),
                              file.change);
  return run(replacements);
}

Outcome LockedDirectory::remove(const std::string& name, std::int64_t lock_timeout_ms) {
  const Descriptor directory(files_, retry([&] { return files_.open_directory(path_); }));
  if (directory.number() < 0) return cannot_open(directory.number());
  if (Outcome locked = lock(files_, directory.number(), path_, lock_timeout_ms); !locked) return locked;
  std::vector<std::string> not_told;  // about a file that Kratix is to read, and none is left
  const bool is_sticky = check_directory(files_, directory.number(), path_, not_told);
  return ReplaceableFile(files_, directory.number(), path_, name, max_bytes_, is_sticky).remove();
}

}  // namespace kratix_status
