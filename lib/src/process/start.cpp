// fork() and execve(): the child reports through a pipe, which execve() closes, that it could not be executed.
#include "process/start.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>

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

constexpr std::string_view default_path = "/usr/local/bin:/bin:/usr/bin";  // as musl's execvp() has it

std::vector<char*> arguments_of(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  return arguments;
}

// The files that `name` may stand for, in the order in which they are tried. execvp() is not used: the GNU C Library's
// gives a file that is no program to a shell, and musl's does not.
std::vector<std::string> candidates_of(const std::string& name) {
  if (name.empty()) return {};
  if (name.find('/') != std::string::npos) return {name};
  const char* const variable = std::getenv("PATH");
  std::string_view path = variable == nullptr ? default_path : variable;
  std::vector<std::string> candidates;
  while (true) {
    const std::size_t end = std::min(path.find(':'), path.size());
    const std::string directory(path.substr(0, end));
    candidates.push_back((directory.empty() ? "." : directory) + "/" + name);
    if (end == path.size()) return candidates;
    path.remove_prefix(end + 1);
  }
}

struct Program {
  explicit Program(const std::vector<std::string>& command)
      : candidates(candidates_of(command.front())), arguments(arguments_of(command)) {}

  std::vector<std::string> candidates;
  std::vector<char*> arguments;
};

// In the child, so only with calls that are safe after fork(). Comes back only with an errno.
int execute(const Program& program, const sigset_t& mask, int error_output) {
  // What prepare_process() has set. A program that knows neither expects to end by them.
  for (const int signal : {SIGPIPE, SIGXFSZ}) ::signal(signal, SIG_DFL);
  ::pthread_sigmask(SIG_SETMASK, &mask, nullptr);
  if (error_output >= 0 && ::dup2(error_output, error_output_number) < 0) return errno;
  int error = ENOENT;
  for (const std::string& candidate : program.candidates) {
    ::execve(candidate.c_str(), program.arguments.data(), environ);
    if (errno == ENOENT || errno == ENOTDIR) continue;
    error = errno;
    if (error != EACCES) break;
  }
  return error;
}

// The errno that the child wrote, 0 if execve() has closed the pipe.
int reported_error(int pipe) {
  int error = 0;
  const auto size = retry([&] { return real_file_system().read(pipe, reinterpret_cast<char*>(&error), sizeof error); });
  return size == static_cast<std::int64_t>(sizeof error) ? error : 0;
}

// The interpreter of a script, or the dynamic linker of a program, is missing: ENOENT although the file is there.
bool lacks_interpreter(const Program& program, int error) {
  return error == ENOENT && std::any_of(program.candidates.begin(), program.candidates.end(),
                                        [](const std::string& file) { return ::access(file.c_str(), F_OK) == 0; });
}

Start not_executed(const std::string& name, const Program& program, int error) {
  const std::string context = "run " + name;
  if (lacks_interpreter(program, error)) {
    return {.not_started = io_error(context, "the interpreter or dynamic linker that it names does not exist",
                                    "look at its first line, or at what `file` says about it"),
            .exit_code = cannot_execute};
  }
  const bool has_path = name.find('/') != std::string::npos;
  const std::string cause = error == ENOENT && !has_path ? "not found in PATH" : error_text(error);
  return {.not_started = io_error(context, cause), .exit_code = error == ENOENT ? not_found : cannot_execute};
}

}  // namespace

Result<Start> start_child(const std::vector<std::string>& command, const sigset_t& mask, int error_output) {
  const Program program(command);
  Pipe report;
  if (report.error != 0) return system_error("start", command.front(), report.error);
  const int child = ::fork();
  if (child < 0) return system_error("start", command.front(), -errno);
  if (child == 0) {
    const int error = execute(program, mask, error_output);
    real_file_system().write(report.input.number(), reinterpret_cast<const char*>(&error), sizeof error);
    ::_exit(not_found);
  }
  report.input.close();
  const int error = reported_error(report.output.number());
  if (error == 0) return Start{.child = child};
  ::waitpid(child, nullptr, 0);
  return not_executed(command.front(), program, error);
}

}  // namespace kratix_status
