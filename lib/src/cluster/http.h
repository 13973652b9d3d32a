// HTTP/1.1 as a client of one server: one request, then its response. No redirects, no compression, no proxies.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cluster/stream.h"

namespace kratix_status {

struct Request {
  std::string method{};
  std::string path{};          // percent-encoded, with the query
  std::string content_type{};  // empty if there is no body
  std::string body{};
};

struct Response {
  struct Header {
    std::string name;  // in lower case
    std::string value;
  };

  int status = 0;
  std::vector<Header> headers{};
  std::string body{};

  // nullptr if there is none; of several the first
  const std::string* header(std::string_view name) const;
};

// The request as it is sent; `host` as the header Host has it, `token` for the header Authorization.
std::string request_text(const Request& request, std::string_view host, std::string_view token);

// The most that a response may have, in bytes: status line and headers together, and body.
inline constexpr std::size_t max_head_bytes = std::size_t{64} << 10;
inline constexpr std::size_t max_body_bytes = std::size_t{16} << 20;

// Reads responses from one connection, and keeps what came behind the last one.
class ResponseReader {
 public:
  // `stream` outlives the object.
  explicit ResponseReader(Stream& stream) : stream_(stream) {}

  // Sets `response`, or says why not; then the connection is of no more use.
  std::optional<Trouble> read(Response& response);

  // Whether the server keeps the connection open for another request.
  bool is_reusable() const { return is_reusable_; }

 private:
  std::optional<Trouble> fill();
  std::optional<Trouble> read_line(std::string& line);
  std::optional<Trouble> read_head(Response& response);
  std::optional<Trouble> read_headers(Response& response);
  std::optional<Trouble> read_body(Response& response);
  std::optional<Trouble> read_exactly(std::size_t size, std::string& body);
  std::optional<Trouble> read_chunks(std::string& body);
  std::optional<Trouble> read_to_close(std::string& body);

  Stream& stream_;
  std::string buffer_{};
  std::size_t head_bytes_ = 0;
  bool is_closed_ = false;
  bool is_reusable_ = true;
};

}  // namespace kratix_status
