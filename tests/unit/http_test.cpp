#include "cluster/http.h"

#include <string>

#include "catch.h"

namespace kratix_status {

namespace {

// Hands out `text` one byte at a time, then closes.
class Bytes : public Stream {
 public:
  explicit Bytes(std::string_view text) : text_(text) {}

  std::optional<Trouble> read(char* data, std::size_t, std::size_t& count) override {
    count = text_.copy(data, 1);
    text_.remove_prefix(count);
    return std::nullopt;
  }

  std::optional<Trouble> write(std::string_view) override { return std::nullopt; }

 private:
  std::string_view text_;
};

// "STATUS BODY", or what is wrong
std::string read(std::string_view text) {
  Bytes bytes(text);
  ResponseReader reader(bytes);
  Response response;
  const std::optional<Trouble> trouble = reader.read(response);
  return trouble ? trouble->cause : std::to_string(response.status) + " " + response.body;
}

}  // namespace

TEST_CASE("a response with a length, in chunks, or to the end of the connection") {
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") == "200 {}");
  CHECK(read("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n1;x\r\n}\r\n0\r\n\r\n") == "200 {}");
  CHECK(read("HTTP/1.0 200 OK\n\n{}") == "200 {}");
  CHECK(read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n") == "204 ");
}

TEST_CASE("what is no response says why") {
  CHECK(read("SSH-2.0\r\n") == "the answer is not HTTP: its first line is not a status line");
  CHECK(read("HTTP/1.1 2000 OK\r\n\r\n") == "the answer is not HTTP: its first line is not a status line");
  CHECK(read("HTTP/1.1 200 OK\r\nno colon\r\n\r\n") == "the answer is not HTTP: a header without a name");
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n") ==
        "the answer is not HTTP: Content-Length is not a number");
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}") ==
        "the answer is not HTTP: two lengths");
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 16777217\r\n\r\n") == "the answer is larger than 16 MiB");
  CHECK(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n") ==
        "the answer is not HTTP: a chunk that is longer than its size");
  CHECK(read("HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x')) ==
        "the answer is not HTTP: more than 64 KiB of headers");
}

TEST_CASE("a response that is cut off anywhere is no response") {
  const std::string whole = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string said = read(whole.substr(0, size));
    CHECK(said.starts_with("the connection was closed"));
  }
}

TEST_CASE("a request has its token, and a body its length") {
  CHECK(request_text({.method = "GET", .path = "/apis"}, "10.0.0.1:443", "secret") ==
        "GET /apis HTTP/1.1\r\nHost: 10.0.0.1:443\r\nAuthorization: Bearer secret\r\nAccept: application/json\r\n"
        "User-Agent: kratix-status\r\n\r\n");
  CHECK(request_text({.method = "PATCH", .path = "/a", .content_type = "application/json", .body = "{}"}, "h", "t")
            .ends_with("Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"));
}

}  // namespace kratix_status
