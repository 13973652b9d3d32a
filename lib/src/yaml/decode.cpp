// Decodes a tree of nodes as go-yaml v2 decodes it into Kratix's map, with the same limits on aliases.
#include "yaml/decode.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "value/ascii.h"
#include "value/number.h"
#include "value/utf8.h"
#include "yaml/base64.h"

namespace kratix_status {

namespace {

// The name of the core tag of a type: "int" for !!int.
std::string_view tag_name_of(Scalar::Type type) {
  switch (type) {
    case Scalar::Type::null: return "null";
    case Scalar::Type::boolean: return "bool";
    case Scalar::Type::integer:
    case Scalar::Type::unsigned_integer: return "int";
    case Scalar::Type::floating: return "float";
    case Scalar::Type::string: return "str";
  }
  return "str";
}

// How much text aliases may expand to; far more than Kubernetes would store.
constexpr std::size_t max_expanded_bytes = std::size_t{16} << 20;

// go-yaml v2.4, decode.go, allowedAliasRatio: the share of decoded nodes that may come from aliases.
bool is_alias_bomb(double decoded, double from_aliases) {
  constexpr double low = 400'000;
  constexpr double high = 4'000'000;
  if (from_aliases <= 100 || decoded <= 1000) return false;
  const double allowed = decoded <= low    ? 0.99
                         : decoded >= high ? 0.10
                                           : 0.99 - 0.89 * ((decoded - low) / (high - low));
  return from_aliases / decoded > allowed;
}

// strconv.FormatFloat(value, 'g', -1, 32), which sigs.k8s.io/yaml uses for keys only.
std::string float_key_text(double value) {
  const auto narrow = static_cast<float>(value);
  if (std::isnan(narrow)) return ".nan";
  if (std::isinf(narrow)) return narrow > 0 ? ".inf" : "-.inf";
  return shortest(narrow, std::chars_format::general);
}

// json.Marshal puts U+FFFD in place of each byte that is not UTF-8.
std::string with_replacement_characters(std::string_view bytes) {
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) append_utf8(out, next_code_point(bytes, at));
  return out;
}

// The dates of go-yaml's parseTimestamp in their usual forms; an explicit !!timestamp on anything else is refused.
bool is_timestamp(std::string_view text) {
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  const bool date = has_shape(text, "0000-00-00");
  const bool time = has_shape(text, "0000-00-00T00:00:00Z") || has_shape(text, "0000-00-00t00:00:00Z") ||
                    has_shape(text, "0000-00-00 00:00:00");
  if (!date && !time) return false;
  if (number(5) < 1 || number(5) > 12 || number(8) < 1 || number(8) > 28) return false;
  return date || (number(11) < 24 && number(14) < 60 && number(17) < 60);
}

// What a key was before Kratix printed it, since keys of different types can print alike: 1 and "1", yes and "true".
struct KeyOrigin {
  Scalar::Type type = Scalar::Type::string;
  double floating = 0;
  Position at{};
  bool merged = false;  // comes from a merge key: the map may override it on purpose

  bool same_as(const KeyOrigin& other) const {
    return type == other.type && (type != Scalar::Type::floating || floating == other.floating);
  }
};

struct Key {
  std::string text{};  // as Kratix prints it
  KeyOrigin origin{};
};

// A map under construction; origins[i] belongs to its entry i.
struct OpenMap {
  Map map{};
  std::vector<KeyOrigin> origins{};
};

class Decoder {
 public:
  Decoder(Findings& findings, Finding& problem, std::size_t most_nodes)
      : findings_(findings), problem_(problem), most_nodes_(static_cast<double>(most_nodes)) {}

  bool decode(const YamlNode& node, Value& value, int depth = 0) {
    if (!count(node, depth)) return false;
    switch (node.kind) {
      case YamlNode::Kind::alias: return decode_alias(node, [&] { return decode(*node.target, value, depth); });
      case YamlNode::Kind::scalar: return decode_scalar(node, value);
      case YamlNode::Kind::sequence: return decode_sequence(node, value, depth);
      case YamlNode::Kind::map: {
        OpenMap open;
        if (!fill(node, open, depth)) return false;
        value = Value(std::move(open.map));
        return true;
      }
    }
    return false;
  }

 private:
  bool fail(const YamlNode& node, RuleId rule, std::string message) {
    problem_ = {.rule = rule, .at = node.at, .message = std::move(message)};
    return false;
  }

  bool count(const YamlNode& node, int depth) {
    ++decoded_;
    if (alias_depth_ > 0) ++from_aliases_;
    if (is_alias_bomb(decoded_, from_aliases_))
      return fail(node, RuleId::alias_budget, "the document contains excessive aliasing");
    if (decoded_ > most_nodes_) {
      problem_ = too_many_nodes(node.at, static_cast<std::size_t>(most_nodes_));
      return false;
    }
    if (depth >= max_depth) return fail(node, RuleId::too_deep, "nests deeper than " + std::to_string(max_depth));
    expanded_bytes_ += node.value.size() + 1;
    if (expanded_bytes_ > max_expanded_bytes)
      return fail(node, RuleId::alias_budget, "aliases expand to more than 16 MiB");
    return true;
  }

  template <typename Decode>
  bool decode_alias(const YamlNode& alias, Decode decode_target) {
    if (!running_.insert(&alias).second)
      return fail(alias, RuleId::bad_alias, "anchor '" + alias.value + "' contains itself");
    ++alias_depth_;
    const bool ok = decode_target();
    --alias_depth_;
    running_.erase(&alias);
    return ok;
  }

  // resolve() of go-yaml's resolve.go, with the tag taken into account.
  std::optional<Scalar> resolve(const YamlNode& node) {
    if (node.tag.empty()) return node.implicit ? type_plain_scalar(node.value) : Scalar{};
    const std::string_view tag = core_tag_name(node.tag);
    if (tag == "timestamp" && is_timestamp(node.value)) return Scalar{};
    const bool typed = tag == "bool" || tag == "int" || tag == "float" || tag == "null" || tag == "timestamp";
    if (!typed) return Scalar{};
    Scalar scalar = type_plain_scalar(node.value);
    if (tag == "float" && scalar.type == Scalar::Type::integer) {
      scalar.type = Scalar::Type::floating;
      scalar.floating = static_cast<double>(scalar.integer);
    }
    if (tag_name_of(scalar.type) != tag) {
      fail(node, RuleId::bad_tag, "cannot decode '" + node.value + "' as !!" + std::string(tag));
      return std::nullopt;
    }
    return scalar;
  }

  bool string_of(const YamlNode& node, std::string& text) {
    text = node.value;
    if (core_tag_name(node.tag) != "binary") return true;
    std::string bytes;
    if (!decode_base64(node.value, bytes))
      return fail(node, RuleId::bad_tag, "!!binary value contains invalid base64 data");
    text = with_replacement_characters(bytes);
    return true;
  }

  bool decode_scalar(const YamlNode& node, Value& value) {
    const std::optional<Scalar> scalar = resolve(node);
    if (!scalar) return false;
    if (scalar->rounded) {
      findings_.add(
          {RuleId::rounded_number, node.at, "Kratix keeps numbers as 64-bit floats and loses digits of " + node.value});
    }
    if (scalar->type != Scalar::Type::string) {
      if (value_of(*scalar, value)) return true;
      return fail(node, RuleId::not_a_number, "Kratix cannot publish " + node.value + ": JSON has no such number");
    }
    std::string text;
    if (!string_of(node, text)) return false;
    value = Value(std::move(text));
    return true;
  }

  bool decode_sequence(const YamlNode& node, Value& value, int depth) {
    List list;
    list.reserve(node.children.size());
    for (const YamlNode* child : node.children) {
      if (!decode(*child, list.emplace_back(), depth + 1)) return false;
    }
    value = Value(std::move(list));
    return true;
  }

  // Adds the pairs of a map node, in document order, to a map: its own or, under a merge key, the one around it.
  bool fill(const YamlNode& node, OpenMap& open, int depth, bool merging = false) {
    if (!merging) {
      open.map.reserve(node.children.size() / 2);
      open.origins.reserve(node.children.size() / 2);
    }
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
      const YamlNode& key_node = *node.children[i];
      const YamlNode& value_node = *node.children[i + 1];
      if (is_merge_key(key_node)) {
        if (!merge(value_node, open, depth)) return false;
        continue;
      }
      Key key{.origin = {.merged = merging}};
      Value value;
      if (!decode_key(key_node, key, depth + 1) || !decode(value_node, value, depth + 1)) return false;
      if (!set(open, std::move(key), std::move(value), key_node)) return false;
    }
    return true;
  }

  bool set(OpenMap& open, Key key, Value value, const YamlNode& node) {
    const KeyOrigin& origin = key.origin;
    const std::size_t at = open.map.position(key.text);
    if (at < open.origins.size()) {
      const KeyOrigin& earlier = open.origins[at];
      const std::string lines =
          " on lines " + std::to_string(earlier.at.line) + " and " + std::to_string(origin.at.line);
      if (!earlier.same_as(origin)) {
        return fail(node, RuleId::key_collision,
                    "keys" + lines + " both become \"" + key.text + "\", and Kratix keeps one of them at random");
      }
      if (!origin.merged && !earlier.merged) {
        findings_.add(
            {RuleId::duplicate_key, origin.at, "key \"" + key.text + "\" appears" + lines + "; Kratix keeps the last"});
      }
      open.origins[at] = origin;
    } else {
      open.origins.push_back(origin);
    }
    open.map.set(std::move(key.text), std::move(value));
    return true;
  }

  // As merge() in decode.go: takes a map, an alias of a map, or a list of those, in which earlier maps win.
  bool merge(const YamlNode& node, OpenMap& open, int depth) {
    if (node.kind != YamlNode::Kind::sequence) return merge_one(node, open, depth);
    for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
      if (!merge_one(**child, open, depth)) return false;
    }
    return true;
  }

  bool merge_one(const YamlNode& node, OpenMap& open, int depth) {
    const bool alias = node.kind == YamlNode::Kind::alias;
    if ((alias ? node.target : &node)->kind != YamlNode::Kind::map) {
      return fail(node, RuleId::bad_merge_key, "a merge key '<<' requires a map or a list of maps");
    }
    if (!count(node, depth)) return false;
    if (!alias) return fill(node, open, depth + 1, true);
    return decode_alias(node, [&] { return count(*node.target, depth) && fill(*node.target, open, depth + 1, true); });
  }

  bool decode_key(const YamlNode& node, Key& key, int depth) {
    if (!count(node, depth)) return false;
    if (node.kind == YamlNode::Kind::alias) {
      return decode_alias(node, [&] { return decode_key(*node.target, key, depth); });
    }
    if (node.kind != YamlNode::Kind::scalar) return fail(node, RuleId::bad_key, "a list or a map cannot be a key");
    const std::optional<Scalar> scalar = resolve(node);
    if (!scalar) return false;
    key.origin.type = scalar->type;
    key.origin.floating = scalar->floating;
    key.origin.at = node.at;
    switch (scalar->type) {
      case Scalar::Type::null: return fail(node, RuleId::bad_key, "null cannot be a key");
      case Scalar::Type::unsigned_integer:
        return fail(node, RuleId::bad_key, "an integer of 2^63 or more cannot be a key");
      case Scalar::Type::string: return string_of(node, key.text);
      default: key.text = key_text(*scalar); return true;
    }
  }

  Findings& findings_;
  Finding& problem_;
  const double most_nodes_;
  double decoded_ = 0;
  double from_aliases_ = 0;
  int alias_depth_ = 0;
  std::size_t expanded_bytes_ = 0;
  std::set<const YamlNode*> running_;
};

}  // namespace

std::string key_text(const Scalar& scalar) {
  if (scalar.type == Scalar::Type::boolean) return scalar.boolean ? "true" : "false";
  return scalar.type == Scalar::Type::integer ? std::to_string(scalar.integer) : float_key_text(scalar.floating);
}

bool decode(const YamlNode* root, Value& value, Findings& findings, Finding& problem, std::size_t most_nodes,
            std::optional<Value::Kind> kind) {
  const bool is_list = kind == Value::Kind::list;
  value = !kind ? Value() : is_list ? Value(List{}) : Value(Map{});
  if (root == nullptr) return true;
  Value decoded;
  if (!Decoder(findings, problem, most_nodes).decode(*root, decoded)) return false;
  if (decoded.is_null()) return true;
  if (kind && decoded.kind() != *kind) {
    problem = {.rule = is_list ? RuleId::selectors_not_a_list : RuleId::not_a_map,
               .at = root->at,
               .message = "it holds " + std::string(describe(decoded.kind())) + ", and Kratix expects " +
                          std::string(describe(*kind))};
    return false;
  }
  value = std::move(decoded);
  return true;
}

}  // namespace kratix_status
