// Stands in for TLS where the program is built without a connection to the cluster.
#include "cluster/tls.h"

namespace kratix_status {

std::optional<Trouble> start_tls(std::unique_ptr<Stream>, TlsVersions, const std::string&, const std::string&,
                                 std::unique_ptr<Stream>&) {
  return Trouble{"this kratix-status was built without a connection to the cluster",
                 "use a released binary, or build with -D KRATIX_STATUS_LIVE=ON", true};
}

}  // namespace kratix_status
