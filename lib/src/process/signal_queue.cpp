// Blocks signals and reads them from a descriptor.
#include "process/signal_queue.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

namespace kratix_status {

namespace {

constexpr int not_taken[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP, SIGPIPE, SIGXFSZ};

// The kernel sends these to the terminal's whole foreground process group, to which the child belongs: a second SIGINT
// would tell many programs to leave without cleaning up. SIGHUP is none of them; only the session leader gets it.
constexpr int sent_to_group[] = {SIGINT, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH};

sigset_t taken_signals() {
  sigset_t set;
  ::sigfillset(&set);
  for (const int signal : not_taken) ::sigdelset(&set, signal);
  return set;
}

}  // namespace

SignalQueue::SignalQueue() {
  const sigset_t taken = taken_signals();
  ::pthread_sigmask(SIG_BLOCK, &taken, &before_);
  // Where the caller ignored it, the kernel would reap the children and keep their exit codes.
  ::signal(SIGCHLD, SIG_DFL);
  descriptor_ = ::signalfd(-1, &taken, SFD_NONBLOCK | SFD_CLOEXEC);
  if (descriptor_ < 0) descriptor_ = -errno;
}

SignalQueue::~SignalQueue() {
  if (descriptor_ >= 0) {
    while (next()) continue;
    ::close(descriptor_);
  }
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

std::optional<TakenSignal> SignalQueue::next() {
  signalfd_siginfo info{};
  if (::read(descriptor_, &info, sizeof info) != static_cast<ssize_t>(sizeof info)) return std::nullopt;
  const int number = static_cast<int>(info.ssi_signo);
  const bool is_for_group =
      std::find(std::begin(sent_to_group), std::end(sent_to_group), number) != std::end(sent_to_group);
  return TakenSignal{number, is_for_group && info.ssi_code == SI_KERNEL};
}

}  // namespace kratix_status
