// The loop that waits for a command: passes signals on, reaps children, copies standard error.
#include "process/child_process.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files/file_calls.h"
#include "process/output_copy.h"
#include "process/signal_queue.h"
#include "process/start.h"

namespace kratix_status {

namespace {

// Whether `signal` stops a process because of what somebody typed or because of the terminal, not by SIGSTOP.
bool is_job_control(int signal) { return signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU; }

class Watch {
 public:
  // `copy`: nullptr if the child writes to standard error itself.
  Watch(SignalQueue& signals, int child, OutputCopy* copy) : signals_(signals), child_(child), copy_(copy) {}

  void wait_for_end() {
    while (!ended_ || (copy_ != nullptr && !copy_->done())) {
      pollfd ready[] = {{signals_.descriptor(), POLLIN, 0}, {-1, 0, 0}};
      if (copy_ != nullptr) ready[1] = copy_->awaited();
      if (::poll(ready, 2, -1) < 0) continue;
      if (ready[0].revents != 0) take_signals();
      if (ready[1].revents != 0) copy_->proceed();
    }
  }

  const ChildEnd& end() const { return end_; }

 private:
  void take_signals() {
    while (const std::optional<TakenSignal> signal = signals_.next()) {
      if (signal->number == SIGCHLD)
        reap();
      else if (!ended_ && !signal->reached_child)
        ::kill(child_, signal->number);
    }
  }

  // One SIGCHLD may stand for several children.
  void reap() {
    int status = 0;
    for (int pid = 0; (pid = ::waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0;) {
      if (pid != child_) continue;
      if (WIFSTOPPED(status))
        stop_too(WSTOPSIG(status));
      else
        note_end(status);
    }
  }

  // A shell that has started this process sees its job stop, and can continue it. PID 1 does not stop by its own
  // signal. A child stopped by SIGSTOP may be continued alone, so this process must not stop then.
  void stop_too(int signal) {
    if (is_job_control(signal)) ::kill(::getpid(), SIGSTOP);
  }

  void note_end(int status) {
    ended_ = true;
    end_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    end_.exit_code = WIFSIGNALED(status) ? 128 + end_.signal : WEXITSTATUS(status);
    if (copy_ != nullptr) copy_->source_ended();
  }

  SignalQueue& signals_;
  int child_;
  OutputCopy* copy_;
  bool ended_ = false;
  ChildEnd end_{};
};

Result<ChildEnd> start_and_wait(const std::vector<std::string>& command, SignalQueue& signals, Pipe* from_child,
                                const RunOptions& options) {
  const Result<Start> start =
      start_child(command, signals.mask_before(), from_child == nullptr ? -1 : from_child->input.number());
  if (!start) return start.error();
  if (start->not_started) return ChildEnd{.exit_code = start->exit_code, .not_started = start->not_started};
  if (from_child == nullptr) {
    Watch watch(signals, start->child, nullptr);
    watch.wait_for_end();
    return watch.end();
  }
  from_child->input.close();
  OutputCopy copy(from_child->output.number(), options.kept_bytes);
  Watch watch(signals, start->child, &copy);
  watch.wait_for_end();
  ChildEnd end = watch.end();
  end.stderr_tail = copy.tail();
  return end;
}

}  // namespace

Result<ChildEnd> run_child(const std::vector<std::string>& command, const RunOptions& options) {
  SignalQueue signals;
  if (signals.descriptor() < 0) return system_error("start", command.front(), signals.descriptor());
  if (!options.copy_stderr) return start_and_wait(command, signals, nullptr, options);
  Pipe pipe;
  if (pipe.error != 0) return system_error("start", command.front(), pipe.error);
  return start_and_wait(command, signals, &pipe, options);
}

}  // namespace kratix_status
