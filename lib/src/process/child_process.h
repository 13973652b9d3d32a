// Runs a command as a child process and tells how it ended, also as the first process of a container (PID 1).
//
// The child is the command itself, without a shell in between. It has this process's environment, directory, process
// group, terminal and standard streams, the signal mask of before, and the default action of SIGPIPE, SIGXFSZ and
// SIGCHLD. While it runs, signals that reach this process go on to the child, and every other child that ends, such as
// an orphan that PID 1 inherits, is reaped.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "kratix_status/result.h"

namespace kratix_status {

struct RunOptions {
  bool copy_stderr = false;           // pass the child's standard error through this process, and keep the end of it
  std::size_t kept_bytes = 16 << 10;  // how much of it: more than is shown, so that a secret is found whole
};

struct ChildEnd {
  int exit_code = 0;                   // of the child, or 128 + `signal`, as shells have it
  int signal = 0;                      // that ended the child; 0 if it exited
  std::string stderr_tail{};           // the last bytes of its standard error, as they were; only with copy_stderr
  std::optional<Error> not_started{};  // the command could not be executed; then exit_code is 126 or 127
};

// Starts command[0], looked up in PATH if there is no '/' in it, with the rest as its arguments, and waits for its end.
// A command that is not found ends with 127, one that cannot be executed with 126, and `not_started` says why. Fails
// with ErrorKind::io if there can be no child at all: then nothing has run.
//
// With copy_stderr each block goes on to this process's standard error as soon as it arrives. If nobody takes it any
// more, the command runs on and the end is kept all the same. What other processes write to the pipe after the child
// has ended is left there.
//
// REQUIRES: `command` is not empty, descriptors 0 to 2 are open, and no other thread takes signals or waits for
// children.
Result<ChildEnd> run_child(const std::vector<std::string>& command, const RunOptions& options);

}  // namespace kratix_status
