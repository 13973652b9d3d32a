// A TCP connection, to an address: no name is looked up.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "cluster/deadline.h"
#include "cluster/stream.h"

namespace kratix_status {

// Connects to `address`, IPv4 or IPv6, by `deadline`, which also ends each read and write: it outlives `stream`, and
// may be set anew between them. Sets `stream`, or says why not.
std::optional<Trouble> connect_to(const std::string& address, std::uint16_t port, const Deadline& deadline,
                                  std::unique_ptr<Stream>& stream);

bool is_ip_address(const std::string& text);

}  // namespace kratix_status
