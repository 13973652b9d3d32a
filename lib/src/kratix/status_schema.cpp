// Drops and refuses what the schema of the object drops and refuses.
#include "kratix/status_schema.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <span>

#include "kratix_status/conditions.h"
#include "kratix_status/key_path.h"
#include "kratix_status/pipeline.h"

namespace kratix_status {

namespace {

enum class Type { string, time, integer, map, list, conditions };

struct Field {
  std::string_view name;
  Type type;
  bool only_on_promises = false;
  // Of a map, or of each item of a list; nullptr allows any.
  const Field* fields = nullptr;
  std::size_t field_count = 0;
};

constexpr Field schema_of_condition[] = {
    {"lastTransitionTime", Type::time}, {"message", Type::string}, {"reason", Type::string},
    {"status", Type::string},           {"type", Type::string},    {"observedGeneration", Type::integer, true},
};

// RequiredPromiseStatus, RequiredBy and PromiseSummary in api/v1alpha1/promise_types.go.
constexpr Field schema_of_required_promise[] = {
    {"name", Type::string}, {"version", Type::string}, {"state", Type::string}};
constexpr Field schema_of_promise_summary[] = {{"name", Type::string}, {"version", Type::string}};
constexpr Field schema_of_required_by[] = {
    {"promise", Type::map, false, schema_of_promise_summary, std::size(schema_of_promise_summary)},
    {"requiredVersion", Type::string}};

constexpr Field schema_of_status[] = {
    {"message", Type::string},
    {"observedGeneration", Type::integer},
    {"workflows", Type::integer},
    {"workflowsSucceeded", Type::integer},
    {"workflowsFailed", Type::integer},
    {"conditions", Type::conditions, false, schema_of_condition, std::size(schema_of_condition)},
    {"kratix", Type::map},
    {"status", Type::string, true},
    {"version", Type::string, true},
    {"kind", Type::string, true},
    {"apiVersion", Type::string, true},
    {"requiredPromises", Type::list, true, schema_of_required_promise, std::size(schema_of_required_promise)},
    {"requiredBy", Type::list, true, schema_of_required_by, std::size(schema_of_required_by)},
    {"lastAvailableTime", Type::time, true},
};

const Field* find_field(std::span<const Field> fields, std::string_view name, WorkflowType workflow) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return field.name == name; });
  const bool applies = found != fields.end() && (!found->only_on_promises || workflow == WorkflowType::promise);
  return applies ? &*found : nullptr;
}

// Kubernetes also takes a `t` and a `z` in lower case (k8s.io/kube-openapi, strfmt).
bool is_time(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
  return is_date_time(text);
}

bool fits(const Value& value, Type type) {
  switch (type) {
    case Type::string: return value.is_string();
    case Type::time: return value.is_string() && is_time(value.as_string());
    case Type::integer: return value.kind() == Value::Kind::integer;
    case Type::map: return value.is_map();
    case Type::list:
    case Type::conditions: return value.is_list();
  }
  return false;
}

std::string_view describe(Type type) {
  switch (type) {
    case Type::string: return "a string";
    case Type::time: return "a time such as 2024-08-21T10:27:45Z";
    case Type::integer: return "a whole number";
    case Type::map: return "a map";
    case Type::list: return "a list";
    case Type::conditions: return "a list of conditions";
  }
  return "a value";
}

constexpr const char* refused_whole = ": Kubernetes refuses the whole status otherwise";
constexpr const char* mend_it =
    "fix it in status.yaml: until then the Pod fails, and the user sees nothing of the status";

Error violation(const std::string& path, const Value& value, Type type) {
  const bool right_kind = value.is_string() && type == Type::time;
  const std::string found(right_kind ? "another string" : describe(value.kind()));
  return refused("key " + path, "must be " + std::string(describe(type)) + ", not " + found + refused_whole, mend_it);
}

// The Promise's schema holds metav1.Condition's own rules, for Kratix's conditions as well.
Outcome check_promise_condition(Map condition, const std::string& place) {
  condition.erase("observedGeneration");
  const Value* type = condition.find("type");
  if (type != nullptr && is_condition_type(type->as_string())) condition.set("type", "AnyType");
  Outcome outcome = check_conditions(Value(List{Value(std::move(condition))}), WorkflowType::promise);
  if (outcome) return outcome;
  constexpr std::string_view checked_as = "conditions[0]";
  Error& error = outcome.error();
  error.context = "key " + place + error.context.substr(checked_as.size());
  error.cause += refused_whole;
  error.fix = mend_it;
  return outcome;
}

// In JSON -0.0 is -0, which Kubernetes reads as the whole number 0.
void settle_zero(Value& value) {
  if (value.kind() == Value::Kind::floating && value.as_float() == 0) value = Value::integer(0);
}

class Storing {
 public:
  Storing(WorkflowType workflow, std::vector<std::string>& warnings) : workflow_(workflow), warnings_(warnings) {}

  // `keeps_unknown`: x-kubernetes-preserve-unknown-fields.
  Result<Map> store(Map& sent, std::span<const Field> fields, const std::string& parent, bool keeps_unknown) {
    Map stored;
    for (auto& [key, value] : sent) {
      const std::string path = parent + key_text(key);
      const Field* field = find_field(fields, key, workflow_);
      if (field == nullptr && !keeps_unknown) {
        warnings_.push_back("key " + path + ": Kubernetes drops it: its schema has no such field");
        continue;
      }
      if (field != nullptr && value.is_null()) continue;
      if (field != nullptr) {
        if (Outcome outcome = store_field(value, *field, path); !outcome) return outcome.error();
      }
      stored.set(key, std::move(value));
    }
    return stored;
  }

 private:
  Outcome store_field(Value& value, const Field& field, const std::string& path) {
    if (field.type == Type::integer) settle_zero(value);
    if (!fits(value, field.type)) return violation(path, value, field.type);
    if (field.fields == nullptr) return Done{};
    if (value.is_map()) return store_map(value, field, path);
    List& items = value.as_list();
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string place = path + "[" + std::to_string(i) + "]";
      if (!items[i].is_map()) return violation(place, items[i], Type::map);
      if (Outcome outcome = store_map(items[i], field, place); !outcome) return outcome;
      if (field.type == Type::conditions && workflow_ == WorkflowType::promise) {
        if (Outcome outcome = check_promise_condition(items[i].as_map(), place); !outcome) return outcome;
      }
    }
    return Done{};
  }

  // REQUIRES: `value` is a map
  Outcome store_map(Value& value, const Field& field, const std::string& path) {
    Result<Map> stored = store(value.as_map(), {field.fields, field.field_count}, path + ".", false);
    if (!stored) return stored.error();
    value = Value(std::move(*stored));
    return Done{};
  }

  WorkflowType workflow_;
  std::vector<std::string>& warnings_;
};

}  // namespace

Result<Map> stored_status(Map sent, WorkflowType workflow, std::vector<std::string>& warnings) {
  return Storing(workflow, warnings).store(sent, schema_of_status, "", workflow == WorkflowType::resource);
}

}  // namespace kratix_status
