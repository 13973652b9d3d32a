// Walks the status-writer's steps over the files of this Pipeline.
#include "kratix/preview.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>

#include "kratix/clock.h"
#include "kratix/duration.h"
#include "kratix/object.h"
#include "kratix/status_checks.h"
#include "kratix/status_schema.h"
#include "kratix/status_writer.h"
#include "kratix_status/workflow_control.h"

namespace kratix_status {

namespace {

// In a dry run object.yaml is the real request, and Kratix writes to a request that it has made for the dry run
// (work-creator/lib/reader.go, resolveObject).
bool is_of_another_object(const Map& object, const Pipeline& pipeline) {
  const Value* name = find_metadata(object, "name");
  return pipeline.dry_run && !pipeline.object_name.empty() && name != nullptr && *name != Value(pipeline.object_name);
}

std::string name_of(const Map& object, const WriterRun& run, const Pipeline& pipeline) {
  const Value* name = find_metadata(object, "name");
  return run.is_own_object && name != nullptr && name->is_string() ? name->as_string() : pipeline.object_name;
}

WriterRun run_of(const Map& object, const Pipeline& pipeline, bool is_last_pipeline, std::int64_t now) {
  const Value* generation = find_metadata(object, "generation");
  const bool counted = generation != nullptr && generation->kind() == Value::Kind::integer;
  return {.workflow = pipeline.workflow,
          .is_last_pipeline = is_last_pipeline,
          .is_dry_run = pipeline.dry_run,
          .heeds_control = heeds_control(pipeline),
          .is_own_object = !is_of_another_object(object, pipeline),
          .pipeline = pipeline.name,
          .generation = counted ? generation->as_integer() : 0,
          .now = rfc3339(now)};
}

// nullopt if workflow-control.yaml lets the workflow go on.
Result<std::optional<Suspension>> read_suspension(Status& pipeline_status, std::int64_t now) {
  const Result<WorkflowControl> control = pipeline_status.control();
  if (!control) return control.error();
  if (!control->stops()) return std::optional<Suspension>();
  Suspension suspension{.message = control->message};
  if (!control->retry_after.empty()) {
    const Result<std::int64_t> wait = parse_go_duration(control->retry_after);
    if (!wait) return wait.error();
    const std::chrono::nanoseconds time = std::chrono::nanoseconds(*wait);
    suspension.retry_at = rfc3339(now + std::chrono::floor<std::chrono::seconds>(time).count());
  }
  return std::optional(std::move(suspension));
}

Result<Map> status_after(Status& pipeline_status, const Map& live, const Map& file, const WriterRun& run) {
  const Pipeline& pipeline = pipeline_status.pipeline();
  std::vector<std::string> warnings;
  if (!run.is_own_object) {
    warnings.push_back(
        "this is a dry run (KRATIX_DRY_RUN): object.yaml has the status of the real request, and Kratix writes to " +
        pipeline.object_name + ", whose own status is not known here");
  }
  Result<Map> written = written_status(live, file, run, warnings);
  if (!written) return written;
  Result<Map> stored = stored_status(std::move(*written), run.workflow, warnings);
  if (!stored) return stored;
  if (Outcome fits = check_size(*stored, warnings); !fits) return fits.error();
  pipeline_status.warn(std::move(warnings));
  return stored;
}

}  // namespace

Result<Preview> make_preview(Status& pipeline_status, bool is_last_pipeline, std::optional<Map> object) {
  const Pipeline& pipeline = pipeline_status.pipeline();
  Result<Map> file = pipeline_status.file();
  if (!file) return file.error();
  const bool is_live = object.has_value();
  Result<std::optional<Map>> from_file = std::optional<Map>();
  if (!object) from_file = pipeline_status.object();
  if (!from_file) return from_file.error();
  const Map there = object ? std::move(*object) : std::move(*from_file).value_or(Map{});
  const Result<std::int64_t> now = pipeline_status.now();
  if (!now) return now.error();
  WriterRun run = run_of(there, pipeline, is_last_pipeline, *now);
  Result<std::optional<Suspension>> suspension = read_suspension(pipeline_status, *now);
  if (!suspension) return suspension.error();
  run.suspension = std::move(*suspension);
  Map previous = status_of(there);
  // The live object's message has been reset already, and may have been published since.
  const Map live = live_status(previous, !is_live && pipeline.resets_message());
  Result<Map> status = status_after(pipeline_status, live, *file, run);
  if (!status) return status.error();
  return Preview{name_of(there, run, pipeline), std::move(previous), std::move(*file), std::move(*status)};
}

}  // namespace kratix_status
