// Holds the signals that reach this process while a command runs, so that they can be read and passed on.
#pragma once

#include <signal.h>

#include <optional>

namespace kratix_status {

struct TakenSignal {
  int number;
  bool reached_child;  // the terminal sent it to the whole process group
};

// From its construction to its destruction, signals wait in the kernel instead of having their effect: all but those
// that mean a fault of this process itself (SIGSEGV), that come from its own writing (SIGPIPE), or that no process can
// hold (SIGKILL). Waiting works for PID 1 too, which the kernel otherwise spares every signal without a handler.
//
// REQUIRES: the other threads block all signals
class SignalQueue {
 public:
  SignalQueue();
  SignalQueue(const SignalQueue&) = delete;
  SignalQueue& operator=(const SignalQueue&) = delete;
  // Drops the signals that still wait: they were meant for a command that has ended.
  ~SignalQueue();

  // Readable when a signal waits; a negative errno if there is none to be had.
  int descriptor() const { return descriptor_; }

  // The next signal, nullopt if none waits.
  std::optional<TakenSignal> next();

  const sigset_t& mask_before() const { return before_; }

 private:
  sigset_t before_{};
  int descriptor_ = -1;
};

}  // namespace kratix_status
