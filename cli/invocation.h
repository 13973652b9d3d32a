// One run of kratix-status: its options and operands, the status of its Pipeline, and what commands share.
#pragma once

#include <string>
#include <vector>

#include "command_line.h"
#include "command_table.h"
#include "files/file_system.h"
#include "kratix_status/key_path.h"
#include "kratix_status/result.h"
#include "kratix_status/status.h"
#include "kratix_status/value.h"

namespace kratix_status::cli {

class Invocation {
 public:
  Invocation(const Command& command, Options options, std::vector<std::string> operands);

  const Command& command() const { return command_; }
  const Options& options() const { return options_; }
  const std::vector<std::string>& operands() const { return operands_; }
  FileSystem& files() { return real_file_system(); }
  Status& status() { return status_; }
  const Pipeline& pipeline() const { return status_.pipeline(); }

  // The status, or the object, that --from names; prints the warnings. `key`, if not nullptr, is all that will be
  // looked up in it. Fails if `key` starts with `status`, a habit from yq, and the status has no key of that name.
  Result<Map> source(const KeyPath* key = nullptr);

  // The value at KEY, the first operand, in source() or with --file in any document; all of it without an operand; null
  // if there is none.
  Result<Value> value_at_key();

  // --fresh, --dry-run and --lock-timeout. Fails with ErrorKind::usage also for --try without --publish.
  Result<ChangeOptions> change_options() const;

  // Changes status.yaml, or with --dry-run shows what it would become; then prints the effective value of `printed`.
  // Returns the exit code.
  int change(const std::vector<Change>& changes, const KeyPath* printed = nullptr);
  // Prints the warnings, and the error or what a dry run would have written; with --publish, publishes. Returns the
  // exit code.
  int finish(const Result<Changed>& changed);

  // Prints the warnings of status(), unless --quiet is given.
  void warn_all();

  // A usage error that shows how the command is used; or, where an operand looks like an option, that this comes first.
  Error usage(std::string cause, std::string fix = {}) const;

 private:
  Result<Map> named_source(const std::string& from, const KeyPath* key);
  Result<Map> object();
  Result<Value> value_in_file();

  const Command& command_;
  Options options_;
  std::vector<std::string> operands_;
  Status status_;
};

// A value as `get` and `--print` show it: a scalar bare, a list or map as JSON; with the newline.
std::string raw_line(const Value& value);

}  // namespace kratix_status::cli
