// Two files that are written together, both or neither: every call failing in every way, every pair of calls, a kill
// at every call, and a power cut after each.
#include <cerrno>
#include <cstring>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kratix/metadata_directory.h"
#include "locked_directory_run.h"

namespace kratix_status {

namespace {

const std::string control = directory + "/workflow-control.yaml";
const std::string control_temporary = ".workflow-control.yaml.kratix-status.tmp";

using Text = std::optional<std::string>;

struct Texts {
  Text status;
  Text control;
  bool operator==(const Texts&) const = default;
};

struct Start {
  const char* name;
  Texts old;
};

const Texts wanted = {"new: 1\n", "suspend: true\n"};

const Start starts[] = {
    {"no file", {std::nullopt, std::nullopt}},
    {"a status", {"old: 1\n", std::nullopt}},
    {"a control file", {std::nullopt, "retryAfter: 1m\n"}},
    {"both", {"old: 1\n", "retryAfter: 1m\n"}},
    {"a status that is right", {"new: 1\n", "retryAfter: 1m\n"}},
    {"a control file that is right", {"old: 1\n", "suspend: true\n"}},
};

ChangeText always(const Text& text) {
  return [text](std::optional<std::string_view>) -> Result<Text> { return text; };
}

Run replace_both(FileSystem& files) {
  Run run;
  run.outcome =
      metadata_directory(files, directory)
          .replace_all({{"status.yaml", always(wanted.status)}, {"workflow-control.yaml", always(wanted.control)}},
                       test::lock_timeout_ms, run.warnings);
  return run;
}

struct World {
  explicit World(const Start& start) : failing(files) {
    files.add_directory(directory);
    if (start.old.status) files.put(file, *start.old.status);
    if (start.old.control) files.put(control, *start.old.control);
  }
  Run run() { return replace_both(failing); }
  Texts texts() const { return {files.text(file), files.text(control)}; }
  std::size_t leftovers() const {
    std::size_t count = 0;
    for (const std::string& name : files.names(directory)) count += name.front() == '.' ? 1 : 0;
    return count;
  }

  MemoryFileSystem files;
  FailingFileSystem failing;
};

int calls_of_clean_run(const Start& start) {
  World world(start);
  REQUIRE(said(world.run()) == "ok");
  CHECK(world.texts() == wanted);
  CHECK(world.leftovers() == 0);
  return world.failing.calls();
}

bool heals(World& world) {
  return said(replace_both(world.files)) == "ok" && world.texts() == wanted && world.leftovers() == 0 &&
         world.files.open_descriptors() == 0;
}

// Empty, or what is wrong with how the run ended.
std::string wrong(const World& world, const Start& start, const Run& run) {
  const Texts texts = world.texts();
  if (world.files.open_descriptors() > 0) return "a descriptor left open";
  if (run.outcome.ok()) return texts == wanted ? "" : "success without the new content";
  const std::string& cause = run.outcome.error().cause;
  const bool says_all = cause.find("written, but may not survive") != std::string::npos;
  const bool says_part = cause.find("status.yaml is written already, and was not put back") != std::string::npos;
  if (says_all) return texts == wanted ? "" : "says that all is written, and it is not";
  // Where putting it back failed after its rename, the old text is there in spite of the error.
  if (says_part) return texts.control == start.old.control ? "" : "another file than it says is written";
  return texts == start.old ? "" : "an error and not the old content";
}

constexpr int all_errors[] = {EPERM,  ENOENT, EINTR,  EIO,    ENXIO, EAGAIN, ENOMEM, EACCES, EBUSY,      EEXIST,
                              EISDIR, EINVAL, EMFILE, ENOSPC, EROFS, ELOOP,  ENOSYS, ESTALE, EOPNOTSUPP, EDQUOT};

}  // namespace

TEST_CASE("two files take their places one after the other, when both are ready", "[metadata_pair]") {
  World world(starts[3]);
  CHECK(said(world.run()) == "ok");
  std::vector<std::string> steps;
  for (const std::string& call : world.files.log) {
    for (const char* verb : {"try_lock", "sync", "rename"}) {
      if (call.starts_with(verb)) steps.push_back(call);
    }
  }
  CHECK(steps == std::vector<std::string>{"try_lock .", "sync " + temporary_name, "sync " + control_temporary,
                                          "rename " + temporary_name + " -> status.yaml", "sync .",
                                          "rename " + control_temporary + " -> workflow-control.yaml", "sync ."});
}

TEST_CASE("a second file that is refused leaves the first as it was", "[metadata_pair]") {
  for (const Start& start : starts) {
    World world(start);
    std::vector<std::string> warnings;
    const ChangeText refuse = [](std::optional<std::string_view>) -> Result<Text> {
      return Error{ErrorKind::refused, "key x", "no", {}, {}};
    };
    const Outcome outcome =
        metadata_directory(world.files, directory)
            .replace_all({{"status.yaml", always("x: 1\n")}, {"workflow-control.yaml", refuse}}, 10, warnings);
    CHECK(test::outcome(outcome) == "refused: key x: no");
    CHECK(world.texts() == start.old);
    CHECK(world.leftovers() == 0);
  }
}

TEST_CASE("a second file that cannot take its place puts the first back", "[metadata_pair]") {
  World world(starts[3]);
  world.files.erase(file);
  world.files.put(file, "old: 1\n", 0666, 1000, 1000);
  world.failing.fail("rename", 2, EBUSY);
  CHECK(said(world.run()) ==
        "io: replace " + control +
            ": Device or resource busy (it is a mount point (subPath): mount the directory instead)");
  CHECK(world.texts() == starts[3].old);
  CHECK(world.files.info(file).mode == 0666);
  CHECK(world.files.info(file).owner == 1000);
  CHECK(world.leftovers() == 0);

  World fresh(starts[0]);
  fresh.failing.fail("rename_new", 2, EIO);
  CHECK(said(fresh.run()) == "io: replace " + control + ": Input/output error");
  CHECK(fresh.files.names(directory).empty());
}

TEST_CASE("where the first cannot be put back either, the error says so", "[metadata_pair]") {
  World world(starts[3]);
  world.failing.fail("rename", 2, EBUSY);
  world.failing.fail("create_file", 3, ENOSPC);
  CHECK(said(world.run()) == "io: replace " + control + ": Device or resource busy; " + file +
                                 " is written already, and was not put back: No space left on device (run the step "
                                 "again, or look at the file)");
  CHECK(world.texts() == Texts{wanted.status, starts[3].old.control});
  CHECK(heals(world));
}

TEST_CASE("what somebody else wrote upon the first is not put back", "[metadata_pair]") {
  World world(starts[3]);
  world.failing.fail("rename", 2, EBUSY);
  world.files.before_call = [&](const std::string& call) {
    if (call.starts_with("stat_at workflow-control.yaml")) world.files.put(file, "new: 1\ntheirs: 2\n");
  };
  CHECK(said(world.run()) ==
        "io: replace " + control + ": Device or resource busy; " + file +
            " is written already, and was not put back: another process keeps changing it without the lock (run the "
            "step again, or look at the file)");
  CHECK(world.files.text(file) == "new: 1\ntheirs: 2\n");
}

TEST_CASE("both are named where the directory cannot be synced at the end", "[metadata_pair]") {
  World world(starts[3]);
  world.failing.fail("sync", 4, EIO);
  CHECK(said(world.run()) == "io: sync " + directory + ": Input/output error; " + file + " and " + control +
                                 " are written, but may not survive a crash of the node (the step can be run again)");
  CHECK(world.texts() == wanted);

  World first(starts[3]);
  first.failing.fail("sync", 3, EIO);
  CHECK(said(first.run()) == "io: sync " + directory + ": Input/output error (the step can be run again)");
  CHECK(first.texts() == starts[3].old);
}

TEST_CASE("a writer of the second file that does not lock is noticed, though the first is in place",
          "[metadata_pair]") {
  World world(starts[3]);
  int times = 0;
  world.files.before_call = [&](const std::string& call) {
    if (call == "stat_at workflow-control.yaml" && ++times == 1) world.files.put(control, "suspend: false\n");
  };
  CHECK(said(world.run()) == "ok");
  CHECK(world.texts() == wanted);
  CHECK(world.leftovers() == 0);

  World endless(starts[3]);
  endless.files.before_call = [&](const std::string& call) {
    if (call == "stat_at workflow-control.yaml") endless.files.put(control, "theirs: 1\n");
  };
  CHECK(said(endless.run()) == "io: replace " + control +
                                   ": another process keeps changing it without the lock (let it write through "
                                   "kratix-status, or under: flock " +
                                   directory + ")");
  CHECK(endless.texts() == Texts{starts[3].old.status, "theirs: 1\n"});
}

TEST_CASE("every call failing in every way: both files or neither", "[metadata_pair]") {
  int cases = 0;
  for (const Start& start : starts) {
    const int calls = calls_of_clean_run(start);
    for (int number = 1; number <= calls; ++number) {
      for (const int error : all_errors) {
        World world(start);
        world.failing.fail_call(number, error);
        const Run run = world.run();
        const std::string operation = world.failing.operations()[static_cast<std::size_t>(number) - 1];
        CAPTURE(start.name, number, operation, std::strerror(error), said(run));
        const std::string problem = wrong(world, start, run);
        if (!problem.empty()) FAIL_CHECK(problem);
        if (world.leftovers() > 0 && operation != "remove") FAIL_CHECK("a leftover");
        if (!heals(world)) FAIL_CHECK("does not heal");
        ++cases;
      }
    }
  }
  CHECK(cases > 2000);
}

TEST_CASE("every pair of failing calls does no worse than it says", "[metadata_pair]") {
  constexpr int errors[] = {EIO, ENOENT, EEXIST, EPERM};
  int cases = 0;
  for (const Start& start : starts) {
    const int calls = calls_of_clean_run(start) + 12;
    for (int first = 1; first < calls; ++first) {
      for (int second = first + 1; second <= calls; ++second) {
        for (const int one : errors) {
          for (const int other : errors) {
            World world(start);
            world.failing.fail_call(first, one);
            world.failing.fail_call(second, other);
            const Run run = world.run();
            if (world.failing.failures() < 2) continue;
            CAPTURE(start.name, first, second, world.failing.operations(), std::strerror(one), std::strerror(other),
                    said(run));
            // Told that the file is not there, there is nothing to put back.
            const bool blind =
                other == ENOENT && world.failing.operations()[static_cast<std::size_t>(second) - 1] == "remove";
            const std::string problem = blind ? "" : wrong(world, start, run);
            if (!problem.empty()) FAIL_CHECK(problem);
            ++cases;
          }
        }
      }
    }
  }
  CHECK(cases > 10000);
}

TEST_CASE("a kill at any call, and a power cut after it, never leaves the second file new and the first old",
          "[metadata_pair]") {
  int between = 0;
  for (const Start& start : starts) {
    const int calls = calls_of_clean_run(start);
    for (int number = 1; number <= calls + 1; ++number) {
      for (const bool power_cut : {false, true}) {
        for (const bool bytes_survive : {false, true}) {
          World world(start);
          world.failing.die_at_call(number);
          const Run run = world.run();
          if (power_cut) world.files.cut_power(bytes_survive, bytes_survive);
          const Texts texts = world.texts();
          CAPTURE(start.name, number, power_cut, bytes_survive, said(run));
          const bool first_only = texts == Texts{wanted.status, start.old.control};
          CHECK((texts == start.old || first_only || texts == wanted));
          if (run.outcome.ok()) CHECK(texts == wanted);
          CHECK(world.leftovers() <= 2);
          CHECK(heals(world));
          between += first_only && !(texts == wanted) && !(texts == start.old) ? 1 : 0;
        }
      }
    }
  }
  CHECK(between > 0);
}

TEST_CASE("a file that is removed is gone from the disk, with what a killed run left of it", "[metadata_pair]") {
  MemoryFileSystem files;
  files.add_directory(directory);
  files.put(file, "old: 1\n");
  files.put(control, "suspend: true\n");
  files.put(directory + "/" + control_temporary, "half");
  LockedDirectory dir = metadata_directory(files, directory);
  CHECK(test::outcome(dir.remove("workflow-control.yaml", 10)) == "ok");
  CHECK(files.names(directory) == std::vector<std::string>{"status.yaml"});
  files.cut_power(false, false);
  CHECK(files.names(directory) == std::vector<std::string>{"status.yaml"});
  CHECK(test::outcome(dir.remove("workflow-control.yaml", 10)) == "ok");
  CHECK(files.text(file) == "old: 1\n");
  CHECK(files.open_descriptors() == 0);
}

TEST_CASE("a file that cannot be removed says why", "[metadata_pair]") {
  World world(starts[3]);
  world.failing.fail("remove", 2, EROFS);
  CHECK(test::outcome(metadata_directory(world.failing, directory).remove("workflow-control.yaml", 10)) ==
        "io: remove " + control +
            ": Read-only file system (the directory is mounted read-only: /kratix/metadata must be writable, "
            "/kratix/input never is)");
  CHECK(world.texts() == starts[3].old);
  world.files.lock_by_other(directory, 100000);
  CHECK(test::outcome(metadata_directory(world.files, directory).remove("workflow-control.yaml", 10)) ==
        "io: lock " + directory +
            ": held by another process for more than 0 s (look for a stopped kratix-status or flock, or raise "
            "--lock-timeout)");
}

}  // namespace kratix_status
