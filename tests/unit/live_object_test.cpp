#include "cluster/live_object.h"

#include "catch.h"
#include "kratix_status/yaml.h"

namespace kratix_status {

namespace {

Map object_of(std::string_view text) { return read_yaml(text, "object")->value.as_map(); }

Map written_by(std::string_view manager, std::string_view fields) {
  return object_of(
      "metadata: {managedFields: [{manager: kratix, time: '2026-01-01T00:00:09Z'}, {manager: " + std::string(manager) +
      ", time: '2026-01-01T00:00:05Z', fieldsV1: {'f:status': {" + std::string(fields) + "}}}]}");
}

}  // namespace

TEST_CASE("when kratix-status wrote last is what its field managers say") {
  CHECK(last_published(written_by("kratix-status", "")) == 1'767'225'605);
  CHECK(last_published(written_by("kratix-status-failure", "")) == 1'767'225'605);
  CHECK_FALSE(last_published(written_by("kubectl", "")));
  CHECK_FALSE(last_published(object_of("metadata: {managedFields: none}")));
}

TEST_CASE("a failure is shown as long as its field manager has the message") {
  CHECK(shows_failure(written_by("kratix-status-failure", "'f:message': {}")));
  CHECK_FALSE(shows_failure(written_by("kratix-status-failure", "'f:conditions': {}")));
  CHECK_FALSE(shows_failure(written_by("kratix-status", "'f:message': {}")));
}

TEST_CASE("a message is a published one as long as the field manager of publish has it") {
  CHECK(shows_published_message(written_by("kratix-status", "'f:message': {}")));
  CHECK_FALSE(shows_published_message(written_by("kratix-status", "'f:conditions': {}")));
  CHECK_FALSE(shows_published_message(written_by("kratix-status-failure", "'f:message': {}")));
}

TEST_CASE("a Pipeline whose record does not say Running is about to be recorded") {
  const auto recorded = [](std::string_view phase) {
    return object_of("status: {kratix: {workflows: {pipelines: [{name: p, phase: " + std::string(phase) + "}]}}}");
  };
  CHECK(is_about_to_be_recorded(recorded("Pending"), "p"));
  CHECK(is_about_to_be_recorded(recorded("Suspended"), "p"));
  CHECK(is_about_to_be_recorded(recorded("Failed"), "p"));
  CHECK_FALSE(is_about_to_be_recorded(recorded("Running"), "p"));
  CHECK_FALSE(is_about_to_be_recorded(recorded("Pending"), "q"));
  CHECK_FALSE(is_about_to_be_recorded(recorded("Pending"), ""));
  CHECK_FALSE(is_about_to_be_recorded(object_of("status: {}"), "p"));
}

}  // namespace kratix_status
