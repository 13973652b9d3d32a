// The API server of the cluster that this Pod runs in, as one exchange at a time. Tests stand in for it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cluster/deadline.h"
#include "cluster/http.h"
#include "cluster/object_address.h"
#include "files/file_system.h"

namespace kratix_status {

class ApiServer {
 public:
  virtual ~ApiServer() = default;
  // Sends `request` as the service account of this Pod, and sets `response`; or says why there is none.
  virtual std::optional<Trouble> exchange(const Request& request, const Deadline& deadline, Response& response) = 0;
  // `text`, which the server has chosen, with "(token)" where it repeats a token that an exchange has sent.
  virtual std::string without_token(std::string text) const { return text; }
  // Returns after `ms` milliseconds.
  virtual void pause(std::int64_t ms) = 0;
};

inline constexpr const char* service_account_dir = "/var/run/secrets/kubernetes.io/serviceaccount";

// `account_dir` holds token, which is read for each exchange, because the kubelet replaces it, and ca.crt, which is
// read for each connection. A connection is kept for the next exchange. `files` outlives what is returned.
std::unique_ptr<ApiServer> connect_api_server(FileSystem& files, ObjectAddress address, std::string account_dir);

}  // namespace kratix_status
