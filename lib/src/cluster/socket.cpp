// TCP connections whose every wait ends by a deadline.
#include "cluster/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <limits>

#include "files/error_text.h"

namespace kratix_status {

namespace {

Trouble timed_out(const char* action) { return {std::string(action) + ": the time is up"}; }

Trouble failed(const char* action, int error) { return {std::string(action) + ": " + error_text(error)}; }

class Socket : public Stream {
 public:
  Socket(int number, const Deadline& deadline) : number_(number), deadline_(deadline) {}
  ~Socket() override { ::close(number_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  std::optional<Trouble> connect(const sockaddr& address, socklen_t size) {
    if (::connect(number_, &address, size) == 0) return std::nullopt;
    if (errno != EINPROGRESS) return failed("connect", errno);
    if (std::optional<Trouble> trouble = wait(POLLOUT, "connect")) return trouble;
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(number_, SOL_SOCKET, SO_ERROR, &error, &length);
    return error == 0 ? std::nullopt : std::optional(failed("connect", error));
  }

  std::optional<Trouble> read(char* data, std::size_t size, std::size_t& count) override {
    while (true) {
      if (std::optional<Trouble> trouble = wait(POLLIN, "read")) return trouble;
      const ssize_t done = ::recv(number_, data, size, 0);
      if (done >= 0) {
        count = static_cast<std::size_t>(done);
        return std::nullopt;
      }
      if (errno != EINTR && errno != EAGAIN) return failed("read", errno);
    }
  }

  std::optional<Trouble> write(std::string_view data) override {
    while (!data.empty()) {
      if (std::optional<Trouble> trouble = wait(POLLOUT, "write")) return trouble;
      const ssize_t done = ::send(number_, data.data(), data.size(), MSG_NOSIGNAL);
      if (done < 0 && errno != EINTR && errno != EAGAIN) return failed("write", errno);
      if (done > 0) data.remove_prefix(static_cast<std::size_t>(done));
    }
    return std::nullopt;
  }

 private:
  std::optional<Trouble> wait(short events, const char* action) {
    pollfd waited{number_, events, 0};
    while (true) {
      const std::int64_t left = deadline_.left_ms();
      if (left == 0) return timed_out(action);
      const int most = static_cast<int>(std::min<std::int64_t>(left, std::numeric_limits<int>::max()));
      const int ready = ::poll(&waited, 1, most);
      if (ready > 0) return std::nullopt;
      if (ready < 0 && errno != EINTR) return failed(action, errno);
    }
  }

  int number_;
  const Deadline& deadline_;
};

// 0 if `text` is no address.
socklen_t parse_address(const std::string& text, std::uint16_t port, sockaddr_storage& storage) {
  auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
  if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    return sizeof v4;
  }
  auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
  if (::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1) {
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    return sizeof v6;
  }
  return 0;
}

}  // namespace

bool is_ip_address(const std::string& text) {
  sockaddr_storage storage{};
  return parse_address(text, 0, storage) != 0;
}

std::optional<Trouble> connect_to(const std::string& address, std::uint16_t port, const Deadline& deadline,
                                  std::unique_ptr<Stream>& stream) {
  sockaddr_storage storage{};
  const socklen_t size = parse_address(address, port, storage);
  if (size == 0) return Trouble{address + " is not an IP address", {}, true};
  const int number = ::socket(storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (number < 0) return failed("socket", errno);
  auto opened = std::make_unique<Socket>(number, deadline);
  const int on = 1;
  ::setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (std::optional<Trouble> trouble = opened->connect(reinterpret_cast<const sockaddr&>(storage), size))
    return trouble;
  stream = std::move(opened);
  return std::nullopt;
}

}  // namespace kratix_status
