// Reads the live object, computes what differs, and sends it, until the server has taken it or the time is up.
#include "cluster/publish.h"

#include <algorithm>
#include <chrono>
#include <random>
#include <utility>
#include <vector>

#include "cluster/answers.h"
#include "cluster/live_object.h"
#include "kratix/clock.h"
#include "kratix/condition_list.h"
#include "kratix/limits.h"
#include "kratix/merge.h"
#include "kratix/object.h"
#include "kratix/own_patch.h"
#include "kratix/status_checks.h"
#include "kratix/status_schema.h"
#include "kratix/status_writer.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"

namespace kratix_status {

namespace {

constexpr std::int64_t first_pause_ms = 200;
constexpr std::int64_t longest_pause_ms = 5'000;
constexpr std::int64_t conflict_pause_ms = 20;
// How long to wait for Kratix to record that the Pipeline runs: it takes it about a second.
constexpr std::int64_t longest_record_wait_ms = 3'000;
constexpr std::int64_t record_pause_ms = 200;

// Sends requests by one deadline, and pauses after those that came to nothing.
class Sender {
 public:
  Sender(ApiServer& server, std::int64_t timeout_ms)
      : server_(server), deadline_(std::chrono::milliseconds(timeout_ms)), dice_(seed()) {}

  const Deadline& deadline() const { return deadline_; }
  std::string without_token(std::string text) const { return server_.without_token(std::move(text)); }
  void pause(std::int64_t ms) { server_.pause(std::min(ms, deadline_.left_ms())); }

  // True with `response` set, or false, after a pause, for "read the object again": what became of a PATCH whose answer
  // is lost, only the object tells.
  Result<bool> send(const Request& request, Response& response) {
    const std::optional<Trouble> trouble = server_.exchange(request, deadline_, response);
    if (!trouble && find_answer(response).then == Then::done) return true;
    const Outcome paused = trouble ? pause_after(*trouble) : pause_after(response);
    return paused ? Result<bool>(false) : paused.error();
  }

 private:
  // Publishers that began together are not to go on together. std::random_device wants /dev/urandom, which an empty
  // image does not have.
  static std::minstd_rand::result_type seed() {
    return static_cast<std::minstd_rand::result_type>(Deadline::Clock::now().time_since_epoch().count());
  }

  static Error failure(ErrorKind kind, std::string cause, std::string fix) {
    return {kind, "publish", std::move(cause), std::move(fix), {}};
  }

  // Waits, or fails with `error` if that would take too long.
  Outcome wait(std::int64_t ms, Error error) {
    ms += static_cast<std::int64_t>(dice_() % 50);
    if (ms >= deadline_.left_ms()) return error;
    server_.pause(ms);
    return Done{};
  }

  std::int64_t next_pause() {
    const std::int64_t pause = pause_ms_;
    pause_ms_ = std::min(pause_ms_ * 2, longest_pause_ms);
    return pause;
  }

  Outcome pause_after(const Trouble& trouble) {
    Error error = failure(ErrorKind::io, trouble.cause, trouble.fix);
    return trouble.is_final ? error : wait(next_pause(), std::move(error));
  }

  Outcome pause_after(const Response& response) {
    const Answer& answer = find_answer(response);
    Error error = failure(answer.kind, std::string(answer.meaning.view()) + ": " + without_token(words_of(response)),
                          std::string(answer.fix.view()));
    switch (answer.then) {
      case Then::new_token: return std::exchange(token_was_refused_, true) ? Outcome(std::move(error)) : Done{};
      case Then::read_again: return wait(conflict_pause_ms, std::move(error));
      case Then::again: {
        const std::int64_t asked = std::int64_t{1000} * retry_after_seconds(response);
        return wait(asked > 0 ? asked : next_pause(), std::move(error));
      }
      default: return error;
    }
  }

  ApiServer& server_;
  Deadline deadline_;
  std::minstd_rand dice_;
  std::int64_t pause_ms_ = first_pause_ms;
  bool token_was_refused_ = false;
};

Result<Map> parse_object(const Sender& sender, const std::string& body) {
  constexpr const char* name = "the object from the API server";
  Result<Document> object = read_yaml(body, name, max_object_nodes);
  if (!object) return io_error(object.error().context, sender.without_token(object.error().cause));
  Map& map = object->value.as_map();
  return resource_version(map).empty() ? Result<Map>(io_error(name, "it has no metadata.resourceVersion"))
                                       : std::move(map);
}

// nullopt, after a pause, if it has to be asked for again.
Result<std::optional<Map>> get_object(Sender& sender, const ObjectAddress& address) {
  Response response;
  const Result<bool> sent = sender.send({.method = "GET", .path = address.path}, response);
  if (!sent) return sent.error();
  if (!*sent) return std::optional<Map>();
  Result<Map> object = parse_object(sender, response.body);
  if (!object) return object.error();
  return std::optional(std::move(*object));
}

class Publisher {
 public:
  Publisher(Status& status, ApiServer& server, const ObjectAddress& object, const PublishOptions& options)
      : status_(status), object_(object), options_(options), sender_(server, options.timeout_ms) {}

  Result<Published> run() {
    while (true) {
      Result<std::optional<Published>> published = attempt();
      if (!published) return published.error();
      if (!*published) continue;
      status_.warn(std::move(warnings_));
      return std::move(**published);
    }
  }

 private:
  // nullopt if all has to be read again, status.yaml too.
  Result<std::optional<Published>> attempt() {
    warnings_.clear();
    Result<Map> file = own_file();
    // The user is to see why the Pipeline failed, also where status.yaml is the reason.
    if (!file && options_.failure) file = Map{};
    if (!file) return file.error();
    const Result<std::optional<Map>> live = live_object();
    if (!live) return live.error();
    if (!*live) return std::optional<Published>();
    if (is_too_soon(**live)) return std::optional(Published{.is_skipped = true});
    const Result<Map> wanted = wanted_status(std::move(*file), **live);
    if (!wanted) return wanted.error();
    Result<Map> differing = own_patch(status_of(**live), *wanted, status_.pipeline().workflow, warnings_);
    if (!differing) return differing.error();
    if (differing->empty()) return std::optional(Published{});
    return send(**live, std::move(*differing));
  }

  // Refuses what the Pod would fail for, before anything is sent.
  Result<Map> own_file() {
    status_.take_warnings();
    Result<Map> file = status_.file();
    if (!file) return file;
    std::vector<std::string> again;
    Result<Map> written =
        written_status({}, *file, {.workflow = status_.pipeline().workflow, .is_last_pipeline = false}, again);
    if (!written) return written;
    Result<Map> stored = stored_status(std::move(*written), status_.pipeline().workflow, again);
    if (!stored) return stored;
    const Outcome fits = check_size(*stored, again);
    return fits ? std::move(file) : Result<Map>(fits.error());
  }

  // nullopt, after a pause, if it has to be read again.
  Result<std::optional<Map>> live_object() {
    Result<std::optional<Map>> object = get_object(sender_, object_);
    if (!object || !*object) return object;
    const Pipeline& pipeline = status_.pipeline();
    const bool waits = pipeline.resets_message() && is_about_to_be_recorded(**object, pipeline.name);
    if (!waits || record_wait_ms_ <= 0 || sender_.deadline().left_ms() == 0) return object;
    sender_.pause(record_pause_ms);
    record_wait_ms_ -= record_pause_ms;
    return std::optional<Map>();
  }

  bool is_too_soon(const Map& live) const {
    const std::optional<std::int64_t> last = last_published(live);
    if (!last || options_.min_interval_ms == 0) return false;
    const std::int64_t since = wall_clock() - *last;
    return since >= 0 && since * 1000 < options_.min_interval_ms;
  }

  // status.yaml's keys, with the failure, or without the last one.
  Result<Map> wanted_status(Map file, const Map& live) {
    const Pipeline& pipeline = status_.pipeline();
    const bool shows_one = shows_failure(live);
    if (!options_.failure) {
      if (file.find("message") != nullptr || !pipeline.resets_message()) return file;
      if (shows_one)
        file.set("message", pending_message);
      else if (shows_published_message(live))
        warn_of_message(live);
      return file;
    }
    if (shows_one && options_.failure->is_vague) {
      // It stays, whatever the script has set before it.
      file.erase("message");
      return file;
    }
    file.set("message", options_.failure->message);
    if (!options_.failure->condition) return file;
    const Result<std::int64_t> now = status_.now();
    if (!now) return now.error();
    const Outcome set =
        set_condition(file, status_of(live), *options_.failure->condition, rfc3339(*now), pipeline.workflow);
    return set ? Result<Map>(std::move(file)) : set.error();
  }

  // Kratix replaces only pending_message, and status.yaml cannot remove a message.
  void warn_of_message(const Map& live) {
    const Map status = status_of(live);
    const std::string* message = string_in(status, "message");
    if (message == nullptr || *message == pending_message) return;
    warnings_.emplace_back(
        "key message: status.yaml has none, and the published one stays: `set message Pending` leaves it to Kratix");
  }

  Result<std::optional<Published>> send(const Map& live, Map differing) {
    Map metadata;
    metadata.set("resourceVersion", resource_version(live));
    Map patch;
    patch.set("metadata", std::move(metadata));
    patch.set("status", std::move(differing));
    Published published{.patch = to_json(patch)};
    if (options_.dry_run) return std::optional(std::move(published));
    const std::string_view manager = options_.failure ? failure_field_manager : field_manager;
    Response response;
    const Result<bool> sent = sender_.send({.method = "PATCH",
                                            .path = object_.path + "/status?fieldManager=" + std::string(manager),
                                            .content_type = "application/merge-patch+json",
                                            .body = published.patch},
                                           response);
    if (!sent) return sent.error();
    return *sent ? std::optional(std::move(published)) : std::nullopt;
  }

  Status& status_;
  const ObjectAddress& object_;
  const PublishOptions& options_;
  Sender sender_;
  std::vector<std::string> warnings_;
  std::int64_t record_wait_ms_ = longest_record_wait_ms;
};

}  // namespace

Result<Published> publish(Status& status, ApiServer& server, const ObjectAddress& object,
                          const PublishOptions& options) {
  return Publisher(status, server, object, options).run();
}

Outcome clear_failure(Status& status, ApiServer& server, const ObjectAddress& object, const PublishOptions& options) {
  const Result<Map> live = read_live_object(server, object, options.timeout_ms);
  if (!live) return live.error();
  if (!shows_failure(*live)) return Done{};
  const Result<Published> published = publish(status, server, object, options);
  return published ? Outcome(Done{}) : published.error();
}

Result<Map> read_live_object(ApiServer& server, const ObjectAddress& object, std::int64_t timeout_ms) {
  Sender sender(server, timeout_ms);
  while (true) {
    Result<std::optional<Map>> live = get_object(sender, object);
    if (!live) return live.error();
    if (*live) return std::move(**live);
  }
}

}  // namespace kratix_status
