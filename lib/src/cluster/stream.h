// A connection as bytes: a socket, or TLS over one. Tests stand in for it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kratix_status {

// Why the cluster gave no answer.
struct Trouble {
  std::string cause;
  std::string fix{};
  bool is_final = false;       // trying again would not help
  bool wants_tls_1_2 = false;  // a new connection with TlsVersions::only_1_2 may succeed
};

// Every call ends by the deadline that the stream refers to.
class Stream {
 public:
  virtual ~Stream() = default;
  // Reads at most `size` bytes into `data` and sets `count`; a count of 0 means that the other side has closed.
  virtual std::optional<Trouble> read(char* data, std::size_t size, std::size_t& count) = 0;
  // Writes all of it.
  virtual std::optional<Trouble> write(std::string_view data) = 0;
};

}  // namespace kratix_status
