#include "cluster/object_address.h"

#include <map>
#include <string>

#include "catch.h"

namespace kratix_status {

namespace {

using Variables = std::map<std::string, std::string>;

const Variables in_a_pod = {{"KUBERNETES_SERVICE_HOST", "10.0.0.1"},
                            {"KUBERNETES_SERVICE_PORT", "6443"},
                            {"KRATIX_OBJECT_GROUP", "example.com"},
                            {"KRATIX_OBJECT_VERSION", "v1"},
                            {"KRATIX_OBJECT_NAMESPACE", "default"},
                            {"KRATIX_OBJECT_NAME", "one"},
                            {"KRATIX_CRD_PLURAL", "dbs"}};

Result<ObjectAddress> found_with(const Variables& changes) {
  Variables variables = in_a_pod;
  for (const auto& [name, value] : changes) variables[name] = value;
  return find_object([&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() || found->second.empty() ? nullptr : found->second.c_str();
  });
}

}  // namespace

TEST_CASE("the object's path, in a namespace or in none") {
  CHECK(found_with({})->path == "/apis/example.com/v1/namespaces/default/dbs/one");
  CHECK(found_with({{"KRATIX_CLUSTER_SCOPED", "true"}})->path == "/apis/example.com/v1/dbs/one");
  CHECK(found_with({{"KRATIX_WORKFLOW_TYPE", "promise"}, {"KRATIX_OBJECT_NAMESPACE", ""}})->path ==
        "/apis/example.com/v1/dbs/one");
  CHECK(found_with({{"KRATIX_OBJECT_NAME", "a/../b?c#d %"}})->path.ends_with("/dbs/a%2F..%2Fb%3Fc%23d%20%25"));
}

TEST_CASE("the server's address is never looked up") {
  CHECK(found_with({})->address == "10.0.0.1");
  CHECK(found_with({})->port == 6443);
  CHECK(found_with({{"KUBERNETES_SERVICE_HOST", "::1"}})->address == "::1");
  const Variables by_name = {{"KUBERNETES_SERVICE_HOST", "api.internal"}, {"KUBERNETES_PORT_443_TCP_ADDR", "10.0.0.9"}};
  CHECK(found_with(by_name)->host == "api.internal");
  CHECK(found_with(by_name)->address == "10.0.0.9");
  CHECK_FALSE(found_with({{"KUBERNETES_SERVICE_HOST", "api.internal"}}).ok());
}

TEST_CASE("each variable that is missing is named") {
  for (const char* name : {"KUBERNETES_SERVICE_HOST", "KRATIX_OBJECT_GROUP", "KRATIX_OBJECT_VERSION",
                           "KRATIX_OBJECT_NAMESPACE", "KRATIX_OBJECT_NAME", "KRATIX_CRD_PLURAL"}) {
    const Result<ObjectAddress> found = found_with({{name, ""}});
    REQUIRE_FALSE(found.ok());
    CHECK(found.error().kind == ErrorKind::io);
    CHECK(found.error().cause == std::string(name) + " is not set");
  }
  for (const char* port : {"https", "0", "65536"}) CHECK_FALSE(found_with({{"KUBERNETES_SERVICE_PORT", port}}).ok());
}

}  // namespace kratix_status
