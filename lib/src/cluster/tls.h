// TLS as a client. The certificate of the other side, and the name or address in it, are always checked.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cluster/stream.h"

namespace kratix_status {

// mbedTLS 3.6.6 offers signatures by RSA-PSS for the sake of TLS 1.3, and refuses them in TLS 1.2: a server that has no
// TLS 1.3 and chooses them fails with Trouble::wants_tls_1_2. Without TLS 1.3 they are not offered.
enum class TlsVersions { any, only_1_2 };

// TLS 1.3 or 1.2 over `below`, which it takes. `host` is what the certificate has to be for, a name or an IP address;
// `authorities` are the certificates of authorities to trust, in PEM. Sets `stream`, or says why not. A build without
// a connection to the cluster (KRATIX_STATUS_LIVE=OFF) always says why not.
std::optional<Trouble> start_tls(std::unique_ptr<Stream> below, TlsVersions versions, const std::string& host,
                                 const std::string& authorities, std::unique_ptr<Stream>& stream);

}  // namespace kratix_status
