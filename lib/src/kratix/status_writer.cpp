// Follows the status-writer's steps: merge, mark as completed, mark the Pipeline.
#include "kratix/status_writer.h"

#include <algorithm>

#include "kratix/merge.h"
#include "kratix/status_checks.h"

namespace kratix_status {

namespace {

bool has_string(const Map& map, std::string_view key, std::string_view text) {
  const std::string* value = string_in(map, key);
  return value != nullptr && *value == text;
}

// kratix.workflows; nullptr if there is none.
Map* find_workflows(Map& status) {
  Map* kratix = map_in(status, "kratix");
  return kratix == nullptr ? nullptr : map_in(*kratix, "workflows");
}

// The entry of the Pipeline in `records`, or, where its name is not known, the only entry. nullptr if there is none.
Map* find_record(List& records, const std::string& pipeline) {
  if (pipeline.empty()) return records.size() == 1 && records[0].is_map() ? &records[0].as_map() : nullptr;
  for (Value& record : records) {
    if (record.is_map() && has_string(record.as_map(), "name", pipeline)) return &record.as_map();
  }
  return nullptr;
}

Error no_record(const std::string& cause) {
  return refused(
      "status.kratix.workflows.pipelines of object.yaml",
      cause + ": Kratix's status-writer fails then, and the user sees nothing of the status",
      "Kratix makes the entry before it starts the Pipeline: take object.yaml and KRATIX_PIPELINE_NAME from the same run");
}

// updateConditions in status_updater.go: in the place of the first of its type, else at the end.
void put_condition(Map& status, std::string_view type, Map condition) {
  if (list_in(status, "conditions") == nullptr) status.set("conditions", Value(List{}));
  List& list = *list_in(status, "conditions");
  const auto found = std::find_if(list.begin(), list.end(), [&](const Value& other) {
    return other.is_map() && has_string(other.as_map(), "type", type);
  });
  if (found == list.end())
    list.emplace_back(std::move(condition));
  else
    *found = Value(std::move(condition));
}

// MarkAsCompleted in status_updater.go.
void mark_as_completed(Map& status, const WriterRun& run) {
  // Other types of workflows have no message of their own.
  if (has_string(status, "message", pending_message) && run.heeds_control)
    status.set("message", run.workflow == WorkflowType::promise ? "Promise configured" : "Resource requested");
  if (Map* workflows = find_workflows(status)) workflows->erase("suspendedGeneration");
  constexpr const char* type = "ConfigureWorkflowCompleted";
  Map condition;
  condition.set("lastTransitionTime", run.now);
  condition.set("message", "Pipelines completed");
  condition.set("reason", "PipelinesExecutedSuccessfully");
  condition.set("status", "True");
  condition.set("type", type);
  put_condition(status, type, std::move(condition));
}

std::int64_t next_attempt(const Map& pipeline) {
  const Value* attempts = pipeline.find("attempts");
  return attempts != nullptr && attempts->kind() == Value::Kind::integer ? attempts->as_integer() + 1 : 1;
}

// MarkPipelineAsSuspended in status_updater.go.
void mark_as_suspended(Map& workflows, Map& pipeline, const WriterRun& run) {
  const Suspension& suspension = *run.suspension;
  const std::int64_t attempt = next_attempt(pipeline);
  for (const char* key : {"message", "nextRetryAt", "attempts"}) pipeline.erase(key);
  pipeline.set("phase", "Suspended");
  if (!suspension.message.empty()) pipeline.set("message", suspension.message);
  if (!suspension.retry_at.empty()) {
    pipeline.set("nextRetryAt", suspension.retry_at);
    pipeline.set("attempts", Value::integer(attempt));
  }
  workflows.set("suspendedGeneration", Value::integer(run.generation));
}

// ClearPipelineSuspension in status_updater.go.
void mark_as_running(Map& pipeline) {
  pipeline.set("phase", "Running");
  for (const char* key : {"message", "nextRetryAt", "attempts"}) pipeline.erase(key);
}

// Both of them look for the Pipeline's record and fail if the list lacks it; only the first needs that list.
Outcome mark_pipeline(Map& status, const WriterRun& run, std::vector<std::string>& warnings) {
  const bool suspends = run.suspension.has_value();
  if (map_in(status, "kratix") == nullptr) {
    // Kratix makes it before a workflow's first Pipeline starts, so this object was written by hand.
    if (suspends) warnings.emplace_back("object.yaml has no status.kratix: what Kratix records there is left out");
    return Done{};
  }
  Map* const workflows = find_workflows(status);
  List* const records = workflows == nullptr ? nullptr : list_in(*workflows, "pipelines");
  if (records == nullptr) return suspends && run.is_own_object ? Outcome(no_record("is missing")) : Outcome(Done{});
  Map* const pipeline = find_record(*records, run.pipeline);
  if (pipeline == nullptr && run.pipeline.empty()) {
    if (suspends)
      warnings.emplace_back("KRATIX_PIPELINE_NAME is not set: what Kratix records of the Pipeline is left out");
    return Done{};
  }
  if (pipeline == nullptr && run.is_own_object) return no_record("has no entry for the Pipeline " + run.pipeline);
  if (pipeline == nullptr) return Done{};
  if (suspends)
    mark_as_suspended(*workflows, *pipeline, run);
  else
    mark_as_running(*pipeline);
  return Done{};
}

}  // namespace

Map live_status(Map previous, bool resets_message) {
  if (resets_message) previous.set("message", pending_message);
  return previous;
}

Result<Map> written_status(const Map& live, const Map& file, const WriterRun& run, std::vector<std::string>& warnings) {
  if (const Value* kratix = file.find("kratix")) return check_key("kratix", *kratix, run.workflow).error();
  Map status = merge_statuses(live, file);
  if (run.is_last_pipeline && !run.suspension) mark_as_completed(status, run);
  if (run.heeds_control) {
    if (Outcome marked = mark_pipeline(status, run, warnings); !marked) return marked.error();
  }
  if (run.is_dry_run) status.set("message", "Dry run executed");
  return status;
}

}  // namespace kratix_status
