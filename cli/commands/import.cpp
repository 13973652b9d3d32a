// import: takes fields of any YAML or JSON document, or the outputs of Terraform, into the status.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "document/document.h"
#include "document/missing.h"
#include "document/terraform.h"
#include "invocation.h"
#include "operands.h"
#include "output.h"
#include "places.h"

namespace kratix_status::cli {

namespace {

constexpr std::string_view optional_hint = "--optional leaves a key as it is where this may be missing";

Error with_optional_hint(Error error) {
  if (error.fix.empty()) error.fix = optional_hint;
  return error;
}

// KEY=PATH
struct Field {
  KeyPath key;
  KeyPath path;
};

Result<Field> parse_field(const Invocation& invocation, const std::string& operand) {
  AssignmentOperator found{};
  if (!find_assignment(operand, found)) {
    const Result<KeyPath> key = KeyPath::parse(operand);
    return invocation.usage(
        fmt::format("operand \"{}\" is not KEY=PATH", operand),
        fmt::format("write {}=path.of.the.field; a PATH of . is the whole document", key ? key->text() : "KEY"));
  }
  if (found.kind != AssignmentOperator::Kind::string) {
    return invocation.usage(fmt::format("operand \"{}\" is not KEY=PATH", operand),
                            "write = alone: values keep the types that they have in the document");
  }
  Result<KeyPath> key = parse_status_key(operand.substr(0, found.key_length));
  if (!key) return key.error();
  const std::string text = operand.substr(found.value_start);
  if (text.empty()) return invocation.usage("PATH is missing behind =", "a PATH of . is the whole document: KEY=.");
  Result<KeyPath> path = KeyPath::parse_in_document(text);
  if (!path) return path.error();
  return Field{std::move(*key), std::move(*path)};
}

// What the command line asks for, as far as it can be said without the document.
struct Request {
  std::vector<Field> fields{};
  std::optional<KeyPath> prefix{};
};

Outcome parse_operands(const Invocation& invocation, Request& request) {
  const auto& operands = invocation.operands();
  for (auto operand = operands.begin() + 1; operand != operands.end(); ++operand) {
    Result<Field> field = parse_field(invocation, *operand);
    if (!field) return field.error();
    request.fields.push_back(std::move(*field));
  }
  return Done{};
}

Outcome parse_prefix(const Invocation& invocation, Request& request) {
  if (!invocation.options().has("prefix")) return Done{};
  Result<KeyPath> prefix = parse_status_key(invocation.options().get("prefix"));
  if (!prefix) return prefix.error();
  request.prefix = std::move(*prefix);
  return Done{};
}

class Import {
 public:
  Import(Invocation& invocation, const Request& request, const Value& document)
      : invocation_(invocation),
        request_(request),
        document_(document),
        name_(operand_file_name(invocation.operands().front())),
        places_(invocation) {}

  Result<std::vector<Change>> fields() {
    for (const Field& field : request_.fields) {
      if (Outcome added = add_field(field); !added) return added.error();
    }
    return std::move(changes_);
  }

  Result<std::vector<Change>> outputs() {
    Result<std::vector<TerraformOutput>> outputs = terraform_outputs(document_, name_);
    if (!outputs) return outputs.error();
    const Outcome added = invocation_.operands().size() > 1 ? add_named(*outputs) : add_all(*outputs);
    if (!added) return added.error();
    return std::move(changes_);
  }

 private:
  bool is_optional() const { return invocation_.options().has("optional"); }

  Outcome add(KeyPath key, const Value& value) {
    if (Outcome added = places_.add(key); !added) return added;
    const bool once = invocation_.options().has("once");
    changes_.push_back({once ? Change::Kind::set_once : Change::Kind::set, std::move(key), value});
    return Done{};
  }

  Outcome add_field(const Field& field) {
    const Result<const Value*> value = look_up(document_, field.path);
    if (!value) return value.error();
    if (*value != nullptr && !(*value)->is_null()) return add(field.key, **value);
    if (is_optional()) return Done{};
    return with_optional_hint(missing_from(document_, field.path, name_));
  }

  Outcome add_output(const TerraformOutput& output) {
    Result<KeyPath> key = request_.prefix ? request_.prefix->child(*output.name) : KeyPath::of(*output.name);
    return key ? add(std::move(*key), *output.value) : key.error();
  }

  // All that are not sensitive. Terraform does not print those that are null.
  Outcome add_all(const std::vector<TerraformOutput>& outputs) {
    std::vector<std::string_view> sensitive;
    for (const TerraformOutput& output : outputs) {
      if (output.is_sensitive) sensitive.push_back(*output.name);
      if (output.is_sensitive || output.value->is_null()) continue;
      if (Outcome added = add_output(output); !added) return added;
    }
    if (outputs.empty()) invocation_.status().warn({fmt::format("{} has no outputs", name_)});
    if (!sensitive.empty()) {
      invocation_.status().warn(
          {fmt::format("sensitive outputs are left out: {}; name one to import it", listed(sensitive))});
    }
    return Done{};
  }

  Outcome add_named(const std::vector<TerraformOutput>& outputs) {
    const auto& operands = invocation_.operands();
    for (auto name = operands.begin() + 1; name != operands.end(); ++name) {
      const auto output = std::find_if(outputs.begin(), outputs.end(),
                                       [&](const TerraformOutput& candidate) { return *candidate.name == *name; });
      if (output == outputs.end() || output->value->is_null()) {
        if (is_optional()) continue;
        return missing_output(*name, outputs, output != outputs.end());
      }
      if (output->is_sensitive) {
        invocation_.status().warn(
            {fmt::format("output {} is sensitive, and everyone who may read the object can read its status", *name)});
      }
      if (Outcome added = add_output(*output); !added) return added;
    }
    return Done{};
  }

  Error missing_output(const std::string& name, const std::vector<TerraformOutput>& outputs, bool is_null) const {
    const std::string context = fmt::format("{}: output {}", name_, name);
    if (is_null) return with_optional_hint(refused(context, "is null"));
    std::vector<std::string_view> names;
    names.reserve(outputs.size());
    for (const TerraformOutput& output : outputs) names.push_back(*output.name);
    const std::string_view near = meant_by(name, names);
    return with_optional_hint(refused(
        context,
        names.empty() ? "is missing: there are no outputs" : fmt::format("is missing: there are {}", listed(names)),
        near.empty() ? "" : fmt::format("did you mean {}?", key_text(near))));
  }

  Invocation& invocation_;
  const Request& request_;
  const Value& document_;
  const std::string name_;
  Places places_;
  std::vector<Change> changes_;
};

Outcome check_usage(const Invocation& invocation) {
  const auto& operands = invocation.operands();
  const bool is_terraform = invocation.options().has("terraform");
  if (operands.empty()) return invocation.usage("FILE is missing", is_terraform ? "write - for standard input" : "");
  if (is_terraform) return Done{};
  if (invocation.options().has("prefix")) {
    return invocation.usage("--prefix goes with --terraform", "write the whole KEY in KEY=PATH");
  }
  AssignmentOperator found{};
  const bool is_assignment = find_assignment(operands.front(), found);
  if (is_assignment && KeyPath::parse(operands.front().substr(0, found.key_length))) {
    return invocation.usage("FILE is missing in front of KEY=PATH",
                            "write - for standard input: kratix-status import - KEY=PATH");
  }
  if (operands.size() == 1) return invocation.usage("KEY=PATH is missing");
  return Done{};
}

Result<Value> read_input(Invocation& invocation) {
  const std::string& path = invocation.operands().front();
  const Result<std::string> text = read_operand_file(invocation.files(), path);
  if (!text) return text.error();
  Result<Value> document = read_document(*text, operand_file_name(path));
  if (!document) return document;
  const Outcome checked = check_not_empty(*text, path);
  return checked ? std::move(document) : checked.error();
}

Result<std::vector<Change>> changes_of(Invocation& invocation) {
  if (Outcome usable = check_usage(invocation); !usable) return usable.error();
  const bool is_terraform = invocation.options().has("terraform");
  Request request;
  const Outcome parsed = is_terraform ? parse_prefix(invocation, request) : parse_operands(invocation, request);
  if (!parsed) return parsed.error();
  const Result<Value> document = read_input(invocation);
  if (!document) return document.error();
  Import import(invocation, request, *document);
  return is_terraform ? import.outputs() : import.fields();
}

}  // namespace

int run_import(Invocation& invocation) {
  Result<std::vector<Change>> changes = changes_of(invocation);
  if (!changes) {
    invocation.warn_all();
    return report(changes.error());
  }
  // With nothing to set, the status is checked all the same.
  if (changes->empty()) changes->push_back({Change::Kind::merge, std::nullopt, Value(Map{})});
  return invocation.change(*changes);
}

}  // namespace kratix_status::cli
