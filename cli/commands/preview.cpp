
#include <chrono>

#include "files/path.h"
#include "kratix/clock.h"
#include "kratix/duration.h"
#include "kratix/kubectl_table.h"
#include "kratix/own_patch.h"
#include "kratix/status_checks.h"
#include "kratix/status_schema.h"
#include "kratix/status_writer.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "operands.h"
#include "output.h"
#include "preview.h"
#include "value/message.h"

namespace kratix_status::cli {

namespace {

const Value* find_in(const Value& object, std::string_view parent, std::string_view key) {
  const Value* map = object.as_map().find(parent);
  return map != nullptr && map->is_map() ? map->as_map().find(key) : nullptr;
}

Result<Value> read_object_or_none(Invocation& invocation) {
  Result<std::optional<Document>> object = invocation.read_object();
  if (!object) return object.error();
  if (!*object) return Value(Map{});
  invocation.warn_of_findings(join(invocation.pipeline().input_dir, object_file), (*object)->findings);
  return std::move((*object)->value);
}

// In a dry run object.yaml is the real request, and Kratix writes to a request that it has made for the dry run
// (work-creator/lib/reader.go, resolveObject).
bool is_of_another_object(const Value& object, const Pipeline& pipeline) {
  const Value* name = find_in(object, "metadata", "name");
  return pipeline.dry_run && !pipeline.object_name.empty() && name != nullptr && *name != Value(pipeline.object_name);
}

std::string name_of(const Value& object, const Pipeline& pipeline) {
  if (is_of_another_object(object, pipeline)) return pipeline.object_name;
  const Value* name = find_in(object, "metadata", "name");
  return name != nullptr && name->is_string() ? name->as_string() : pipeline.object_name;
}

Map status_of(const Value& object) {
  const Value* status = object.as_map().find("status");
  return status != nullptr && status->is_map() ? status->as_map() : Map{};
}

WriterRun run_of(const Invocation& invocation, const Value& object, std::int64_t now) {
  const Pipeline& pipeline = invocation.pipeline();
  const Value* generation = find_in(object, "metadata", "generation");
  const bool counted = generation != nullptr && generation->kind() == Value::Kind::integer;
  return {.workflow = pipeline.workflow,
          .is_last_pipeline = !invocation.options().has("not-last"),
          .is_dry_run = pipeline.dry_run,
          .heeds_control = heeds_control(pipeline),
          .is_own_object = !is_of_another_object(object, pipeline),
          .pipeline = pipeline.name,
          .generation = counted ? generation->as_integer() : 0,
          .now = rfc3339(now)};
}

// nullopt if workflow-control.yaml lets the workflow go on.
Result<std::optional<Suspension>> read_suspension(Invocation& invocation, std::int64_t now) {
  const Result<WorkflowControl> control = invocation.read_control();
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

Result<Map> status_after(Invocation& invocation, const Map& previous, const Map& file, const WriterRun& run) {
  std::vector<std::string> warnings;
  if (!run.is_own_object) {
    warnings.push_back(
        "this is a dry run (KRATIX_DRY_RUN): object.yaml has the status of the real request, and Kratix writes to " +
        printable(invocation.pipeline().object_name) + ", whose own status is not known here");
  }
  Map live = live_status(previous, invocation.pipeline().action == "delete");
  Result<Map> written = written_status(live, file, run, warnings);
  if (!written) return written;
  Result<Map> stored = stored_status(std::move(*written), run.workflow, warnings);
  if (!stored) return stored;
  Outcome fits = check_size(Value(*stored), warnings);
  if (!fits) return fits.error();
  invocation.warn_all(warnings);
  return stored;
}

Result<std::string> shown(const Invocation& invocation, const Preview& preview, const std::string& format) {
  if (format == "json") return show_json(Value(preview.status)) + "\n";
  if (format == "table") return kubectl_table(preview.name, preview.status, invocation.pipeline().workflow);
  if (format == "yaml") return show_yaml(Value(preview.status));
  std::vector<std::string> warnings;
  Result<Map> own = own_patch(preview.previous, preview.file, invocation.pipeline().workflow, warnings);
  if (!own) return own.error();
  invocation.warn_all(warnings);
  Map patch;
  patch.set("status", std::move(*own));
  return show_json(Value(std::move(patch))) + "\n";
}

}  // namespace

Result<Preview> make_preview(Invocation& invocation) {
  Result<Value> file = invocation.read_metadata(status_file);
  if (!file) return file.error();
  Result<Value> object = read_object_or_none(invocation);
  if (!object) return object.error();
  const Result<std::int64_t> now = invocation.now();
  if (!now) return now.error();
  WriterRun run = run_of(invocation, *object, *now);
  Result<std::optional<Suspension>> suspension = read_suspension(invocation, *now);
  if (!suspension) return suspension.error();
  run.suspension = std::move(*suspension);
  Map previous = status_of(*object);
  Result<Map> status = status_after(invocation, previous, file->as_map(), run);
  if (!status) return status.error();
  return Preview{name_of(*object, invocation.pipeline()), std::move(previous), std::move(file->as_map()),
                 std::move(*status)};
}

int run_preview(Invocation& invocation) {
  constexpr std::string_view formats[] = {"yaml", "json", "table", "merge-patch"};
  const Result<std::string> format = output_format(invocation.options(), formats);
  if (!format) return report(format.error());
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  Result<Preview> preview = make_preview(invocation);
  if (!preview) return report(preview.error());
  Result<std::string> text = shown(invocation, *preview, *format);
  return text ? answer(*text) : report(text.error());
}

}  // namespace kratix_status::cli
