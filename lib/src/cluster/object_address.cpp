// Builds the address of the Pipeline's object.
#include "cluster/object_address.h"

#include <limits>
#include <optional>

#include "cluster/socket.h"
#include "value/ascii.h"
#include "value/number.h"

namespace kratix_status {

namespace {

std::string variable(const Environment& environment, const char* name) {
  const char* value = environment(name);
  return value == nullptr ? "" : value;
}

Error not_set(const char* name, std::string fix) {
  return io_error("find the object in the cluster", std::string(name) + " is not set", std::move(fix));
}

Outcome find_server(const Environment& environment, ObjectAddress& found) {
  found.host = variable(environment, "KUBERNETES_SERVICE_HOST");
  if (found.host.empty())
    return not_set("KUBERNETES_SERVICE_HOST",
                   "Kubernetes sets it in every Pod; to try this elsewhere, set KRATIX_STATUS_PUBLISH=print");
  const std::string port = variable(environment, "KUBERNETES_SERVICE_PORT");
  if (!port.empty()) {
    const std::optional<std::int64_t> number = parse_whole_number(port);
    if (!number || *number < 1 || *number > std::numeric_limits<std::uint16_t>::max())
      return io_error("find the object in the cluster", "KUBERNETES_SERVICE_PORT is not a port: " + port);
    found.port = static_cast<std::uint16_t>(*number);
  }
  found.address = found.host;
  if (is_ip_address(found.host)) return Done{};
  found.address = variable(environment, "KUBERNETES_PORT_443_TCP_ADDR");
  if (is_ip_address(found.address)) return Done{};
  return io_error(
      "find the object in the cluster",
      "KUBERNETES_SERVICE_HOST is a name, " + found.host + ", and KUBERNETES_PORT_443_TCP_ADDR is not an IP address",
      "kratix-status does not look up names: Kubernetes sets the address in every Pod");
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view unreserved = "-._~";
  std::string out;
  for (const char c : text) {
    if (is_alphanumeric(c) || unreserved.find(c) != std::string_view::npos)
      out += c;
    else
      append_code_escape(out, "%", static_cast<unsigned char>(c), 2, upper_hex);
  }
  return out;
}

Result<ObjectAddress> find_object(const Environment& environment) {
  ObjectAddress found;
  if (const Outcome server = find_server(environment, found); !server) return server.error();
  constexpr const char* needed[] = {"KRATIX_OBJECT_GROUP", "KRATIX_OBJECT_VERSION", "KRATIX_CRD_PLURAL",
                                    "KRATIX_OBJECT_NAME"};
  for (const char* name : needed) {
    if (variable(environment, name).empty()) return not_set(name, "Kratix sets it in the containers of every Pipeline");
  }
  const std::string space = variable(environment, "KRATIX_OBJECT_NAMESPACE");
  const bool has_namespace = variable(environment, "KRATIX_CLUSTER_SCOPED") != "true" &&
                             !variable(environment, "KRATIX_WORKFLOW_TYPE").starts_with("promise");
  if (has_namespace && space.empty())
    return not_set("KRATIX_OBJECT_NAMESPACE", "Kratix sets it, or else KRATIX_CLUSTER_SCOPED=true");
  found.path = "/apis/" + percent_encoded(variable(environment, "KRATIX_OBJECT_GROUP")) + "/" +
               percent_encoded(variable(environment, "KRATIX_OBJECT_VERSION"));
  if (has_namespace) found.path += "/namespaces/" + percent_encoded(space);
  found.path += "/" + percent_encoded(variable(environment, "KRATIX_CRD_PLURAL")) + "/" +
                percent_encoded(variable(environment, "KRATIX_OBJECT_NAME"));
  return found;
}

}  // namespace kratix_status
