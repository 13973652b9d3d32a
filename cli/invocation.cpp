// What commands share: reading and changing the status as the options say.
#include "invocation.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "files/path.h"
#include "kratix/status_key.h"
#include "kratix_status/json.h"
#include "operands.h"
#include "output.h"
#include "publishing.h"

namespace kratix_status::cli {

Invocation::Invocation(const Command& command, Options options, std::vector<std::string> operands)
    : command_(command),
      options_(std::move(options)),
      operands_(std::move(operands)),
      status_(Status::open({options_.get("root"), options_.get("metadata-dir"), options_.get("input-dir")})) {}

Result<Map> Invocation::object() {
  Result<std::optional<Map>> object = status_.object();
  if (!object) return object.error();
  if (*object) return std::move(**object);
  const std::string& directory = status_.pipeline().input_dir;
  std::string fix = "outside of a Pipeline, name its directory with --root or --input-dir";
  if (directory != default_input_dir)
    fix = "Kratix puts the object there; outside of a Pipeline: kubectl get TYPE NAME -o yaml >FILE";
  return io_error("open " + join(directory, object_file), "No such file or directory", std::move(fix));
}

Result<Map> Invocation::named_source(const std::string& from, const KeyPath* key) {
  if (from == "effective") return status_.effective(key);
  if (from == "file") return status_.file();
  if (from == "previous") return status_.previous();
  if (from == "object") return object();
  if (from == "live") return live_object(*this);
  return usage_error("option --from " + from, "unknown source", "use effective, file, previous, object or live");
}

Result<Map> Invocation::source(const KeyPath* key) {
  const std::string from = options_.has("from") ? options_.get("from") : "effective";
  Result<Map> status = named_source(from, key);
  warn_all();
  if (!status || from == "object" || from == "live" || key == nullptr || !starts_with_status(*key) ||
      status->find("status") != nullptr)
    return status;
  return status_in_front(*key);
}

Result<Value> Invocation::value_in_file() {
  if (options_.has("from")) return usage("--from and --file both say what to read", "leave one of them out");
  const Result<KeyPath> key = KeyPath::parse_in_document(operands_.empty() ? "." : operands_.front());
  if (!key) return key.error();
  Result<Value> document = read_operand_document(files(), options_.get("file"));
  if (!document || key->segments().empty()) return document;
  const Result<const Value*> value = look_up(*document, *key);
  if (!value) return value.error();
  return *value == nullptr ? Value() : **value;
}

Result<Value> Invocation::value_at_key() {
  if (options_.has("file")) return value_in_file();
  if (operands_.empty()) {
    Result<Map> all = source();
    return all ? Result<Value>(Value(std::move(*all))) : all.error();
  }
  const Result<KeyPath> key = KeyPath::parse(operands_.front());
  if (!key) return key.error();
  Result<Map> all = source(&*key);
  if (!all) return all.error();
  const Value root(std::move(*all));
  const Result<const Value*> value = look_up(root, *key);
  if (!value) return value.error();
  return *value == nullptr ? Value() : **value;
}

Result<ChangeOptions> Invocation::change_options() const {
  ChangeOptions options{
      .fresh = options_.has("fresh"), .dry_run = options_.has("dry-run"), .allow_secret = options_.has("allow-secret")};
  if (options_.has("try") && !options_.has("publish"))
    return usage("--try goes with --publish", "add --publish, or leave --try out");
  const Outcome read = read_duration_option(options_, "lock-timeout", options.lock_timeout_ms);
  return read ? Result(options) : read.error();
}

int Invocation::change(const std::vector<Change>& changes, const KeyPath* printed) {
  Result<ChangeOptions> options = change_options();
  if (!options) return report(options.error());
  options->effective = printed != nullptr;
  const Result<Changed> changed = status_.change(changes, *options);
  if (printed == nullptr || !changed) return finish(changed);
  warn_all();
  const Value* value = find(changed->effective, *printed);
  const int code = answer(raw_line(value == nullptr ? Value() : *value), "the status is written anyway");
  return publish_after(*this, code);
}

int Invocation::finish(const Result<Changed>& changed) {
  warn_all();
  if (!changed) return report(changed.error());
  std::string shown;
  for (const Changed::File& file : changed->files) {
    if (changed->files.size() > 1) shown += fmt::format("{}# file: {}\n", shown.empty() ? "" : "---\n", file.name);
    shown += file.is_removed ? fmt::format("# removed: {}\n", file.name) : file.text;
  }
  return publish_after(*this, shown.empty() ? 0 : answer(shown));
}

void Invocation::warn_all() {
  const std::vector<std::string> warnings = status_.take_warnings();
  if (options_.has("quiet")) return;
  for (const std::string& warning : warnings) warn(warning);
}

Error Invocation::usage(std::string cause, std::string fix) const {
  const std::vector<Option> known = options_of(command_);
  const Option* stray = find_stray_option(operands_, known);
  if (stray != nullptr && command_.option_place == OptionPlace::before_operands) {
    const std::string value = stray->value_name.empty() ? "" : fmt::format(" {}", stray->value_name.view());
    return usage_error(std::string(command_.name), fmt::format("--{} comes after an operand", stray->name.view()),
                       fmt::format("options come before operands: {} --{}{} ...; quote a value that has blanks",
                                   command_.name, stray->name.view(), value));
  }
  if (fix.empty()) {
    fix = "usage:";
    for (const std::string_view line : command_.usages) fix += fmt::format("\n  kratix-status {}", line);
  }
  return usage_error(std::string(command_.name), std::move(cause), std::move(fix));
}

std::string raw_line(const Value& value) { return (value.is_string() ? value.as_string() : show_json(value)) + "\n"; }

}  // namespace kratix_status::cli
