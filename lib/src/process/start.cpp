// fork() and execvp(): the child reports through a pipe, which execvp() closes, that it could not be executed.
#include "process/start.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "files/error_text.h"

namespace kratix_status {

struct Pipe::Ends {
  Ends() {
    if (::pipe2(number, O_CLOEXEC) != 0) error = -errno;
  }
  int number[2] = {-1, -1};
  int error = 0;
};

Pipe::Pipe() : Pipe(Ends()) {}
Pipe::Pipe(const Ends& ends)
    : error(ends.error), output(real_file_system(), ends.number[0]), input(real_file_system(), ends.number[1]) {}

namespace {

constexpr int error_output_number = 2;
constexpr int cannot_execute = 126;
constexpr int not_found = 127;

std::vector<char*> arguments_of(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  return arguments;
}

// In the child, so only with calls that are safe between fork() and execvp(). Comes back only with an errno.
int execute(char* const* arguments, const sigset_t& mask, int error_output) {
  // What prepare_process() has set. A program that knows neither expects to end by them.
  for (const int signal : {SIGPIPE, SIGXFSZ}) ::signal(signal, SIG_DFL);
  ::pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  if (error_output >= 0 && ::dup2(error_output, error_output_number) < 0) return errno;
  ::execvp(arguments[0], arguments);
  return errno;
}

// The errno that the child wrote, 0 if execvp() has closed the pipe.
int reported_error(int pipe) {
  int error = 0;
  const auto size = retry([&] { return real_file_system().read(pipe, reinterpret_cast<char*>(&error), sizeof error); });
  return size == static_cast<std::int64_t>(sizeof error) ? error : 0;
}

Start not_executed(const std::string& name, int error) {
  const std::string context = "run " + name;
  const bool has_path = name.find('/') != std::string::npos;
  if (error == ENOENT && !has_path)
    return {.not_started = io_error(context, "not found in PATH"), .exit_code = not_found};
  if (error == ENOENT && ::access(name.c_str(), F_OK) == 0) {
    return {.not_started = io_error(context, "the interpreter or dynamic linker that it names does not exist",
                                    "look at its first line, or at what `file` says about it"),
            .exit_code = cannot_execute};
  }
  return {.not_started = io_error(context, error_text(error)),
          .exit_code = error == ENOENT || error == ENOTDIR ? not_found : cannot_execute};
}

}  // namespace

Result<Start> start_child(const std::vector<std::string>& command, const sigset_t& mask, int error_output) {
  const std::vector<char*> arguments = arguments_of(command);
  Pipe report;
  if (report.error != 0) return system_error("start", command.front(), report.error);
  const int child = ::fork();
  if (child < 0) return system_error("start", command.front(), -errno);
  if (child == 0) {
    const int error = execute(arguments.data(), mask, error_output);
    real_file_system().write(report.input.number(), reinterpret_cast<const char*>(&error), sizeof error);
    ::_exit(not_found);
  }
  report.input.close();
  const int error = reported_error(report.output.number());
  if (error == 0) return Start{.child = child};
  ::waitpid(child, nullptr, 0);
  return not_executed(command.front(), error);
}

}  // namespace kratix_status
