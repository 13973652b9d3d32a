// Any bytes, as what an API server sends: by ResponseReader, whole and in pieces; and the same bytes in a path.
//
// However the bytes arrive, the outcome is the same. What is taken keeps the limits of http.h. A path holds nothing but
// unreserved characters and escapes, and the escapes give the bytes back.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "check.h"
#include "cluster/http.h"
#include "cluster/object_address.h"

namespace {

using namespace kratix_status;
using fuzz::require;

// Hands out `text` in pieces of `step` bytes, then closes.
class Pieces : public Stream {
 public:
  Pieces(std::string_view text, std::size_t step) : text_(text), step_(step) {}

  std::optional<Trouble> read(char* data, std::size_t size, std::size_t& count) override {
    count = std::min({size, step_, text_.size()});
    text_.copy(data, count);
    text_.remove_prefix(count);
    return std::nullopt;
  }

  std::optional<Trouble> write(std::string_view) override { return std::nullopt; }

 private:
  std::string_view text_;
  std::size_t step_;
};

// Two responses of one connection, or why there are none.
std::string outcome(std::string_view text, std::size_t step) {
  Pieces pieces(text, step);
  ResponseReader reader(pieces);
  std::string seen;
  for (int number = 0; number < 2; ++number) {
    Response response;
    if (const std::optional<Trouble> trouble = reader.read(response)) return seen + "trouble: " + trouble->cause;
    require(response.status >= 200 && response.status <= 599, "a status is one of HTTP");
    require(response.body.size() <= max_body_bytes + 16384, "a body is not too large");
    seen +=
        std::to_string(response.status) + " " + std::to_string(response.headers.size()) + " " + response.body + "\n";
    if (!reader.is_reusable()) break;
  }
  return seen;
}

std::string decoded(std::string_view path) {
  std::string bytes;
  for (std::size_t at = 0; at < path.size(); ++at) {
    if (path[at] != '%') {
      bytes += path[at];
      continue;
    }
    require(at + 2 < path.size(), "an escape has two digits");
    bytes += static_cast<char>(std::stoi(std::string(path.substr(at + 1, 2)), nullptr, 16));
    at += 2;
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  require(outcome(text, size + 1) == outcome(text, 1), "pieces make no difference");
  const std::string path = percent_encoded(text);
  constexpr std::string_view allowed = "%-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  require(path.find_first_not_of(allowed) == std::string::npos, "a path holds what a path may hold");
  require(decoded(path) == text, "the escapes give the bytes back");
  return 0;
}
