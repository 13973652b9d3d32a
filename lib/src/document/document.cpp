// Reads a document in JSON or YAML, and refuses what would be lost of it.
#include "document/document.h"

#include "kratix_status/finding.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "value/message.h"
#include "value/position.h"

namespace kratix_status {

namespace {

Result<Value> read_json(const std::string& text, const std::string& name) {
  Result<Value> value = parse_json(text);
  if (!value) value.error().context = name + value.error().context;
  return value;
}

Result<Value> value_of(Result<Document> document, const std::string& text, const std::string& name) {
  if (!document) {
    document.error().kind = ErrorKind::refused;
    return document.error();
  }
  if (document->findings.empty()) return std::move(document->value);
  const Finding& finding = document->findings.front();
  return refused(location(name, finding.at), finding.message, {}, excerpt(text, finding.at.line, finding.at.column));
}

}  // namespace

// JSON first: to Kratix's YAML reader it is not a subset of YAML (\/ and surrogate pairs).
Result<Value> read_document(const std::string& text, const std::string& name) {
  return is_json(text) ? read_json(text, name) : value_of(read_any_yaml(text, name), text, name);
}

Result<Value> read_map_document(const std::string& text, const std::string& name) {
  if (!is_json(text)) return value_of(read_yaml(text, name), text, name);
  Result<Value> value = read_json(text, name);
  if (!value || value->is_map()) return value;
  if (value->is_null()) return Value(Map{});
  return refused(name, "holds " + std::string(describe(value->kind())) + ", and only a map can be merged");
}

}  // namespace kratix_status
