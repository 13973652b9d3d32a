// Reads operands: files, JSON, strings and output formats.
#include <fmt/format.h>

#include <algorithm>

#include "document/document.h"
#include "files/whole_file.h"
#include "kratix/duration.h"
#include "kratix/limits.h"
#include "kratix_status/json.h"
#include "operands.h"
#include "value/number.h"
#include "value/utf8.h"

namespace kratix_status::cli {

Result<std::string> read_operand_file(FileSystem& files, const std::string& path) {
  Result<std::optional<std::string>> text = read_whole(files, path, max_file_bytes);
  if (!text) return text.error();
  if (*text) return std::move(**text);
  return io_error("open " + path, "No such file or directory");
}

Outcome check_not_empty(std::string_view text, const std::string& path) {
  if (text.find_first_not_of(" \t\r\n") != std::string::npos) return Done{};
  return refused(operand_file_name(path), "is empty", "did the program fail that was to write it?");
}

std::string operand_file_name(const std::string& path) { return path == "-" ? "standard input" : path; }

Result<Value> read_operand_document(FileSystem& files, const std::string& path) {
  const Result<std::string> text = read_operand_file(files, path);
  return text ? read_document(*text, operand_file_name(path)) : text.error();
}

Result<Value> parse_json_operand(const std::string& text, const KeyPath& key) {
  Result<Value> value = parse_json(text);
  if (!value) value.error().context = "value of " + key.text();
  return value;
}

Result<Value> string_operand(std::string text, std::string_view name) {
  const std::size_t bad = find_invalid_utf8(text);
  if (bad == std::string::npos) return Value(std::move(text));
  return refused("value of " + std::string(name), fmt::format("is not valid UTF-8 (byte {})", bad + 1),
                 "convert it first, with iconv or base64");
}

Outcome read_duration_option(const Options& options, std::string_view name, std::int64_t& ms) {
  if (!options.has(name)) return Done{};
  constexpr std::int64_t ns_a_ms = 1'000'000;
  constexpr std::int64_t day_ms = 86'400'000;
  const std::string text = options.get(name);
  const Result<std::int64_t> duration = parse_go_duration(parse_whole_number(text) ? text + "s" : text);
  if (!duration || *duration < 0 || *duration > day_ms * ns_a_ms) {
    return usage_error(fmt::format("option --{} {}", name, text),
                       "must be seconds or a duration such as 10s or 500ms, at most a day (24h)");
  }
  ms = *duration / ns_a_ms;
  return Done{};
}

Result<std::string> output_format(const Options& options, std::span<const std::string_view> formats) {
  if (!options.has("output")) return std::string(formats.front());
  const std::string format = options.get("output");
  if (std::find(formats.begin(), formats.end(), format) != formats.end()) return format;
  return usage_error("option -o " + format, "unknown format",
                     fmt::format("use {} or {}", fmt::join(formats.first(formats.size() - 1), ", "), formats.back()));
}

}  // namespace kratix_status::cli
