// One run of kratix-status: its options and operands, its Pipeline, and what commands share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "arguments.h"
#include "command_table.h"
#include "files/file_system.h"
#include "files/locked_directory.h"
#include "kratix/status_change.h"
#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"
#include "kratix_status/workflow_control.h"
#include "kratix_status/yaml.h"

namespace kratix_status::cli {

class Invocation {
 public:
  Invocation(const Command& command, Options options, std::vector<std::string> operands, FileSystem& files);

  const Command& command() const { return command_; }
  const Options& options() const { return options_; }
  const std::vector<std::string>& operands() const { return operands_; }
  FileSystem& files() { return files_; }
  const Pipeline& pipeline() const { return pipeline_; }

  // What --from names: effective, file, previous or object. Warns of what Kratix would read otherwise than written.
  // `key`, if not nullptr, is all that will be looked up in it: object.yaml is read only where the file does not
  // decide. Fails if `key` starts with `status`, a habit from yq, and a status has no key of that name.
  Result<Value> source(const KeyPath* key = nullptr);

  // status.yaml, workflow-control.yaml: a map as Kratix reads it, empty if there is no such file. Warns like source().
  Result<Value> read_metadata(const char* file);
  // What workflow-control.yaml asks for. Warns like source().
  Result<WorkflowControl> read_control();
  // .status of object.yaml; empty if there is none. Warns like source().
  Result<Value> previous();
  // The whole object; nullopt if there is no object.yaml.
  Result<std::optional<Document>> read_object();

  // Seconds since 1970, as this run writes them.
  Result<std::int64_t> now() const;

  // Changes status.yaml, or with --dry-run shows what it would become; then prints the effective value of `printed`.
  // `others` are changed with it, all or none; without a change, status.yaml is left alone. Returns the exit code.
  int change(const std::vector<Change>& changes, const KeyPath* printed = nullptr, std::vector<FileChange> others = {});
  // Removes a file of the metadata folder, or with --dry-run leaves it. Returns the exit code.
  int remove(const char* name);

  // `more`: how many warnings there are beside these
  void warn_all(const std::vector<std::string>& warnings, std::size_t more = 0) const;
  void warn_of_findings(const std::string& name, const Findings& findings) const;

  // A usage error that shows how the command is used; or, where an operand looks like an option, that this comes first.
  Error usage(std::string cause, std::string cure = {}) const;

 private:
  Result<Value> effective(const KeyPath* key);
  Result<Value> object();
  // Fails if the command line or the environment names a folder that is not there.
  Outcome check_input_dir();
  // Its status, and what was found reading it.
  Result<Document> read_previous();
  Result<ChangeContext> change_context(const std::vector<Change>& changes, bool with_previous);
  Result<std::int64_t> lock_timeout_ms() const;
  Outcome show(const std::vector<FileChange>& files, std::string& shown);

  const Command& command_;
  Options options_;
  std::vector<std::string> operands_;
  FileSystem& files_;
  Pipeline pipeline_;
};

// A value as `get` and `--print` show it: a scalar bare, a list or map as JSON; with the newline.
std::string raw_line(const Value& value);

}  // namespace kratix_status::cli
