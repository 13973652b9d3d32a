// Reads the files of this Pipeline, and changes status.yaml and workflow-control.yaml as one act.
#include "kratix_status/status.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "files/error_text.h"
#include "files/file_system.h"
#include "files/path.h"
#include "files/whole_file.h"
#include "kratix/clock.h"
#include "kratix/duration.h"
#include "kratix/limits.h"
#include "kratix/merge.h"
#include "kratix/metadata_directory.h"
#include "kratix/secret_guard.h"
#include "kratix/status_change.h"
#include "kratix/status_key.h"
#include "kratix_status/finding.h"
#include "kratix_status/yaml.h"
#include "value/message.h"
#include "value/position.h"

namespace kratix_status {

namespace {

bool is_rounded(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.rule == RuleId::rounded_number; });
}

// The entries of destination-selectors.yaml, if Kratix would not fail at them and drops none of the text.
Result<List> read_selectors(std::string_view text, const std::string& path) {
  Result<Document> document = read_yaml_list(text, path);
  if (!document) {
    document.error().fix = "the file is unchanged: fix it, or remove it to start again";
    return document.error();
  }
  for (const Finding& finding : document->findings) {
    // Kratix keeps the digits of a number that becomes the value of a label, and a Value does not.
    if (is_dropped_text(finding.rule) || finding.rule == RuleId::rounded_number) {
      return malformed(location(path, finding.at), finding.message, "write it as one list, with numbers in quotes",
                       excerpt(text, finding.at.line, finding.at.column));
    }
  }
  const Result<std::vector<DestinationSelector>> selectors =
      read_destination_selectors(document->value.as_list(), path);
  if (!selectors) return selectors.error();
  return std::move(document->value.as_list());
}

Result<std::optional<std::string>> write_selectors(List root) {
  Result<std::string> text = write_yaml(Value(std::move(root)), max_file_bytes);
  return text ? Result(std::optional(std::move(*text))) : text.error();
}

template <typename Predicate>
bool any_change(const std::vector<Change>& changes, Predicate holds) {
  return std::any_of(changes.begin(), changes.end(), holds);
}

}  // namespace

Status Status::open(const DirectoryOptions& options) {
  const Environment environment = [](const char* name) -> const char* { return std::getenv(name); };
  return {real_file_system(), find_pipeline(options, environment), environment, process_variables()};
}

Status::Status(FileSystem& files, Pipeline pipeline, Environment environment, const char* const* variables)
    : files_(files), pipeline_(std::move(pipeline)), environment_(std::move(environment)), variables_(variables) {}

LockedDirectory Status::directory() { return metadata_directory(files_, pipeline_.metadata_dir); }

SecretGuard Status::secrets() const { return {variables_, environment_}; }

Result<std::int64_t> Status::now() const { return time_of_run(environment_, wall_clock()); }

// ---- Reading

Result<Map> Status::read(const char* name) {
  Result<std::optional<std::string>> text = directory().read(name);
  if (!text) return text.error();
  if (!*text) return Map{};
  const std::string path = join(pipeline_.metadata_dir, name);
  Result<Document> document = read_yaml(**text, path);
  if (!document) return document.error();
  warn_of_findings(path, document->findings);
  return std::move(document->value.as_map());
}

Result<Map> Status::file() { return read(status_file); }

Result<WorkflowControl> Status::control() {
  Result<Map> file = read(control_file);
  if (!file) return file.error();
  return read_workflow_control(Value(std::move(*file)), join(pipeline_.metadata_dir, control_file));
}

Result<std::vector<DestinationSelector>> Status::destinations() {
  Result<std::optional<std::string>> text = directory().read(selectors_file);
  if (!text) return text.error();
  const std::string path = join(pipeline_.metadata_dir, selectors_file);
  const Result<List> root = read_selectors(text->value_or(""), path);
  if (!root) return root.error();
  return read_destination_selectors(*root, path);
}

Result<std::optional<Document>> Status::read_object() {
  const std::string path = join(pipeline_.input_dir, object_file);
  Result<std::optional<std::string>> text = read_regular(files_, path, max_object_bytes);
  if (!text) return text.error();
  if (!*text) {
    if (Outcome there = check_input_directory(); !there) return there.error();
    return std::optional<Document>();
  }
  Result<Document> document = read_yaml(**text, path, max_object_nodes);
  if (!document) return document.error();
  return std::optional(std::move(*document));
}

// A missing object.yaml means that nothing is published yet; a missing directory that was named is an error.
Outcome Status::check_input_directory() {
  if (!pipeline_.input_dir_named) return Done{};
  const int directory = files_.open_directory(pipeline_.input_dir);
  if (directory >= 0) {
    files_.close(directory);
    return Done{};
  }
  return io_error("open " + pipeline_.input_dir, error_text(-directory),
                  "--input-dir or KRATIX_INPUT_DIR names it: name the directory of object.yaml, or leave it out");
}

Result<Document> Status::read_previous() {
  Result<std::optional<Document>> object = read_object();
  if (!object) return object.error();
  Document previous{Value(Map{}), {}};
  if (!*object) return previous;
  previous.findings = std::move((*object)->findings);
  Value* status = (*object)->value.as_map().find("status");
  if (status != nullptr && status->is_map()) previous.value = std::move(*status);
  return previous;
}

Result<Map> Status::previous() {
  Result<Document> previous = read_previous();
  if (!previous) return previous.error();
  warn_of_findings(join(pipeline_.input_dir, object_file), previous->findings);
  return std::move(previous->value.as_map());
}

Result<std::optional<Map>> Status::object() {
  Result<std::optional<Document>> object = read_object();
  if (!object) return object.error();
  if (!*object) return std::optional<Map>();
  warn_of_findings(join(pipeline_.input_dir, object_file), (*object)->findings);
  return std::optional(std::move((*object)->value.as_map()));
}

Result<Map> Status::effective(const KeyPath* key) {
  const bool resets_message = pipeline_.resets_message();
  Result<Map> file = this->file();
  if (!file || (key != nullptr && is_decided_by_file(*file, *key, resets_message))) return file;
  Result<Map> previous = this->previous();
  if (!previous) return previous;
  return effective_status(std::move(*previous), *file, resets_message);
}

Result<std::optional<Value>> Status::get(std::string_view key) {
  const Result<KeyPath> path = KeyPath::parse(key);
  if (!path) return path.error();
  if (starts_with_status(*path)) return status_in_front(*path);
  Result<Map> status = effective(&*path);
  if (!status) return status.error();
  const Value root(std::move(*status));
  const Result<const Value*> value = look_up(root, *path);
  if (!value) return value.error();
  return *value == nullptr || (*value)->is_null() ? std::optional<Value>() : std::optional(**value);
}

// ---- Changing

Outcome Status::change_one(Change change, const ChangeOptions& options) {
  const Result<Changed> changed = this->change({std::move(change)}, options);
  return changed ? Outcome(Done{}) : changed.error();
}

Outcome Status::change_key(Change::Kind kind, std::string_view key, Value value, const ChangeOptions& options) {
  Result<KeyPath> path = parse_status_key(key);
  return path ? change_one({kind, std::move(*path), std::move(value)}, options) : path.error();
}

Outcome Status::set(std::string_view key, Value value, const ChangeOptions& options) {
  return change_key(Change::Kind::set, key, std::move(value), options);
}

Outcome Status::append(std::string_view key, Value value, const ChangeOptions& options) {
  return change_key(Change::Kind::append, key, std::move(value), options);
}

Outcome Status::unset(std::string_view key, const ChangeOptions& options) {
  return change_key(Change::Kind::remove, key, {}, options);
}

Outcome Status::merge(Map map, const ChangeOptions& options) {
  return change_one({Change::Kind::merge, std::nullopt, Value(std::move(map))}, options);
}

Outcome Status::set_condition(NewCondition condition, const ChangeOptions& options) {
  return change_one({.kind = Change::Kind::set_condition, .condition = std::move(condition)}, options);
}

Result<Changed> Status::change(const std::vector<Change>& changes, const ChangeOptions& options) {
  return write(changes, {}, options);
}

Result<Changed> Status::suspend(const std::optional<std::string>& message, const ChangeOptions& options) {
  return stop({.suspend = true}, message, options);
}

Result<Changed> Status::retry(std::string_view duration, const std::optional<std::string>& message,
                              const ChangeOptions& options) {
  Result<Duration> wait = parse_duration(duration);
  if (!wait) return wait.error();
  return stop({.retry_after = std::move(wait->text)}, message, options);
}

Result<Changed> Status::stop(WorkflowControl control, const std::optional<std::string>& message,
                             const ChangeOptions& options) {
  std::vector<Change> changes;
  if (message) {
    changes.push_back({Change::Kind::set, KeyPath::of("message"), *message});
    control.message = *message;
  }
  const Result<std::string> text = write_workflow_control(control);
  if (!text) return text.error();
  warn(control_warnings(pipeline_));
  const ChangeText replace = [&](std::optional<std::string_view>) -> Result<std::optional<std::string>> {
    return std::optional(*text);
  };
  return write(changes, {{control_file, replace}}, options);
}

Result<Changed> Status::resume(const ChangeOptions& options) {
  Changed changed;
  if (options.dry_run) {
    Result<std::optional<std::string>> text = directory().read(control_file);
    if (!text) return text.error();
    if (*text) changed.files.push_back({.name = control_file, .text = std::move(**text), .is_removed = true});
    return changed;
  }
  const Outcome removed = directory().remove(control_file, options.lock_timeout_ms);
  return removed ? Result(std::move(changed)) : removed.error();
}

Result<Changed> Status::set_destination(std::string_view directory, Map match_labels, const ChangeOptions& options) {
  Result<std::string> clean = clean_directory(directory);
  if (!clean) return clean.error();
  if (match_labels.empty())
    return refused("directory " + *clean, "has no labels, and Kratix fails at such an entry", "give it a label");
  for (const auto& [name, value] : match_labels) {
    if (!value.is_string())
      return refused("label " + name, "must be a string, not " + std::string(describe(value.kind())));
    if (Outcome allowed = check_label(name, value.as_string()); !allowed) return allowed.error();
  }
  if (!options.allow_secret) {
    if (Outcome checked = check_secrets(*clean, match_labels); !checked) return checked.error();
  }
  return change_destination({std::move(*clean), std::move(match_labels)}, options);
}

Result<Changed> Status::unset_destination(std::string_view directory, const ChangeOptions& options) {
  Result<std::string> clean = clean_directory(directory);
  if (!clean) return clean.error();
  return change_destination({std::move(*clean), {}}, options);
}

Result<Changed> Status::change_destination(DestinationSelector selector, const ChangeOptions& options) {
  warn(selectors_warnings(pipeline_));
  const std::string path = join(pipeline_.metadata_dir, selectors_file);
  const ChangeText replace = [&](std::optional<std::string_view> old) -> Result<std::optional<std::string>> {
    const Result<List> root = read_selectors(old.value_or(""), path);
    if (!root) return root.error();
    List changed = with_destination_selector(*root, selector);
    if (changed == *root) return std::optional<std::string>();
    return write_selectors(std::move(changed));
  };
  return write({}, {{selectors_file, replace}}, options);
}

Result<ChangeContext> Status::context_of(const std::vector<Change>& changes, const ChangeOptions& options) {
  ChangeContext context{.name = join(pipeline_.metadata_dir, status_file),
                        .fresh = options.fresh,
                        .workflow = pipeline_.workflow,
                        .resets_message = pipeline_.resets_message()};
  if (any_change(changes, [](const Change& change) { return change.kind == Change::Kind::set_condition; })) {
    const Result<std::int64_t> seconds = now();
    if (!seconds) return seconds.error();
    context.now = rfc3339(*seconds);
  }
  const bool needed = any_change(changes, [&](const Change& change) { return needs_previous(change, options.fresh); });
  if (!needed && !options.effective) return context;
  Result<Document> previous = read_previous();
  if (!previous) return previous.error();
  context.previous = std::move(previous->value.as_map());
  context.previous_is_rounded = is_rounded(previous->findings);
  return context;
}

// Every value on its way into a file passes here.
Outcome Status::check_secrets(const std::vector<Change>& changes) {
  std::vector<std::string> warnings;
  for (const Change& change : changes) {
    if (Outcome checked = secrets().check(change, warnings); !checked) return checked;
  }
  warn(std::move(warnings));
  return Done{};
}

Outcome Status::check_secrets(const std::string& directory, const Map& match_labels) {
  std::vector<std::string> warnings;
  if (Outcome checked = secrets().check(directory, "directory", warnings); !checked) return checked;
  for (const auto& [name, value] : match_labels) {
    if (Outcome checked = secrets().check(name, "name of a label", warnings); !checked) return checked;
    if (Outcome checked = secrets().check(value.as_string(), "label " + name, warnings); !checked) return checked;
  }
  warn(std::move(warnings));
  return Done{};
}

Result<Changed> Status::write(const std::vector<Change>& changes, std::vector<FileChange> others,
                              const ChangeOptions& options) {
  if (!options.allow_secret) {
    if (Outcome checked = check_secrets(changes); !checked) return checked.error();
  }
  const Result<ChangeContext> context = context_of(changes, options);
  if (!context) return context.error();

  // Called again if another process writes the file in between: the last call counts.
  ChangedStatus last;
  const ChangeText change_text = [&](std::optional<std::string_view> old) -> Result<std::optional<std::string>> {
    Result<ChangedStatus> changed = change_status(old, changes, *context);
    if (!changed) return changed.error();
    last = std::move(*changed);
    return std::move(last.text);
  };
  // The file that acts comes last.
  if (!changes.empty()) others.insert(others.begin(), {status_file, change_text});

  Changed result;
  const bool sets_message = any_change(changes, [](const Change& change) { return changes_key(change, "message"); });
  std::vector<std::string> warnings = status_warnings(pipeline_, sets_message);
  const Outcome outcome =
      options.dry_run ? show(others, result.files) : directory().replace_all(others, options.lock_timeout_ms, warnings);
  warn(std::move(last.warnings), last.more_warnings);
  warn(std::move(warnings));
  if (!outcome) return outcome.error();
  if (const std::string* message = string_in(last.status, "message"); sets_message && message && message->empty())
    warn({"key message: is empty, and kubectl get shows nothing there"});
  if (options.effective) result.effective = effective_status(context->previous, last.status, context->resets_message);
  return result;
}

Outcome Status::show(const std::vector<FileChange>& changes, std::vector<Changed::File>& shown) {
  for (const FileChange& file : changes) {
    const Result<std::optional<std::string>> old = directory().read(file.name);
    if (!old) return old.error();
    Result<std::optional<std::string>> text = file.change(*old ? std::optional<std::string_view>(**old) : std::nullopt);
    if (!text) return text.error();
    shown.push_back({file.name, *text ? std::move(**text) : old->value_or("")});
  }
  return Done{};
}

// ---- Warnings

void Status::warn(std::vector<std::string> warnings, std::size_t more) {
  constexpr std::size_t most = 10;
  // Never "and 1 more": that would take no less room than the warning.
  const std::size_t kept = warnings.size() + more > most + 1 ? std::min(most, warnings.size()) : warnings.size();
  const std::size_t rest = warnings.size() - kept + more;
  warnings.resize(kept);
  std::move(warnings.begin(), warnings.end(), std::back_inserter(warnings_));
  if (rest > 0) warnings_.push_back("and " + std::to_string(rest) + " more like these");
}

void Status::warn_of_findings(const std::string& name, const Findings& findings) {
  std::vector<std::string> warnings;
  warnings.reserve(findings.size());
  for (const Finding& finding : findings) {
    warnings.push_back(location(name, finding.at) + ": " + finding.message);
  }
  warn(std::move(warnings), findings.more());
}

std::vector<std::string> Status::take_warnings() { return std::exchange(warnings_, {}); }

}  // namespace kratix_status
