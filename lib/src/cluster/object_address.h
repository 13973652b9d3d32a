// Where the API server is, and the path of the object that this Pipeline runs for: all of it from the environment that
// Kubernetes and Kratix give every container.
#pragma once

#include <cstdint>
#include <string>

#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"

namespace kratix_status {

struct ObjectAddress {
  std::string host{};     // a name or an IP address: what the server's certificate is for
  std::string address{};  // the IP address to connect to
  std::uint16_t port = 443;
  std::string path{};  // of the object, percent-encoded
};

// KUBERNETES_SERVICE_HOST and _PORT (with KUBERNETES_PORT_443_TCP_ADDR where the host is a name, since no name is
// looked up), and KRATIX_OBJECT_GROUP, _VERSION, _NAMESPACE, _NAME, KRATIX_CRD_PLURAL, KRATIX_CLUSTER_SCOPED
// (api/v1alpha1/pipeline_factory.go, defaultEnvVars). Fails with ErrorKind::io outside of a Pod, or of a Pipeline.
Result<ObjectAddress> find_object(const Environment& environment);

// `text` with all but letters, digits and -._~ as %XX (RFC 3986).
std::string percent_encoded(std::string_view text);

}  // namespace kratix_status
