#include "kratix_status/status_writer.h"

#include <algorithm>

#include "kratix_status/merge.h"

namespace kratix_status {

namespace {

constexpr const char* pending = "Pending";

Map* map_in(Map* parent, std::string_view key) {
  Value* value = parent == nullptr ? nullptr : parent->find(key);
  return value != nullptr && value->is_map() ? &value->as_map() : nullptr;
}

bool has_string(const Map& map, std::string_view key, std::string_view text) {
  const Value* value = map.find(key);
  return value != nullptr && value->is_string() && value->as_string() == text;
}

// Kratix's record of this workflow: kratix.workflows, and in later versions the map below it that is called as the
// action is. nullptr if there is none.
Map* find_workflow(Map& status) {
  Map* workflows = map_in(map_in(&status, "kratix"), "workflows");
  return workflows != nullptr && workflows->find("configure") != nullptr ? map_in(workflows, "configure") : workflows;
}

// nullptr if there is no record of that Pipeline.
Map* find_pipeline_in(Map& workflow, const std::string& name) {
  Value* pipelines = workflow.find("pipelines");
  if (pipelines == nullptr || !pipelines->is_list()) return nullptr;
  for (Value& pipeline : pipelines->as_list()) {
    if (pipeline.is_map() && has_string(pipeline.as_map(), "name", name)) return &pipeline.as_map();
  }
  return nullptr;
}

// updateConditions in status_updater.go: in the place of the first of its type, else at the end.
void put_condition(Map& status, std::string_view type, Map condition) {
  Value* conditions = status.find("conditions");
  if (conditions == nullptr || !conditions->is_list()) conditions = &status.set("conditions", Value(List{}));
  List& list = conditions->as_list();
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
  if (has_string(status, "message", pending))
    status.set("message", run.workflow == WorkflowType::promise ? "Promise configured" : "Resource requested");
  if (Map* workflow = find_workflow(status)) workflow->erase("suspendedGeneration");
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
void mark_as_suspended(Map& status, const WriterRun& run) {
  Map* workflow = find_workflow(status);
  Map* pipeline = workflow == nullptr ? nullptr : find_pipeline_in(*workflow, run.pipeline);
  if (pipeline == nullptr) return;
  const Suspension& suspension = *run.suspension;
  const std::int64_t attempt = next_attempt(*pipeline);
  for (const char* key : {"message", "nextRetryAt", "attempts"}) pipeline->erase(key);
  pipeline->set("phase", "Suspended");
  if (!suspension.message.empty()) pipeline->set("message", suspension.message);
  if (!suspension.retry_at.empty()) {
    pipeline->set("nextRetryAt", suspension.retry_at);
    pipeline->set("attempts", Value::integer(attempt));
  }
  workflow->set("suspendedGeneration", Value::integer(run.generation));
}

// ClearPipelineSuspension in status_updater.go.
void mark_as_running(Map& status, const WriterRun& run) {
  Map* workflow = find_workflow(status);
  Map* pipeline = workflow == nullptr ? nullptr : find_pipeline_in(*workflow, run.pipeline);
  if (pipeline == nullptr) return;
  pipeline->set("phase", "Running");
  for (const char* key : {"message", "nextRetryAt", "attempts"}) pipeline->erase(key);
}

}  // namespace

Map live_status(Map previous) {
  previous.set("message", pending);
  return previous;
}

Result<Map> written_status(const Map& live, const Map& file, const WriterRun& run) {
  if (const Value* kratix = file.find("kratix")) return check_key("kratix", *kratix, run.workflow).error();
  Map status = merge_statuses(live, file);
  if (run.is_last_pipeline && !run.suspension) mark_as_completed(status, run);
  if (run.suspension)
    mark_as_suspended(status, run);
  else
    mark_as_running(status, run);
  if (run.is_dry_run) status.set("message", "Dry run executed");
  return status;
}

}  // namespace kratix_status
