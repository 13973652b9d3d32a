// Copies what a child writes into a pipe on to this process's standard error, and keeps the end of it.
#pragma once

#include <poll.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace kratix_status {

// Never waits: proceed() reads or writes one block, and is called when poll() says that awaited() is ready. A reader of
// standard error that has stalled therefore does not keep signals from the child.
class OutputCopy {
 public:
  // Reads from `source`, which stays the caller's.
  OutputCopy(int source, std::size_t kept_bytes);

  // What the next block waits for.
  pollfd awaited() const;
  void proceed();

  // The child has ended: only what the pipe holds now is still copied, since another process may keep it open forever.
  void source_ended();

  // Everything is copied, and no more is to come.
  bool done() const { return waiting_.empty() && (closed_ || left_ == 0); }

  const std::string& tail() const { return tail_; }

 private:
  void read_block();
  void write_block();

  int source_;
  std::size_t kept_bytes_;
  std::string tail_{};
  std::string waiting_{};  // read, and still to be written
  std::int64_t left_;      // bytes still to be read
  bool closed_ = false;    // nobody has the pipe's other end any more
  bool lost_ = false;      // nobody takes what is written
};

}  // namespace kratix_status
