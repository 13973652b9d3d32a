// A run of LockedDirectory::replace() over a file system of the tests, with a change that shows what it was given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "failing_file_system.h"
#include "kratix/metadata_directory.h"
#include "memory_file_system.h"
#include "support.h"

namespace kratix_status::test {

inline const std::string directory = "/kratix/metadata";
inline const std::string file = directory + "/status.yaml";
inline const std::string temporary_name = ".status.yaml.kratix-status.tmp";
inline const std::string temporary = directory + "/" + temporary_name;
inline constexpr std::int64_t lock_timeout_ms = 2000;

// Adds a line to the text that is there.
inline Result<std::optional<std::string>> add_line(std::optional<std::string_view> old_text) {
  return std::optional<std::string>(std::string(old_text.value_or("")) + "new: 1\n");
}

// Leaves the text as it is.
inline Result<std::optional<std::string>> leave(std::optional<std::string_view>) {
  return std::optional<std::string>();
}

struct Run {
  Outcome outcome = Done{};
  std::vector<std::string> warnings{};
};

inline Run replace(FileSystem& files, const ChangeText& change = add_line) {
  Run run;
  run.outcome = metadata_directory(files, directory).replace("status.yaml", change, lock_timeout_ms, run.warnings);
  return run;
}

inline std::string said(const Run& run) { return outcome(run.outcome); }

}  // namespace kratix_status::test

// For the tests alone, which say these in every line.
namespace kratix_status {

using test::directory;
using test::FailingFileSystem;
using test::file;
using test::MemoryFileSystem;
using test::replace;
using test::Run;
using test::said;
using test::temporary;
using test::temporary_name;

}  // namespace kratix_status
