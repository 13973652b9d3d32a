// Starts a command as a child process, and says why where it cannot be executed.
#pragma once

#include <signal.h>

#include <optional>
#include <string>
#include <vector>

#include "files/file_calls.h"
#include "kratix_status/result.h"

namespace kratix_status {

// The two ends of a pipe, which an executed program does not inherit. `error` is 0, or a negative errno: no pipe then.
struct Pipe {
  Pipe();

  int error;
  Descriptor output;  // where it is read
  Descriptor input;   // where it is written

 private:
  struct Ends;
  explicit Pipe(const Ends& ends);
};

struct Start {
  int child = -1;  // its process id
  std::optional<Error> not_started{};
  int exit_code = 0;  // with `not_started`: what shells give, 127 for a command that is not found, else 126
};

// `mask` is the child's signal mask, `error_output` what it gets as standard error, -1 for this process's own. Fails
// with ErrorKind::io if there can be no child.
Result<Start> start_child(const std::vector<std::string>& command, const sigset_t& mask, int error_output);

}  // namespace kratix_status
