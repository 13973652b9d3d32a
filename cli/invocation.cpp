
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>

#include "files/path.h"
#include "invocation.h"
#include "kratix/clock.h"
#include "kratix/merge.h"
#include "kratix/metadata_directory.h"
#include "kratix_status/finding.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "operands.h"
#include "output.h"
#include "value/message.h"

namespace kratix_status::cli {

namespace {

constexpr std::int64_t default_lock_timeout_s = 30;
constexpr std::int64_t longest_lock_timeout_s = 86'400;
// etcd takes 1.5 MiB a request; YAML is wider than what is stored.
constexpr std::size_t max_object_bytes = std::size_t{16} << 20;

const char* environment(const char* name) { return std::getenv(name); }

Pipeline pipeline_of(const Options& options) {
  return find_pipeline({options.get("root"), options.get("metadata-dir"), options.get("input-dir")}, environment);
}

// What --print shows once the file holds `status`.
std::string effective_line(const ChangeContext& context, const Map& status, const KeyPath& path) {
  const Map effective = effective_status(context.previous, status);
  const Value* value = find(effective, path);
  return raw_line(value == nullptr ? Value() : *value);
}

}  // namespace

Invocation::Invocation(const Command& command, Options options, std::vector<std::string> operands, FileSystem& files)
    : command_(command),
      options_(std::move(options)),
      operands_(std::move(operands)),
      files_(files),
      pipeline_(pipeline_of(options_)) {}

Result<Value> Invocation::read_metadata(const char* file) {
  Result<std::optional<std::string>> text = metadata_directory(files_, pipeline_.metadata_dir).read(file);
  if (!text) return text.error();
  if (!*text) return Value(Map{});
  const std::string name = join(pipeline_.metadata_dir, file);
  Result<Document> document = read_yaml(**text, name);
  if (!document) return document.error();
  warn_of_findings(name, document->findings);
  return std::move(document->value);
}

Result<WorkflowControl> Invocation::read_control() {
  const Result<Value> file = read_metadata(control_file);
  if (!file) return file.error();
  return read_workflow_control(*file, join(pipeline_.metadata_dir, control_file));
}

Result<std::optional<Document>> Invocation::read_object() {
  const std::string path = join(pipeline_.input_dir, object_file);
  Result<std::optional<std::string>> text = read_regular(files_, path, max_object_bytes);
  if (!text) return text.error();
  if (!*text) {
    if (Outcome outcome = check_input_dir(); !outcome) return outcome.error();
    return std::optional<Document>();
  }
  Result<Document> document = read_object_yaml(**text, path);
  if (!document) return document.error();
  return std::optional(std::move(*document));
}

Outcome Invocation::check_input_dir() {
  const int folder = pipeline_.input_dir_named ? files_.open_folder(pipeline_.input_dir) : -ENOENT;
  if (folder >= 0) files_.close(folder);
  if (folder >= 0 || !pipeline_.input_dir_named) return Done{};
  return Error{ErrorKind::io,
               "open " + printable(pipeline_.input_dir),
               std::strerror(-folder),
               "--input-dir or KRATIX_INPUT_DIR names it: name the folder of object.yaml, or leave it out",
               {}};
}

Result<Document> Invocation::read_previous() {
  Result<std::optional<Document>> object = read_object();
  if (!object) return object.error();
  Document previous{Value(Map{}), {}};
  if (!*object) return previous;
  previous.findings = std::move((*object)->findings);
  Value* status = (*object)->value.as_map().find("status");
  if (status != nullptr && status->is_map()) previous.value = std::move(*status);
  return previous;
}

Result<Value> Invocation::effective(const KeyPath* key) {
  Result<Value> status = read_metadata(status_file);
  if (!status || (key != nullptr && is_decided_by_file(status->as_map(), *key))) return status;
  Result<Value> previous = this->previous();
  if (!previous) return previous;
  return Value(effective_status(previous->as_map(), status->as_map()));
}

Result<Value> Invocation::previous() {
  Result<Document> previous = read_previous();
  if (!previous) return previous.error();
  warn_of_findings(join(pipeline_.input_dir, object_file), previous->findings);
  return std::move(previous->value);
}

Result<Value> Invocation::object() {
  const std::string path = join(pipeline_.input_dir, object_file);
  Result<std::optional<Document>> object = read_object();
  if (!object) return object.error();
  if (*object) {
    warn_of_findings(path, (*object)->findings);
    return std::move((*object)->value);
  }
  std::string cure = "outside of a Pipeline, name its directory with --root or --input-dir";
  if (pipeline_.input_dir != default_input_dir)
    cure = "Kratix puts the object there; outside of a Pipeline: kubectl get TYPE NAME -o yaml >FILE";
  return Error{ErrorKind::io, "open " + printable(path), "No such file or directory", std::move(cure), {}};
}

Result<Value> Invocation::source(const KeyPath* key) {
  const std::string from = options_.has("from") ? options_.get("from") : "effective";
  if (from == "object") return object();
  Result<Value> status = from == "effective"  ? effective(key)
                         : from == "file"     ? read_metadata(status_file)
                         : from == "previous" ? previous()
                                              : usage_error("option --from " + printable(from), "unknown source",
                                                            "use effective, file, previous or object");
  if (!status || key == nullptr || !starts_with_status(*key) || status->as_map().find("status") != nullptr)
    return status;
  return status_in_front(*key);
}

Result<std::int64_t> Invocation::lock_timeout_ms() const {
  if (!options_.has("lock-timeout")) return default_lock_timeout_s * 1000;
  const std::string text = options_.get("lock-timeout");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (whole && seconds >= 0 && seconds <= longest_lock_timeout_s) return seconds * 1000;
  return usage_error("option --lock-timeout " + printable(text),
                     "must be a whole number of seconds, at most a day (86400)");
}

Result<std::int64_t> Invocation::now() const { return time_of_run(environment, wall_clock()); }

Result<ChangeContext> Invocation::change_context(const std::vector<Change>& changes, bool with_previous) {
  ChangeContext context{.name = join(pipeline_.metadata_dir, status_file),
                        .fresh = options_.has("fresh"),
                        .workflow = pipeline_.workflow};
  const auto any = [&](const auto& holds) { return std::any_of(changes.begin(), changes.end(), holds); };
  if (any([](const Change& change) { return change.kind == Change::Kind::set_condition; })) {
    const Result<std::int64_t> seconds = now();
    if (!seconds) return seconds.error();
    context.now = rfc3339(*seconds);
  }
  const bool needed = any([&](const Change& change) { return needs_previous(change, context.fresh); });
  if (!needed && !with_previous) return context;
  Result<Document> previous = read_previous();
  if (!previous) return previous.error();
  context.previous = std::move(previous->value.as_map());
  context.previous_is_rounded =
      std::any_of(previous->findings.begin(), previous->findings.end(),
                  [](const Finding& finding) { return finding.rule == Finding::Rule::rounded_number; });
  return context;
}

int Invocation::change(const std::vector<Change>& changes, const KeyPath* printed, std::vector<FileChange> others) {
  const Result<std::int64_t> timeout = lock_timeout_ms();
  if (!timeout) return report(timeout.error());
  const Result<ChangeContext> context = change_context(changes, printed != nullptr);
  if (!context) return report(context.error());

  std::vector<std::string> change_warnings;
  std::size_t more_warnings = 0;
  std::string line;
  const ChangeText change_text = [&](std::optional<std::string_view> old) -> Result<std::optional<std::string>> {
    Result<ChangedStatus> changed = change_status(old, changes, *context);
    if (!changed) return changed.error();
    change_warnings = std::move(changed->warnings);
    more_warnings = changed->more_warnings;
    if (printed != nullptr) line = effective_line(*context, changed->status, *printed);
    return std::move(changed->text);
  };
  // The file that acts comes last.
  if (!changes.empty()) others.insert(others.begin(), {status_file, change_text});
  std::vector<std::string> warnings = status_warnings(
      pipeline_,
      std::any_of(changes.begin(), changes.end(), [](const Change& change) { return changes_key(change, "message"); }));
  std::string shown;
  const Outcome outcome =
      options_.has("dry-run")
          ? show(others, shown)
          : metadata_directory(files_, pipeline_.metadata_dir).replace_all(others, *timeout, warnings);
  warn_all(change_warnings, more_warnings);
  warn_all(warnings);
  if (!outcome) return report(outcome.error());
  if (printed != nullptr) return answer(line, "the status is written all the same");
  return shown.empty() ? 0 : answer(shown);
}

Outcome Invocation::show(const std::vector<FileChange>& files, std::string& shown) {
  for (const FileChange& file : files) {
    const Result<std::optional<std::string>> old = metadata_directory(files_, pipeline_.metadata_dir).read(file.name);
    if (!old) return old.error();
    Result<std::optional<std::string>> text = file.change(*old ? std::optional<std::string_view>(**old) : std::nullopt);
    if (!text) return text.error();
    if (files.size() > 1) shown += fmt::format("{}# file: {}\n", shown.empty() ? "" : "---\n", file.name);
    shown += *text ? **text : old->value_or("");
  }
  return Done{};
}

int Invocation::remove(const char* name) {
  const Result<std::int64_t> timeout = lock_timeout_ms();
  if (!timeout) return report(timeout.error());
  if (options_.has("dry-run")) return 0;
  const Outcome outcome = metadata_directory(files_, pipeline_.metadata_dir).remove(name, *timeout);
  return outcome ? 0 : report(outcome.error());
}

void Invocation::warn_all(const std::vector<std::string>& warnings, std::size_t more) const {
  constexpr std::size_t most = 10;
  if (options_.has("quiet")) return;
  // Never "and 1 more": that would take no less room than the warning.
  const std::size_t shown = warnings.size() + more > most + 1 ? std::min(most, warnings.size()) : warnings.size();
  for (std::size_t i = 0; i < shown; ++i) warn(warnings[i]);
  if (const std::size_t rest = warnings.size() - shown + more; rest > 0)
    warn(fmt::format("and {} more like these", rest));
}

void Invocation::warn_of_findings(const std::string& name, const Findings& findings) const {
  std::vector<std::string> warnings;
  warnings.reserve(findings.size());
  for (const Finding& finding : findings) {
    warnings.push_back(
        printable(fmt::format("{}:{}:{}: {}", name, finding.at.line, finding.at.column, finding.message)));
  }
  warn_all(warnings, findings.more());
}

Error Invocation::usage(std::string cause, std::string cure) const {
  const std::vector<Option> known = options_of(command_);
  const Option* stray = find_stray_option(operands_, known);
  if (stray != nullptr && command_.option_place == OptionPlace::before_operands) {
    const std::string value = stray->value_name.empty() ? "" : fmt::format(" {}", stray->value_name);
    return usage_error(std::string(command_.name), fmt::format("--{} comes after an operand", stray->name),
                       fmt::format("options come before operands: {} --{}{} ...; quote a value that has blanks",
                                   command_.name, stray->name, value));
  }
  if (cure.empty()) {
    cure = "usage:";
    for (const std::string_view line : command_.usages) cure += fmt::format("\n  kratix-status {}", line);
  }
  return usage_error(std::string(command_.name), std::move(cause), std::move(cure));
}

std::string raw_line(const Value& value) { return (value.is_string() ? value.as_string() : show_json(value)) + "\n"; }

}  // namespace kratix_status::cli
