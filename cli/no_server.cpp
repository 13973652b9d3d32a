// Answers for the API server from object.yaml, and prints what would be published.
#include "no_server.h"

#include <cstdlib>
#include <utility>

#include "cluster/live_object.h"
#include "kratix/object.h"
#include "kratix_status/json.h"
#include "output.h"

namespace kratix_status::cli {

namespace {

class NoServer final : public ApiServer {
 public:
  explicit NoServer(std::string object) : object_(std::move(object)) {}

  std::optional<Trouble> exchange(const Request& request, const Deadline& /*deadline*/, Response& response) override {
    constexpr int ok = 200;
    response = {.status = ok, .body = request.method == "GET" ? object_ : "{}"};
    return std::nullopt;
  }

  void pause(std::int64_t /*ms*/) override {}

 private:
  std::string object_;
};

// publish() wants one, and an object.yaml that no cluster has made has none.
void add_resource_version(Map& object) {
  if (!resource_version(object).empty()) return;
  const Value* metadata = object.find("metadata");
  Map with_version = metadata != nullptr && metadata->is_map() ? metadata->as_map() : Map{};
  with_version.set("resourceVersion", "0");
  object.set("metadata", std::move(with_version));
}

std::string_view publish_variable() {
  const char* mode = std::getenv("KRATIX_STATUS_PUBLISH");
  return mode == nullptr ? std::string_view() : mode;
}

const char* what_is_published(const PublishOptions& options) {
  if (!options.failure) return "would publish";
  return options.failure->is_vague ? "would publish, unless a failure is shown" : "would publish the failure";
}

}  // namespace

bool is_printed() { return publish_variable() == "print"; }

Outcome check_publish_variable() {
  const std::string_view mode = publish_variable();
  if (mode.empty() || mode == "print") return Done{};
  return usage_error("variable KRATIX_STATUS_PUBLISH", "must be print, not \"" + std::string(mode) + "\"",
                     "unset it to publish to the cluster");
}

Result<std::unique_ptr<ApiServer>> make_no_server(Invocation& invocation) {
  Result<std::optional<Map>> read = invocation.status().object();
  if (!read) return read.error();
  Map object = read->value_or(Map{});
  add_resource_version(object);
  return std::unique_ptr<ApiServer>(std::make_unique<NoServer>(to_json(object)));
}

void print_published(const Published& published, const PublishOptions& options) {
  const Result<Value> patch = parse_json(published.patch);
  if (patch && patch->is_map())
    note(std::string(what_is_published(options)) + ": " + show_json(status_of(patch->as_map())));
}

}  // namespace kratix_status::cli
