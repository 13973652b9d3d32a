// Publishes as the options say, and reads the live object.
#include "publishing.h"

#include <fmt/format.h>

#include <cstdlib>
#include <memory>
#include <utility>

#include "cluster/object_address.h"
#include "kratix/merge.h"
#include "kratix/secret_guard.h"
#include "no_server.h"
#include "operands.h"
#include "output.h"

namespace kratix_status::cli {

namespace {

const char* variable(const char* name) { return std::getenv(name); }

std::string account_dir() {
  const char* named = variable("KRATIX_STATUS_SERVICE_ACCOUNT_DIR");
  return named == nullptr || *named == '\0' ? service_account_dir : named;
}

struct Connection {
  ObjectAddress object;
  std::unique_ptr<ApiServer> server;
};

Result<Connection> connect(Invocation& invocation) {
  if (Outcome checked = check_publish_variable(); !checked) return checked.error();
  if (is_printed()) {
    Result<std::unique_ptr<ApiServer>> none = make_no_server(invocation);
    return none ? Result<Connection>({{}, std::move(*none)}) : none.error();
  }
  Result<ObjectAddress> object = find_object(variable);
  if (!object) return object.error();
  std::unique_ptr<ApiServer> server = connect_api_server(invocation.files(), *object, account_dir());
  return Connection{std::move(*object), std::move(server)};
}

// Kratix does not reset the message when it runs the container again. Where the script has set none, status.yaml gets
// the one that Kratix starts a Pipeline with, and which Kratix replaces when the Pipeline succeeds.
void end_with_failure(Invocation& invocation) {
  const Result<Map> file = invocation.status().file();
  if (!file || file->find("message") != nullptr || !invocation.pipeline().resets_message()) return;
  const Outcome set = invocation.status().set("message", pending_message);
  if (!set) report(set.error());
  invocation.warn_all();
}

}  // namespace

void warn_now(Invocation& invocation, std::string warning) {
  invocation.status().warn({std::move(warning)});
  invocation.warn_all();
}

bool can_publish() {
  if (is_printed()) return true;
  const char* host = variable("KUBERNETES_SERVICE_HOST");
  return host != nullptr && *host != '\0';
}

Result<PublishOptions> publish_options(const Invocation& invocation) {
  const Options& given = invocation.options();
  PublishOptions options{.dry_run = given.has("dry-run")};
  if (Outcome read = read_duration_option(given, "timeout", options.timeout_ms); !read) return read.error();
  if (Outcome read = read_duration_option(given, "min-interval", options.min_interval_ms); !read) return read.error();
  return options;
}

Result<Published> publish(Invocation& invocation, const PublishOptions& options) {
  if (invocation.pipeline().dry_run) {
    warn_now(invocation, "nothing is published: this is a dry run (KRATIX_DRY_RUN)");
    return Published{.is_skipped = true};
  }
  Result<Connection> connection = connect(invocation);
  if (!connection) return connection.error();
  Result<Published> published = publish(invocation.status(), *connection->server, connection->object, options);
  invocation.warn_all();
  if (published && is_printed()) print_published(*published, options);
  return published;
}

int finish_publish(Invocation& invocation, const Result<Published>& published, bool written) {
  if (published) return 0;
  Error error = published.error();
  if (written) error.cause += " (status.yaml is written anyway)";
  if (!invocation.options().has("try") || error.kind != ErrorKind::io) return report(error);
  warn_now(invocation, "not published: " + error.cause);
  return 0;
}

int publish_after(Invocation& invocation, int code) {
  const Options& options = invocation.options();
  if (code != 0 || !options.has("publish") || options.has("dry-run")) return code;
  const Result<PublishOptions> how = publish_options(invocation);
  return how ? finish_publish(invocation, publish(invocation, *how), true) : report(how.error());
}

void publish_failure(Invocation& invocation, PublishOptions options, PublishedFailure failure) {
  const std::string message = failure.message;
  options.failure = std::move(failure);
  const Result<Published> published = publish(invocation, options);
  if (published && options.dry_run) {
    if (!published->patch.empty()) answer(published->patch + "\n");
  } else if (published && !published->is_skipped) {
    end_with_failure(invocation);
  } else {
    if (!published) report(published.error());
    warn_now(invocation, "the platform user does not see: " + message);
  }
}

std::string secret_to_withhold(Invocation& invocation, std::string_view text, std::string_view place) {
  const SecretGuard guard = invocation.status().secrets();
  const std::optional<FoundSecret> found = guard.find(text);
  if (!found) return {};
  const Result<bool> is_refused = guard.is_refused(*found);
  if (!is_refused) report(is_refused.error());
  const bool is_withheld = !is_refused || *is_refused;
  warn_now(invocation,
           fmt::format("{} holds {}: {}; give --allow-secret if everybody who may read the resource may see it", place,
                       found->what(), is_withheld ? "it is withheld" : "it is published anyway"));
  return is_withheld ? found->what() : std::string();
}

void clear_failure(Invocation& invocation) {
  if (invocation.pipeline().dry_run) return;
  constexpr std::int64_t short_timeout_ms = 3'000;
  Result<Connection> connection = connect(invocation);
  Outcome cleared = connection ? Outcome(Done{}) : connection.error();
  if (connection) {
    cleared =
        clear_failure(invocation.status(), *connection->server, connection->object, {.timeout_ms = short_timeout_ms});
  }
  invocation.warn_all();
  if (!cleared) warn_now(invocation, cleared.error().context + ": " + cleared.error().cause);
}

Result<Preview> preview_of(Invocation& invocation) {
  std::optional<Map> object;
  if (invocation.options().has("live")) {
    Result<Map> live = live_object(invocation);
    if (!live) return live.error();
    object = std::move(*live);
  }
  return make_preview(invocation.status(), !invocation.options().has("not-last"), std::move(object));
}

Result<Map> live_object(Invocation& invocation) {
  Result<Connection> connection = connect(invocation);
  if (!connection) return connection.error();
  return read_live_object(*connection->server, connection->object, PublishOptions{}.timeout_ms);
}

}  // namespace kratix_status::cli
