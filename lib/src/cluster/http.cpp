// Writes requests and reads responses, with a limit on everything that the server chooses.
#include "cluster/http.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "value/ascii.h"

namespace kratix_status {

namespace {

Trouble not_http(std::string what) { return {"the answer is not HTTP: " + std::move(what)}; }

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t";
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// All of `text` as a number without a sign.
std::optional<std::uint64_t> parse_number(std::string_view text, int base) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number, base);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

bool has_token(const std::string* header, std::string_view token) {
  return header != nullptr && lower(*header).find(token) != std::string::npos;
}

// "HTTP/1.1 200 OK"; 0 if it is no status line
int parse_status_line(std::string_view line) {
  constexpr std::string_view version = "HTTP/1.";
  constexpr std::size_t code_at = version.size() + 2;
  if (!line.starts_with(version) || line.size() < code_at + 3 || line[code_at - 1] != ' ') return 0;
  if (line.size() > code_at + 3 && line[code_at + 3] != ' ') return 0;
  const std::optional<std::uint64_t> code = parse_number(line.substr(code_at, 3), 10);
  return code && *code >= 100 && *code <= 599 ? static_cast<int>(*code) : 0;
}

}  // namespace

const std::string* Response::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const Header& one) { return one.name == name; });
  return found == headers.end() ? nullptr : &found->value;
}

std::string request_text(const Request& request, std::string_view host, std::string_view token) {
  std::string text = request.method + " " + request.path + " HTTP/1.1\r\n";
  const auto add = [&](std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
  };
  add("Host", host);
  add("Authorization", "Bearer " + std::string(token));
  add("Accept", "application/json");
  add("User-Agent", "kratix-status");
  if (!request.content_type.empty()) {
    add("Content-Type", request.content_type);
    add("Content-Length", std::to_string(request.body.size()));
  }
  return text + "\r\n" + request.body;
}

std::optional<Trouble> ResponseReader::fill() {
  if (is_closed_) return Trouble{"the connection was closed in the middle of an answer"};
  char data[16384];
  std::size_t count = 0;
  if (std::optional<Trouble> trouble = stream_.read(data, sizeof data, count)) return trouble;
  is_closed_ = count == 0;
  buffer_.append(data, count);
  return std::nullopt;
}

// Without its line end.
std::optional<Trouble> ResponseReader::read_line(std::string& line) {
  std::size_t searched = 0;
  while (true) {
    const std::size_t end = buffer_.find('\n', searched);
    searched = buffer_.size();
    if ((end == std::string::npos ? searched : end) > max_head_bytes - head_bytes_)
      return not_http("more than 64 KiB of headers");
    if (end != std::string::npos) {
      head_bytes_ += end;
      line = buffer_.substr(0, end);
      buffer_.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      return std::nullopt;
    }
    if (is_closed_) return Trouble{"the connection was closed before the answer"};
    if (std::optional<Trouble> trouble = fill()) return trouble;
  }
}

std::optional<Trouble> ResponseReader::read_headers(Response& response) {
  std::string line;
  while (true) {
    if (std::optional<Trouble> trouble = read_line(line)) return trouble;
    if (line.empty()) return std::nullopt;
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || colon == 0) return not_http("a header without a name");
    if (line.find('\0') != std::string::npos) return not_http("a header with a zero byte");
    response.headers.push_back({lower(std::string_view(line).substr(0, colon)),
                                std::string(trimmed(std::string_view(line).substr(colon + 1)))});
  }
}

// Skips interim responses, such as 100 Continue.
std::optional<Trouble> ResponseReader::read_head(Response& response) {
  head_bytes_ = 0;
  do {
    response = {};
    std::string line;
    if (std::optional<Trouble> trouble = read_line(line)) return trouble;
    response.status = parse_status_line(line);
    if (response.status == 0) return not_http("its first line is not a status line");
    if (std::optional<Trouble> trouble = read_headers(response)) return trouble;
  } while (response.status < 200);
  return std::nullopt;
}

std::optional<Trouble> ResponseReader::read_exactly(std::size_t size, std::string& body) {
  while (buffer_.size() < size) {
    if (std::optional<Trouble> trouble = fill()) return trouble;
  }
  body.append(buffer_, 0, size);
  buffer_.erase(0, size);
  return std::nullopt;
}

std::optional<Trouble> ResponseReader::read_chunks(std::string& body) {
  std::string line;
  while (true) {
    head_bytes_ = 0;
    if (std::optional<Trouble> trouble = read_line(line)) return trouble;
    const std::string_view digits = trimmed(std::string_view(line).substr(0, line.find(';')));
    const std::optional<std::uint64_t> size = parse_number(digits, 16);
    if (!size) return not_http("a chunk without its size");
    if (*size > max_body_bytes - body.size()) return Trouble{"the answer is larger than 16 MiB", {}, true};
    if (*size == 0) break;
    if (std::optional<Trouble> trouble = read_exactly(static_cast<std::size_t>(*size), body)) return trouble;
    if (std::optional<Trouble> trouble = read_line(line)) return trouble;
    if (!line.empty()) return not_http("a chunk that is longer than its size");
  }
  Response trailer;
  return read_headers(trailer);
}

std::optional<Trouble> ResponseReader::read_to_close(std::string& body) {
  is_reusable_ = false;
  while (!is_closed_) {
    if (buffer_.size() > max_body_bytes) return Trouble{"the answer is larger than 16 MiB", {}, true};
    if (std::optional<Trouble> trouble = fill()) return trouble;
  }
  body.swap(buffer_);
  return std::nullopt;
}

std::optional<Trouble> ResponseReader::read_body(Response& response) {
  if (response.status == 204 || response.status == 304) return std::nullopt;
  if (has_token(response.header("transfer-encoding"), "chunked")) return read_chunks(response.body);
  const std::string* length = response.header("content-length");
  if (length == nullptr) return read_to_close(response.body);
  const std::optional<std::uint64_t> size = parse_number(*length, 10);
  if (!size) return not_http("Content-Length is not a number");
  const bool agree = std::all_of(response.headers.begin(), response.headers.end(), [&](const Response::Header& one) {
    return one.name != "content-length" || one.value == *length;
  });
  if (!agree) return not_http("two lengths");
  if (*size > max_body_bytes) return Trouble{"the answer is larger than 16 MiB", {}, true};
  return read_exactly(static_cast<std::size_t>(*size), response.body);
}

std::optional<Trouble> ResponseReader::read(Response& response) {
  std::optional<Trouble> trouble = read_head(response);
  if (!trouble) trouble = read_body(response);
  if (trouble || has_token(response.header("connection"), "close")) is_reusable_ = false;
  return trouble;
}

}  // namespace kratix_status
