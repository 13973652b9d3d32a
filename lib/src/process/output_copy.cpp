// Reads and writes the blocks of a child's standard error.
#include "process/output_copy.h"

#include <sys/ioctl.h>

#include <algorithm>
#include <limits>

#include "files/file_calls.h"

namespace kratix_status {

namespace {

constexpr int target = 2;

// A pipe that poll() calls writable takes that much without waiting.
constexpr std::size_t block_bytes = 4096;

}  // namespace

OutputCopy::OutputCopy(int source, std::size_t kept_bytes)
    : source_(source), kept_bytes_(kept_bytes), left_(std::numeric_limits<std::int64_t>::max()) {}

pollfd OutputCopy::awaited() const {
  if (!waiting_.empty()) return {target, POLLOUT, 0};
  return {done() ? -1 : source_, POLLIN, 0};
}

void OutputCopy::proceed() {
  if (waiting_.empty())
    read_block();
  else
    write_block();
}

void OutputCopy::read_block() {
  char block[block_bytes];
  const auto most = static_cast<std::size_t>(std::min<std::int64_t>(left_, block_bytes));
  const std::int64_t size = retry([&] { return real_file_system().read(source_, block, most); });
  closed_ = size <= 0;
  if (closed_) return;
  left_ -= size;
  tail_.append(block, static_cast<std::size_t>(size));
  if (tail_.size() > kept_bytes_) {
    tail_.erase(0, tail_.size() - kept_bytes_);
    // Half a line may hold the end of a secret, which nothing would recognise.
    const std::size_t rest = tail_.find('\n') + 1;
    if (rest < tail_.size()) tail_.erase(0, rest);
  }
  if (!lost_) waiting_.assign(block, static_cast<std::size_t>(size));
}

void OutputCopy::write_block() {
  const std::int64_t size = real_file_system().write(target, waiting_.data(), waiting_.size());
  if (size >= 0) {
    waiting_.erase(0, static_cast<std::size_t>(size));
  } else if (size != -EAGAIN && size != -EINTR) {
    lost_ = true;
    waiting_.clear();
  }
}

void OutputCopy::source_ended() {
  int bytes = 0;
  ::ioctl(source_, FIONREAD, &bytes);
  left_ = bytes;
}

}  // namespace kratix_status
