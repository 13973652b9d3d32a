// Status: reads and changes the files that this Pipeline leaves for Kratix. A step needs nothing else:
//
//   Status status = Status::open();
//   if (Outcome done = status.set("initialLoginDetails.username", "elastic"); !done) return fail(done.error());
//
// A change is one act: read object.yaml and status.yaml, change, check against what Kratix accepts, replace status.yaml
// atomically. If it fails, no file has changed, unless the error says that the file is written: its directory cannot be
// synced. Every error has a kind: `refused` for what Kratix would not publish as given, and for secrets, `malformed`
// for a file that Kratix would not read, `io` for what the system refuses, `usage` for a wrong SOURCE_DATE_EPOCH or
// KRATIX_STATUS_SECRETS.
//
// One object belongs to one thread. Several objects, threads and processes may change the same file: they wait for each
// other's lock on the metadata directory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/conditions.h"
#include "kratix_status/destination_selectors.h"
#include "kratix_status/key_path.h"
#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"
#include "kratix_status/workflow_control.h"

namespace kratix_status {

class FileSystem;
class LockedDirectory;
class Findings;
class SecretGuard;
struct ChangeContext;
struct Document;
struct FileChange;

struct Change {
  enum class Kind {
    set,
    set_once,  // nothing, if the effective value is there and not null
    append,
    append_unique,
    remove,
    merge,             // the whole of `value`, a map; `path` is not used
    set_condition,     // `condition`, all but its time
    remove_condition,  // the one of `condition.type`
  };
  Kind kind;
  std::optional<KeyPath> path{};
  Value value{};
  NewCondition condition{};
};

struct ChangeOptions {
  // Do not bring into the file what only the previous status has. Kratix replaces top-level keys whole, so a change
  // below one otherwise brings the rest of it.
  bool fresh = false;
  // Write nothing; Changed::files holds what would have been written.
  bool dry_run = false;
  // Fill Changed::effective.
  bool effective = false;
  // Write values that hold a secret, which are otherwise refused or warned of: everybody who may read the resource sees
  // its status. What counts as a secret: docs/secrets.md.
  bool allow_secret = false;
  std::int64_t lock_timeout_ms = 30'000;
};

struct Changed {
  struct File {
    std::string name;
    std::string text;
    bool is_removed = false;  // it would not be there, and `text` is what it holds
  };
  Map effective{};            // what the platform user will see, where ChangeOptions asks for it
  std::vector<File> files{};  // of a dry run
};

class Status {
 public:
  // The Pipeline that this process runs in: directories and run as the environment has them.
  static Status open(const DirectoryOptions& options = {});

  // For tests. `files` and `variables` outlive the object. `variables`: all of them, "NAME=VALUE" as environ has them;
  // nullptr for none.
  Status(FileSystem& files, Pipeline pipeline, Environment environment, const char* const* variables = nullptr);

  const Pipeline& pipeline() const { return pipeline_; }

  // The value that the platform user sees once this Pipeline has ended; nullopt if there is none, or null. `key` may
  // hold selectors, conditions[type=Ready].status; one that selects several items is refused.
  Result<std::optional<Value>> get(std::string_view key);

  // KEY as KeyPath::parse() takes it. A first segment `status` is refused unless it is quoted.
  Outcome set(std::string_view key, Value value, const ChangeOptions& options = {});
  Outcome append(std::string_view key, Value value, const ChangeOptions& options = {});
  Outcome unset(std::string_view key, const ChangeOptions& options = {});
  Outcome merge(Map map, const ChangeOptions& options = {});
  Outcome set_condition(NewCondition condition, const ChangeOptions& options = {});
  // All of them in one atomic write, or none.
  Result<Changed> change(const std::vector<Change>& changes, const ChangeOptions& options = {});

  // Write workflow-control.yaml, and `message` also to status.yaml, where `kubectl get` shows it: both or none. An
  // older workflow-control.yaml is replaced, not read. `duration`: as parse_duration() takes it, "10m" or "1d".
  Result<Changed> suspend(const std::optional<std::string>& message = {}, const ChangeOptions& options = {});
  Result<Changed> retry(std::string_view duration, const std::optional<std::string>& message = {},
                        const ChangeOptions& options = {});
  // Removes workflow-control.yaml, if there is one.
  Result<Changed> resume(const ChangeOptions& options = {});
  // What workflow-control.yaml asks for.
  Result<WorkflowControl> control();

  // Sets the labels of one directory in destination-selectors.yaml, or removes its entry; other entries stay as they
  // are. `directory`: as clean_directory() takes it. Fails with ErrorKind::malformed if Kratix would fail at the file,
  // which is then left as it was, and with ErrorKind::refused for labels that no Destination can have, or none at all.
  Result<Changed> set_destination(std::string_view directory, Map match_labels, const ChangeOptions& options = {});
  Result<Changed> unset_destination(std::string_view directory, const ChangeOptions& options = {});
  // The entries as Kratix reads them; empty if there is no file.
  Result<std::vector<DestinationSelector>> destinations();

  // The map in status.yaml as Kratix reads it; empty if there is no file.
  Result<Map> file();
  // .status of object.yaml: what the platform user saw when the Pipeline started. Empty if there is no file.
  Result<Map> previous();
  // `file` over `previous`, by Kratix's own merge. Kratix resets the message when it starts a configure Pipeline, so
  // there it comes from the file alone. `key`, if not nullptr, is all that will be looked up: object.yaml is read only
  // where status.yaml does not decide.
  Result<Map> effective(const KeyPath* key = nullptr);
  // The whole of object.yaml; nullopt if there is no file.
  Result<std::optional<Map>> object();

  // Finds secrets by their form, and by the variables of this process. It lives no longer than this object.
  SecretGuard secrets() const;

  // Seconds since 1970: SOURCE_DATE_EPOCH, or else the clock.
  Result<std::int64_t> now() const;

  // What succeeded but may not be what the author meant, in the order of the calls. Each is one sentence, to be escaped
  // where it is printed. Clears them. Keeps at most ten of one document; a last line counts the others.
  std::vector<std::string> take_warnings();
  // Adds to them. `more`: how many others there are
  void warn(std::vector<std::string> warnings, std::size_t more = 0);

 private:
  LockedDirectory directory();
  Result<Map> read(const char* name);
  Result<std::optional<Document>> read_object();
  Outcome check_input_directory();
  Result<Document> read_previous();
  Result<ChangeContext> context_of(const std::vector<Change>& changes, const ChangeOptions& options);
  Outcome change_one(Change change, const ChangeOptions& options);
  Outcome change_key(Change::Kind kind, std::string_view key, Value value, const ChangeOptions& options);
  Result<Changed> stop(WorkflowControl control, const std::optional<std::string>& message,
                       const ChangeOptions& options);
  Result<Changed> write(const std::vector<Change>& changes, std::vector<FileChange> others,
                        const ChangeOptions& options);
  Outcome show(const std::vector<FileChange>& changes, std::vector<Changed::File>& shown);
  Result<Changed> change_destination(DestinationSelector selector, const ChangeOptions& options);
  Outcome check_secrets(const std::vector<Change>& changes);
  Outcome check_secrets(const std::string& directory, const Map& match_labels);
  void warn_of_findings(const std::string& name, const Findings& findings);

  FileSystem& files_;
  Pipeline pipeline_;
  Environment environment_;
  const char* const* variables_;
  std::vector<std::string> warnings_;
};

}  // namespace kratix_status
