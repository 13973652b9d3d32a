// How a file of Kratix is read and replaced: the order of the calls, modes and owners, what is refused, and writers
// that do not lock. Faults are in locked_directory_faults_test.cpp.

#include <algorithm>
#include <cerrno>
#include <functional>
#include <string>
#include <vector>

#include "files/whole_file.h"
#include "kratix/limits.h"
#include "kratix/metadata_directory.h"
#include "locked_directory_run.h"

namespace kratix_status {

namespace {

using Log = std::vector<std::string>;

MemoryFileSystem with_directory(unsigned mode = 0777, unsigned owner = 0) {
  MemoryFileSystem files;
  files.add_directory(directory, mode, owner);
  return files;
}

std::vector<std::string> only_status() { return {"status.yaml"}; }

// Another process writes just before the nth call that starts with `call`.
void before(MemoryFileSystem& files, const std::string& call, int nth, const std::function<void()>& act) {
  files.before_call = [&files, call, nth, act, seen = 0](const std::string& now) mutable {
    if (!now.starts_with(call) || ++seen != nth) return;
    act();
  };
}

}  // namespace

TEST_CASE("a file is replaced in the order that makes it safe", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(file, "old: 1\n");
  const std::uint64_t inode = files.info(file).inode;
  CHECK(said(replace(files)) == "ok");
  CHECK(files.log == Log{
                         "open_directory " + directory,
                         "try_lock .",
                         "stat .",
                         "open_file status.yaml",
                         "stat status.yaml",
                         "read status.yaml",
                         "read status.yaml",
                         "close status.yaml",
                         "remove " + temporary_name,
                         "create_file " + temporary_name,
                         "write " + temporary_name,
                         "change_mode " + temporary_name,
                         "stat " + temporary_name,
                         "sync " + temporary_name,
                         "close " + temporary_name,
                         "stat_at status.yaml",
                         "rename " + temporary_name + " -> status.yaml",
                         "sync .",
                         "close .",
                     });
  CHECK(files.text(file) == "old: 1\nnew: 1\n");
  CHECK(files.info(file).inode != inode);
  CHECK(files.names(directory) == only_status());
  CHECK(files.open_descriptors() == 0);
}

TEST_CASE("a first file takes its place only if there is still none", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  CHECK(said(replace(files)) == "ok");
  CHECK(files.log == Log{
                         "open_directory " + directory,
                         "try_lock .",
                         "stat .",
                         "open_file status.yaml",
                         "remove " + temporary_name,
                         "create_file " + temporary_name,
                         "write " + temporary_name,
                         "change_mode " + temporary_name,
                         "sync " + temporary_name,
                         "close " + temporary_name,
                         "rename_new " + temporary_name + " -> status.yaml",
                         "sync .",
                         "close .",
                     });
  CHECK(files.text(file) == "new: 1\n");
  CHECK(files.info(file).mode == 0644);
  CHECK(files.names(directory) == only_status());
  CHECK(files.open_descriptors() == 0);
}

TEST_CASE("a file that is right as it is stays, and is made sure to be on disk", "[metadata_dir]") {
  const ChangeText same = [](std::optional<std::string_view> old_text) -> Result<std::optional<std::string>> {
    return std::optional(std::string(old_text.value_or("")));
  };
  for (const ChangeText& change : {ChangeText(test::leave), same}) {
    MemoryFileSystem files = with_directory();
    files.put(file, "old: 1\n");
    const FileInfo info = files.info(file);
    CHECK(said(replace(files, change)) == "ok");
    CHECK(files.log == Log{
                           "open_directory " + directory,
                           "try_lock .",
                           "stat .",
                           "open_file status.yaml",
                           "stat status.yaml",
                           "read status.yaml",
                           "read status.yaml",
                           "close status.yaml",
                           "remove " + temporary_name,
                           "open_file status.yaml",
                           "sync status.yaml",
                           "close status.yaml",
                           "sync .",
                           "close .",
                       });
    CHECK(files.info(file).inode == info.inode);
    CHECK(files.info(file).changed == info.changed);
    CHECK(files.open_descriptors() == 0);
  }
}

TEST_CASE("nothing to write and no file leaves no file", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  CHECK(said(replace(files, test::leave)) == "ok");
  CHECK(files.names(directory).empty());
}

TEST_CASE("a new file is 0644, an old one keeps its mode and becomes readable by all", "[metadata_dir]") {
  struct Row {
    unsigned before, after;
  };
  const Row rows[] = {{0644, 0644}, {0600, 0644}, {0666, 0666}, {0400, 0444},  {0440, 0444},  {0777, 0777},
                      {0000, 0444}, {0755, 0755}, {0200, 0644}, {04755, 0755}, {02644, 0644}, {01666, 0666}};
  for (const Row& row : rows) {
    CAPTURE(row.before);
    MemoryFileSystem files = with_directory();
    files.put(file, "old: 1\n", row.before);
    CHECK(said(replace(files)) == "ok");
    CHECK(files.info(file).mode == row.after);
  }
}

TEST_CASE("a file that others cannot read is written anew even if its text is right", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(file, "old: 1\n", 0600);
  CHECK(said(replace(files, test::leave)) == "ok");
  CHECK(files.info(file).mode == 0644);
  CHECK(files.text(file) == "old: 1\n");
  CHECK(files.names(directory) == only_status());
}

TEST_CASE("the owner stays where we may say so, and the content is written all the same where not", "[metadata_dir]") {
  struct Row {
    unsigned user;
    bool may_give_away;
    unsigned owner, group, owner_after, group_after;
  };
  const Row rows[] = {
      {0, true, 1000, 2000, 1000, 2000},     {0, false, 1000, 2000, 0, 0}, {1000, false, 1000, 1000, 1000, 1000},
      {1000, false, 2000, 2000, 1000, 1000}, {0, true, 0, 0, 0, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.user, row.owner, row.may_give_away);
    MemoryFileSystem files = with_directory();
    files.set_user(row.user);
    files.allow_giving_away(row.may_give_away);
    files.put(file, "old: 1\n", 0644, row.owner, row.group);
    CHECK(said(replace(files)) == "ok");
    CHECK(files.text(file) == "old: 1\nnew: 1\n");
    CHECK(files.info(file).owner == row.owner_after);
    CHECK(files.info(file).group == row.group_after);
    CHECK(files.info(file).mode == 0644);
  }
}

TEST_CASE("the mode is changed before the owner, and the owner before the bytes are synced", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(file, "old: 1\n", 0640, 1000, 1000);
  CHECK(said(replace(files)) == "ok");
  const auto at = [&](const std::string& call) {
    return std::find(files.log.begin(), files.log.end(), call + " " + temporary_name) - files.log.begin();
  };
  CHECK(at("change_mode") < at("change_owner"));
  CHECK(at("change_owner") < at("sync"));
  CHECK(files.info(file).mode == 0644);
}

TEST_CASE("what a killed run left behind is removed, whoever left it", "[metadata_dir]") {
  for (const unsigned owner : {0U, 1000U}) {
    for (const bool exists : {true, false}) {
      MemoryFileSystem files = with_directory();
      files.set_user(2000);
      if (exists) files.put(file, "old: 1\n", 0644, 2000, 2000);
      files.put(temporary, "half of", 0600, owner);
      CHECK(said(replace(files)) == "ok");
      CHECK(files.names(directory) == only_status());
      CHECK(files.text(file) == (exists ? "old: 1\nnew: 1\n" : "new: 1\n"));
    }
  }
}

TEST_CASE("a run that changes nothing removes a leftover too, if it can", "[metadata_dir]") {
  for (const bool removable : {true, false}) {
    MemoryFileSystem files = with_directory();
    files.put(file, "old: 1\n");
    files.put(temporary, "half of", 0600);
    FailingFileSystem failing(files);
    if (!removable) failing.fail_always("remove", EROFS);
    CHECK(said(replace(failing, test::leave)) == "ok");
    CHECK(files.text(temporary).has_value() == !removable);
    CHECK(files.text(file) == "old: 1\n");
  }
}

TEST_CASE("in a sticky directory each user has one leftover at most, and the next run removes it", "[metadata_dir]") {
  MemoryFileSystem files = with_directory(01777);
  files.put(temporary + ".1000", "half of", 0600, 1000);
  files.put(temporary + ".2000", "half of", 0600, 2000);
  files.set_user(1000);
  CHECK(said(replace(files)) == "ok");
  CHECK(files.text(file) == "new: 1\n");
  CHECK(files.info(file).owner == 1000);
  CHECK(files.names(directory) == std::vector<std::string>{temporary_name + ".2000", "status.yaml"});
  files.set_user(2000);
  CHECK(said(replace(files, test::leave)) == "ok");
  CHECK(files.names(directory) == only_status());
}

TEST_CASE("a file of another user in a sticky directory is not replaced, and says who could", "[metadata_dir]") {
  MemoryFileSystem files = with_directory(01777);
  files.set_user(1000);
  files.put(file, "old: 1\n", 0644, 2000);
  CHECK(said(replace(files)) ==
        "io: replace /kratix/metadata/status.yaml: Operation not permitted (in a sticky directory only uid 2000, the "
        "directory's owner or "
        "root can replace it; it may also be immutable)");
  CHECK(files.text(file) == "old: 1\n");
  CHECK(files.names(directory) == only_status());
  CHECK(files.open_descriptors() == 0);
}

TEST_CASE("what is no regular file is refused by its name, for reading and for replacing", "[metadata_dir]") {
  struct Row {
    FileInfo::Type type;
    const char* error;
  };
  const Row rows[] = {
      {FileInfo::Type::directory, "io: open /kratix/metadata/status.yaml: is a directory, not a regular file"},
      {FileInfo::Type::fifo, "io: open /kratix/metadata/status.yaml: is a FIFO, not a regular file"},
      {FileInfo::Type::socket, "io: open /kratix/metadata/status.yaml: is a socket, not a regular file"},
      {FileInfo::Type::device, "io: open /kratix/metadata/status.yaml: is a device, not a regular file"},
  };
  for (const Row& row : rows) {
    MemoryFileSystem files = with_directory();
    files.put_special(file, row.type);
    CHECK(said(replace(files)) == row.error);
    CHECK(test::outcome(metadata_directory(files, directory).read("status.yaml")) == row.error);
    CHECK(files.names(directory) == only_status());
    CHECK(files.info(file).type == row.type);
    CHECK(files.open_descriptors() == 0);
  }
}

TEST_CASE("a symbolic link is refused, and its target named", "[metadata_dir]") {
  struct Row {
    const char* target;
    const char* error;
  };
  const Row rows[] = {
      {"other.yaml",
       "io: open /kratix/metadata/status.yaml: is a symbolic link to other.yaml (Kratix mounts the directory elsewhere "
       "and would not find "
       "the target; write the file itself)"},
      {"/kratix/output/x\n\x1b[2J",
       "io: open /kratix/metadata/status.yaml: is a symbolic link to /kratix/output/x\\n\\x1b[2J (Kratix mounts the "
       "directory elsewhere "
       "and would not find the target; write the file itself)"},
  };
  for (const Row& row : rows) {
    MemoryFileSystem files = with_directory();
    files.put_link(file, row.target);
    CHECK(said(replace(files)) == row.error);
    CHECK(test::outcome(metadata_directory(files, directory).read("status.yaml")) == row.error);
    CHECK(files.info(file).type == FileInfo::Type::symlink);
  }
  MemoryFileSystem files = with_directory();
  files.put_link(file, "other.yaml");
  FailingFileSystem failing(files);
  failing.fail_always("read_link", EIO);
  CHECK(
      said(replace(failing)) ==
      "io: open /kratix/metadata/status.yaml: is a symbolic link (Kratix mounts the directory elsewhere and would not "
      "find the target; "
      "write the file itself)");
}

TEST_CASE("a file that we may not read is an error, never empty", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.set_user(65532);
  files.put(file, "old: 1\n", 0600, 1000);
  const std::string error =
      "io: open /kratix/metadata/status.yaml: Permission denied (not readable by uid 65532: run chmod 0644 in the "
      "container that "
      "writes it)";
  CHECK(said(replace(files)) == error);
  CHECK(test::outcome(metadata_directory(files, directory).read("status.yaml")) == error);
  CHECK(files.text(file) == "old: 1\n");
}

TEST_CASE("a directory that is missing, no directory, closed to us or read-only says so", "[metadata_dir]") {
  MemoryFileSystem none;
  CHECK(said(replace(none)) ==
        "io: open /kratix/metadata: No such file or directory (outside of a Pipeline, make a directory, and name it: "
        "mkdir metadata, then --root .)");
  CHECK(none.open_descriptors() == 0);

  MemoryFileSystem no_directory;
  no_directory.add_directory("/kratix");
  no_directory.put(directory, "a file");
  CHECK(said(replace(no_directory)) ==
        "io: open /kratix/metadata: Not a directory (the path, or a part of it, is a file: name a directory)");

  MemoryFileSystem unreadable = with_directory(0733);
  unreadable.set_user(1000);
  CHECK(said(replace(unreadable)) == "io: open /kratix/metadata: Permission denied");

  MemoryFileSystem unwritable = with_directory(0755);
  unwritable.set_user(1000);
  CHECK(said(replace(unwritable)) ==
        "io: create /kratix/metadata/.status.yaml.kratix-status.tmp: Permission denied (the directory must be writable "
        "for the user that "
        "runs this step)");
}

TEST_CASE("a directory that the status-writer cannot search is warned of", "[metadata_dir]") {
  MemoryFileSystem files = with_directory(0770);
  const Run run = replace(files);
  CHECK(said(run) == "ok");
  CHECK(run.warnings == Log{"/kratix/metadata cannot be searched by all users (chmod o+x): Kratix would silently treat "
                            "status.yaml as missing"});
  MemoryFileSystem open = with_directory(0777);
  CHECK(replace(open).warnings.empty());
}

TEST_CASE("a file of more than 4 MiB is malformed, one of exactly as much is read", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(file, std::string(max_file_bytes, '#'));
  CHECK(said(replace(files, test::leave)) == "ok");
  const Result<std::optional<std::string>> text = metadata_directory(files, directory).read("status.yaml");
  REQUIRE(text.ok());
  CHECK((*text)->size() == max_file_bytes);
  files.put(file, std::string(max_file_bytes + 1, '#'));
  const std::string error =
      "malformed: /kratix/metadata/status.yaml: is larger than 4 MiB; Kubernetes would not store it";
  CHECK(said(replace(files, test::leave)) == error);
  CHECK(test::outcome(metadata_directory(files, directory).read("status.yaml")) == error);
  CHECK(files.open_descriptors() == 0);
}

TEST_CASE("the change's own error comes back, and nothing is touched", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(file, "old: 1\n");
  const Run run = replace(files, [](auto) -> Result<std::optional<std::string>> {
    return Error{ErrorKind::refused, "key x", "no", "yes", "  x\n  ^"};
  });
  CHECK(said(run) == "refused: key x: no (yes)\n  x\n  ^");
  CHECK(files.text(file) == "old: 1\n");
  CHECK(std::find(files.log.begin(), files.log.end(), "create_file " + temporary_name) == files.log.end());
  CHECK(files.open_descriptors() == 0);
}

TEST_CASE("the change is given the text that is there, or nothing where there is no file", "[metadata_dir]") {
  for (const char* text : {"", "x", "a\nb\n"}) {
    MemoryFileSystem files = with_directory();
    files.put(file, text);
    std::optional<std::string> given;
    const auto keep = [&](std::optional<std::string_view> old_text) -> Result<std::optional<std::string>> {
      if (old_text) given = std::string(*old_text);
      return std::optional<std::string>();
    };
    CHECK(said(replace(files, keep)) == "ok");
    CHECK(given == text);
    files.erase(file);
    given.reset();
    CHECK(said(replace(files, keep)) == "ok");
    CHECK_FALSE(given.has_value());
  }
}

TEST_CASE("a lock that another process holds is waited for, and then it is our turn", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.lock_by_other(directory, 500);
  const std::int64_t start = files.now();
  CHECK(said(replace(files)) == "ok");
  CHECK(files.now() - start >= 500);
  CHECK(files.now() - start < 520);
}

TEST_CASE("a lock that is not given up in time is an error, and nothing was read or written", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(file, "old: 1\n");
  files.lock_by_other(directory, 1'000'000);
  const std::int64_t start = files.now();
  CHECK(said(replace(files)) ==
        "io: lock /kratix/metadata: held by another process for more than 2 s (look for a stopped kratix-status or "
        "flock, or raise "
        "--lock-timeout)");
  CHECK(files.now() - start >= test::lock_timeout_ms);
  CHECK(files.now() - start < test::lock_timeout_ms + 20);
  CHECK(files.text(file) == "old: 1\n");
  CHECK(std::find(files.log.begin(), files.log.end(), "open_file status.yaml") == files.log.end());
  CHECK(files.open_descriptors() == 0);
}

TEST_CASE("the lock is given up at the end, so that the next run has it", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  for (int i = 0; i < 3; ++i) CHECK(said(replace(files)) == "ok");
  CHECK(files.text(file) == "new: 1\nnew: 1\nnew: 1\n");
}

TEST_CASE("a writer that does not lock is noticed before the rename, and its text is kept", "[metadata_dir]") {
  struct Row {
    const char* what;
    std::function<void(MemoryFileSystem&)> act;
    const char* after;
  };
  const Row rows[] = {
      {"writes over it", [](MemoryFileSystem& files) { files.put(file, "theirs: 1\n"); }, "theirs: 1\nnew: 1\n"},
      {"writes the same size", [](MemoryFileSystem& files) { files.put(file, "odd: 1\n"); }, "odd: 1\nnew: 1\n"},
      {"writes the same text", [](MemoryFileSystem& files) { files.put(file, "old: 1\n"); }, "old: 1\nnew: 1\n"},
      {"puts another file there",
       [](MemoryFileSystem& files) {
         files.erase(file);
         files.put(file, "theirs: 1\n");
       },
       "theirs: 1\nnew: 1\n"},
      {"removes it", [](MemoryFileSystem& files) { files.erase(file); }, "new: 1\n"},
  };
  for (const Row& row : rows) {
    for (const char* call : {"remove ", "create_file ", "write ", "sync ", "stat_at "}) {
      CAPTURE(row.what, call);
      MemoryFileSystem files = with_directory();
      files.put(file, "old: 1\n");
      before(files, call, 1, [&] { row.act(files); });
      CHECK(said(replace(files)) == "ok");
      CHECK(files.text(file) == row.after);
      CHECK(files.names(directory) == only_status());
      CHECK(files.open_descriptors() == 0);
    }
  }
}

TEST_CASE("a file that appears while the first one is written is merged, not lost", "[metadata_dir]") {
  for (const char* call : {"remove ", "create_file ", "write ", "sync ", "rename_new "}) {
    CAPTURE(call);
    MemoryFileSystem files = with_directory();
    before(files, call, 1, [&] { files.put(file, "theirs: 1\n"); });
    CHECK(said(replace(files)) == "ok");
    CHECK(files.text(file) == "theirs: 1\nnew: 1\n");
    CHECK(files.names(directory) == only_status());
  }
}

TEST_CASE("a file that seems to be missing and is not is not lost", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(file, "old: 1\n");
  FailingFileSystem failing(files);
  failing.fail("open_file", 1, ENOENT);
  CHECK(said(replace(failing)) == "ok");
  CHECK(failing.failures() == 1);
  CHECK(files.text(file) == "old: 1\nnew: 1\n");
}

TEST_CASE("after three times of somebody else's writing it is an error, and theirs stands", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(file, "theirs: 0\n");
  int times = 0;
  files.before_call = [&](const std::string& call) {
    if (call.starts_with("stat_at ")) files.put(file, "theirs: " + std::to_string(++times) + "\n");
  };
  CHECK(said(replace(files)) ==
        "io: replace /kratix/metadata/status.yaml: another process keeps changing it without the lock (let it write "
        "through "
        "kratix-status, or under: flock /kratix/metadata)");
  CHECK(times == 3);
  CHECK(files.text(file) == "theirs: 3\n");
  CHECK(files.names(directory) == only_status());
  CHECK(files.open_descriptors() == 0);
}

TEST_CASE("where the file system cannot tell new from old, a plain rename puts the first file there",
          "[metadata_dir]") {
  for (const int error : {EINVAL, ENOSYS}) {
    MemoryFileSystem files = with_directory();
    FailingFileSystem failing(files);
    failing.fail_always("rename_new", error);
    CHECK(said(replace(failing)) == "ok");
    CHECK(files.text(file) == "new: 1\n");
    CHECK(files.names(directory) == only_status());
  }
}

TEST_CASE("a large text is written whole, in however small pieces", "[metadata_dir]") {
  std::string text;
  for (int i = 0; i < 40'000; ++i) text += std::to_string(i);
  for (const std::size_t bytes : {std::size_t{1} << 16, std::size_t{1000}, std::size_t{7}}) {
    MemoryFileSystem files = with_directory();
    FailingFileSystem failing(files);
    failing.shorten_transfers(bytes);
    CHECK(said(replace(failing, [&](auto) -> Result<std::optional<std::string>> { return std::optional(text); })) ==
          "ok");
    CHECK(files.text(file) == text);
    const Result<std::optional<std::string>> read = metadata_directory(failing, directory).read("status.yaml");
    REQUIRE(read.ok());
    CHECK(*read == text);
  }
}

TEST_CASE("other files of the directory have their own names, leftovers and texts", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(file, "old: 1\n");
  files.put(directory + "/.workflow-control.yaml.kratix-status.tmp", "half");
  std::vector<std::string> warnings;
  CHECK(metadata_directory(files, directory).replace("workflow-control.yaml", test::add_line, 10, warnings).ok());
  CHECK(files.text(directory + "/workflow-control.yaml") == "new: 1\n");
  CHECK(files.text(file) == "old: 1\n");
  CHECK(files.names(directory) == std::vector<std::string>{"status.yaml", "workflow-control.yaml"});
}

TEST_CASE("reading takes no lock, and tells a missing file from one that cannot be read", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.lock_by_other(directory, 1'000'000);
  Result<std::optional<std::string>> text = metadata_directory(files, directory).read("status.yaml");
  REQUIRE(text.ok());
  CHECK_FALSE(text->has_value());
  files.put(file, "old: 1\n");
  text = metadata_directory(files, directory).read("status.yaml");
  REQUIRE(text.ok());
  CHECK(*text == "old: 1\n");
  CHECK(std::find(files.log.begin(), files.log.end(), "try_lock .") == files.log.end());
  CHECK(files.open_descriptors() == 0);

  MemoryFileSystem none;
  CHECK(test::outcome(metadata_directory(none, directory).read("status.yaml")) ==
        "io: open /kratix/metadata: No such file or directory (outside of a Pipeline, make a directory, and name it: "
        "mkdir metadata, then --root .)");
  none.add_directory("/kratix");
  none.put(directory, "a file");
  CHECK(test::outcome(metadata_directory(none, directory).read("status.yaml")) ==
        "io: open /kratix/metadata: Not a directory (the path, or a part of it, is a file: name a directory)");
}

TEST_CASE("an operand's file is read whole, through links, or from standard input", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(directory + "/value", "text\n");
  files.put_link(directory + "/link", "value");
  files.put_link(directory + "/loop", "loop");
  files.put(directory + "/secret", "x", 0600, 1000);
  files.put_special(directory + "/fifo", FileInfo::Type::fifo);
  files.set_user(2000);
  struct Row {
    const char* path;
    std::string read;
  };
  const Row rows[] = {
      {"/kratix/metadata/value", "text\n"},
      {"/kratix/metadata/link", "text\n"},
      {"/kratix/metadata/nowhere", "(no file)"},
      {"/nowhere/x", "(no file)"},
      {"/kratix/metadata/loop", "io: open /kratix/metadata/loop: Too many levels of symbolic links"},
      {"/kratix/metadata/secret", "io: open /kratix/metadata/secret: Permission denied"},
      {"/kratix/metadata/fifo",
       "io: read /kratix/metadata/fifo: is a FIFO that no program opened for writing within 10 seconds (start the program "
       "that writes to it first: command >FIFO &)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    const Result<std::optional<std::string>> text = read_whole(files, row.path, 100);
    CHECK((text.ok() ? text->value_or("(no file)") : test::whole(text.error())) == row.read);
  }
  CHECK(files.open_descriptors() == 0);

  files.set_standard_input("from a pipe\n");
  const Result<std::optional<std::string>> text = read_whole(files, "-", 100);
  REQUIRE(text.ok());
  CHECK(*text == "from a pipe\n");
}

TEST_CASE("an operand's file larger than the limit is refused", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(directory + "/value", std::string((1 << 20) + 1, 'x'));
  CHECK(test::outcome(read_whole(files, directory + "/value", 1 << 20)) ==
        "refused: read /kratix/metadata/value: is larger than 1 MiB");
  CHECK(test::outcome(read_whole(files, directory + "/value", (1 << 20) + 1)) == "ok");
  files.set_standard_input(std::string((1 << 20) + 1, 'x'));
  CHECK(test::outcome(read_whole(files, "-", 1 << 20)) == "refused: read standard input: is larger than 1 MiB");
}

TEST_CASE("a fault while an operand is read is an error, and an interruption is not", "[metadata_dir]") {
  MemoryFileSystem files = with_directory();
  files.put(directory + "/value", "text\n");
  for (const char* operation : {"open_path", "read"}) {
    FailingFileSystem interrupted(files);
    interrupted.fail(operation, 1, EINTR);
    const Result<std::optional<std::string>> text = read_whole(interrupted, directory + "/value", 100);
    REQUIRE(text.ok());
    CHECK(*text == "text\n");
    for (const int nth : {1, 2}) {
      FailingFileSystem failing(files);
      failing.fail(operation, nth, EIO);
      const Result<std::optional<std::string>> failed = read_whole(failing, directory + "/value", 100);
      if (failing.failures() == 0) continue;
      const std::string action = std::string(operation) == "read" ? "read" : "open";
      CHECK(test::outcome(failed) == "io: " + action + " /kratix/metadata/value: Input/output error");
    }
  }
  CHECK(files.open_descriptors() == 0);
}

}  // namespace kratix_status
