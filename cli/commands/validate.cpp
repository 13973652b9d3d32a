// What Kratix would make of files written by hand; --rules lists what can be found.
#include <fmt/format.h>

#include <algorithm>

#include "files/path.h"
#include "invocation.h"
#include "kratix/limits.h"
#include "kratix/metadata_directory.h"
#include "kratix_status/json.h"
#include "kratix_status/pipeline.h"
#include "operands.h"
#include "output.h"
#include "validate/checks.h"
#include "validate/known_files.h"
#include "value/message.h"
#include "value/secret_form.h"

namespace kratix_status::cli {

namespace {

struct Report {
  std::string file;
  std::vector<Finding> findings;
  std::size_t more = 0;  // that are not listed
};

struct Reports {
  std::vector<Report> files{};
  int code = 0;  // of what could not be read, which has been reported
};

// What a file larger than we read is to validate.
Finding too_large() {
  const Rule found = rule(RuleId::file_too_large);
  return {found.id, {1, 1}, "is larger than " + mebibytes(max_file_bytes), std::string(found.fix), {}};
}

void add_text(Reports& reports, Report report, const Result<std::string>& text, FileKind kind,
              const Invocation& invocation) {
  if (text) {
    const Validation found =
        validate_text(*text, kind, invocation.pipeline().workflow, invocation.options().has("allow-secret"));
    report.findings.insert(report.findings.end(), found.findings.begin(), found.findings.end());
    report.more = found.more;
  } else if (text.error().kind == ErrorKind::io) {
    reports.code = kratix_status::cli::report(text.error());
  } else {
    report.findings.push_back(too_large());
  }
  reports.files.push_back(std::move(report));
}

Reports validate_operands(Invocation& invocation) {
  Reports reports;
  for (const std::string& path : invocation.operands()) {
    const std::string name = path == "-" ? "standard input" : path;
    add_text(reports, {printable(name), {}, 0}, read_operand_file(invocation.files(), path), kind_of_file(path),
             invocation);
  }
  return reports;
}

Reports validate_directory(Invocation& invocation) {
  Reports reports;
  const std::string& path = invocation.pipeline().metadata_dir;
  LockedDirectory directory = metadata_directory(invocation.files(), path);
  Result<std::vector<DirectoryEntry>> entries = directory.list();
  if (!entries) {
    reports.code = report(entries.error());
    return reports;
  }
  for (MetadataFile& file : find_metadata_files(*entries)) {
    Report found{printable(file.name == "." ? path : join(path, file.name)), std::move(file.findings), 0};
    if (!file.regular) {
      reports.files.push_back(std::move(found));
      continue;
    }
    Result<std::optional<std::string>> text = directory.read(file.name);
    add_text(reports, std::move(found), text ? Result<std::string>(text->value_or("")) : text.error(), file.kind,
             invocation);
  }
  return reports;
}

std::string as_text(const Report& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    const Rule found = rule(finding.rule);
    text += fmt::format("{}:{}:{}: {}: {} [{}]\n", report.file, finding.at.line, finding.at.column,
                        name_of(found.severity), finding.message, found.name);
    if (!finding.excerpt.empty()) text += without_secrets(finding.excerpt) + "\n";
    text += fmt::format("  hint: {}\n", finding.fix);
  }
  if (report.more > 0) text += fmt::format("{}: and {} more\n", report.file, report.more);
  return without_log_commands(text);
}

// One object a line.
std::string json_lines(const std::vector<Value>& objects) {
  std::string text = "[";
  for (const Value& object : objects) text += (text.size() > 1 ? ",\n " : "") + show_json(object);
  return text + "]\n";
}

Value as_value(const Report& report, const Finding& finding) {
  const Rule found = rule(finding.rule);
  Map map;
  map.set("file", Value(report.file));
  map.set("line", Value::integer(static_cast<std::int64_t>(finding.at.line)));
  map.set("column", Value::integer(static_cast<std::int64_t>(finding.at.column)));
  map.set("severity", Value(std::string(name_of(found.severity))));
  map.set("rule", Value(std::string(found.name)));
  map.set("message", Value(finding.message));
  map.set("fix", Value(finding.fix));
  return Value(std::move(map));
}

std::string as_json(const std::vector<Report>& reports) {
  std::vector<Value> objects;
  for (const Report& report : reports) {
    for (const Finding& finding : report.findings) objects.push_back(as_value(report, finding));
    if (report.more > 0) objects.back().as_map().set("more", Value::integer(static_cast<std::int64_t>(report.more)));
  }
  return json_lines(objects);
}

bool has_findings(const std::vector<Report>& reports, bool strict) {
  const auto counts = [&](const Finding& finding) { return strict || rule(finding.rule).severity == Severity::error; };
  return std::any_of(reports.begin(), reports.end(), [&](const Report& report) {
    return std::any_of(report.findings.begin(), report.findings.end(), counts);
  });
}

int list_rules(bool json) {
  std::string text;
  std::vector<Value> objects;
  for (const Rule& each : rules()) {
    text += fmt::format("{:<28} {:<8} {}\n", each.name, name_of(each.severity), each.meaning);
    Map map;
    map.set("rule", Value(std::string(each.name)));
    map.set("severity", Value(std::string(name_of(each.severity))));
    map.set("meaning", Value(std::string(each.meaning)));
    map.set("fix", Value(std::string(each.fix)));
    map.set("source", Value(std::string(each.source)));
    objects.emplace_back(std::move(map));
  }
  return answer(json ? json_lines(objects) : text);
}

int list_secret_forms(bool json) {
  std::string text;
  std::vector<Value> objects;
  for (const SecretForm& each : secret_forms()) {
    text += fmt::format("{:<22} {}: {}\n", each.name, each.what, each.form);
    Map map;
    map.set("name", Value(std::string(each.name)));
    map.set("what", Value(std::string(each.what)));
    map.set("form", Value(std::string(each.form)));
    map.set("source", Value(std::string(each.source)));
    objects.emplace_back(std::move(map));
  }
  return answer(json ? json_lines(objects) : text);
}

}  // namespace

int run_validate(Invocation& invocation) {
  const Options& options = invocation.options();
  const std::string format = options.has("output") ? options.get("output") : "text";
  if (format != "text" && format != "json")
    return report(usage_error("option -o " + format, "unknown format", "use text or json"));
  const auto& operands = invocation.operands();
  if (options.has("rules")) {
    if (!operands.empty()) return report(invocation.usage("--rules takes no FILE"));
    return list_rules(format == "json");
  }
  if (options.has("secret-forms")) {
    if (!operands.empty()) return report(invocation.usage("--secret-forms takes no FILE"));
    return list_secret_forms(format == "json");
  }
  if (std::count(operands.begin(), operands.end(), "-") > 1)
    return report(usage_error("validate", "standard input can be read only once", "write it to a file first"));
  const Reports reports = operands.empty() ? validate_directory(invocation) : validate_operands(invocation);
  std::string text;
  for (const Report& each : reports.files) text += as_text(each);
  if (const int code = answer(format == "json" ? as_json(reports.files) : text); code != 0) return code;
  if (reports.code != 0) return reports.code;
  return has_findings(reports.files, options.has("strict")) ? 1 : 0;
}

}  // namespace kratix_status::cli
