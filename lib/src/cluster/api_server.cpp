// Talks to the API server over TLS with the Pod's service account.
#include "cluster/api_server.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "cluster/socket.h"
#include "cluster/tls.h"
#include "files/path.h"
#include "files/whole_file.h"

namespace kratix_status {

namespace {

constexpr std::size_t max_account_file_bytes = std::size_t{1} << 20;
// Of one exchange: a server that hangs leaves time for another attempt.
constexpr std::int64_t longest_exchange_ms = 5'000;

bool is_token_character(char c) { return c > ' ' && c < '\x7F'; }

class PodApiServer : public ApiServer {
 public:
  PodApiServer(FileSystem& files, ObjectAddress address, std::string account_dir)
      : files_(files), address_(std::move(address)), account_dir_(std::move(account_dir)) {
    const bool is_ipv6 = address_.host.find(':') != std::string::npos;
    host_ = (is_ipv6 ? "[" + address_.host + "]" : address_.host) + ":" + std::to_string(address_.port);
  }

  std::optional<Trouble> exchange(const Request& request, const Deadline& deadline, Response& response) override {
    deadline_ = Deadline(std::chrono::milliseconds(std::min(deadline.left_ms(), longest_exchange_ms)));
    std::string token;
    if (std::optional<Trouble> trouble = read_account_file("token", token)) return trouble;
    while (!token.empty() && (token.back() == '\n' || token.back() == '\r')) token.pop_back();
    if (token.empty() || !std::all_of(token.begin(), token.end(), is_token_character))
      return Trouble{join(account_dir_, "token") + " holds no token", {}, true};
    if (std::find(tokens_.begin(), tokens_.end(), token) == tokens_.end()) tokens_.push_back(token);
    if (stream_ == nullptr) {
      if (std::optional<Trouble> trouble = connect()) return about_server(std::move(*trouble));
    }
    std::optional<Trouble> trouble = stream_->write(request_text(request, host_, token));
    if (!trouble) trouble = reader_->read(response);
    if (trouble || !reader_->is_reusable()) disconnect();
    return trouble ? std::optional(about_server(std::move(*trouble))) : std::nullopt;
  }

  std::string without_token(std::string text) const override {
    constexpr std::string_view in_its_place = "(token)";
    for (const std::string& token : tokens_) {
      for (std::size_t at = text.find(token); at != std::string::npos; at = text.find(token, at + in_its_place.size()))
        text.replace(at, token.size(), in_its_place);
    }
    return text;
  }

  void pause(std::int64_t ms) override { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

 private:
  Trouble about_server(Trouble trouble) const {
    trouble.cause = "API server " + host_ + ": " + trouble.cause;
    return trouble;
  }

  std::optional<Trouble> read_account_file(const char* name, std::string& text) {
    const std::string path = join(account_dir_, name);
    Result<std::optional<std::string>> read = read_regular(files_, path, max_account_file_bytes);
    if (read && *read) {
      text = std::move(**read);
      return std::nullopt;
    }
    return Trouble{read ? path + " is not there" : read.error().context + ": " + read.error().cause,
                   "the Pod needs its service account's token: automountServiceAccountToken", true};
  }

  std::optional<Trouble> connect() {
    std::string authorities;
    if (std::optional<Trouble> trouble = read_account_file("ca.crt", authorities)) return trouble;
    std::optional<Trouble> trouble = connect_by(TlsVersions::any, authorities);
    if (trouble && trouble->wants_tls_1_2) trouble = connect_by(TlsVersions::only_1_2, authorities);
    return trouble;
  }

  std::optional<Trouble> connect_by(TlsVersions versions, const std::string& authorities) {
    std::unique_ptr<Stream> plain;
    if (std::optional<Trouble> trouble = connect_to(address_.address, address_.port, deadline_, plain)) return trouble;
    if (std::optional<Trouble> trouble = start_tls(std::move(plain), versions, address_.host, authorities, stream_))
      return trouble;
    reader_.emplace(*stream_);
    return std::nullopt;
  }

  void disconnect() {
    reader_.reset();
    stream_.reset();
  }

  FileSystem& files_;
  ObjectAddress address_;
  std::string account_dir_;
  std::string host_;
  std::vector<std::string> tokens_;                  // that have been sent: the kubelet replaces them
  Deadline deadline_{std::chrono::milliseconds(0)};  // of the exchange that goes on
  std::unique_ptr<Stream> stream_;
  std::optional<ResponseReader> reader_;
};

}  // namespace

std::unique_ptr<ApiServer> connect_api_server(FileSystem& files, ObjectAddress address, std::string account_dir) {
  return std::make_unique<PodApiServer>(files, std::move(address), std::move(account_dir));
}

}  // namespace kratix_status
