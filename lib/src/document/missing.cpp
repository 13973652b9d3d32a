// Explains a path that leads nowhere by the place where it ends.
#include "document/missing.h"

#include <algorithm>
#include <vector>

#include "value/nearest.h"

namespace kratix_status {

namespace {

constexpr std::size_t longest_name = 64;

std::string counted(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string(what) + (count == 1 ? "" : "s");
}

// What the path has come to before it ends.
struct Place {
  std::string name;
  const Value& value;
};

std::vector<std::string_view> keys_of(const Map& map) {
  std::vector<std::string_view> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

// The strings that the items of `list` hold where `selector` looks.
std::vector<std::string_view> values_of(const List& list, const KeySegment& selector) {
  std::vector<std::string_view> values;
  for (const Value& item : list) {
    const Value* at = find_field(item, selector);
    if (at != nullptr && at->is_string()) values.push_back(at->as_string());
  }
  return values;
}

std::string missing_key(const Place& place, const std::string& key) {
  if (place.value.is_list()) return place.name + " is a list of " + counted(place.value.as_list().size(), "item");
  if (!place.value.is_map()) return place.name + " is " + std::string(describe(place.value.kind()));
  const std::vector<std::string_view> keys = keys_of(place.value.as_map());
  if (keys.empty()) return place.name + " is an empty map";
  return place.name + " has no " + key_text(key) + ", but " + listed(keys);
}

std::string missing_item(const Place& place, const KeySegment& segment) {
  if (!place.value.is_list()) return place.name + " is " + std::string(describe(place.value.kind())) + ", not a list";
  const List& list = place.value.as_list();
  if (!segment.is_selector() || list.empty()) return place.name + " has " + counted(list.size(), "item");
  const std::vector<std::string_view> values = values_of(list, segment);
  const std::string none = "no item of " + place.name + " is " + segment_text(segment);
  return values.empty() ? none : none + ", there are " + listed(values);
}

// What was meant by the segment that leads nowhere; empty if that is not clear.
std::string meant(const Place& place, const KeyPath& path, std::size_t at) {
  const KeySegment& segment = path.segments()[at];
  if (segment.is_index || segment.is_selector()) return {};
  if (place.value.is_list()) return place.value.as_list().empty() ? "" : path.text(at) + "[0]." + key_text(segment.key);
  if (!place.value.is_map()) return {};
  const std::vector<std::string_view> keys = keys_of(place.value.as_map());
  const std::string_view near = meant_by(segment.key, keys);
  if (near.empty()) return {};
  return (at == 0 ? "" : path.text(at) + ".") + key_text(near);
}

}  // namespace

std::string listed(std::span<const std::string_view> names) {
  constexpr std::size_t most = 8;
  std::vector<std::string> shown;
  for (const std::string_view name : names) {
    if (shown.size() < most && name.size() <= longest_name) shown.push_back(key_text(name));
  }
  const std::size_t rest = names.size() - shown.size();
  if (shown.empty()) return counted(rest, "other");
  std::string text;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const bool is_last = i + 1 == shown.size() && rest == 0;
    text += (i == 0 ? "" : is_last ? " and " : ", ") + shown[i];
  }
  return rest == 0 ? text : text + " and " + std::to_string(rest) + " more";
}

std::string_view meant_by(std::string_view word, std::span<const std::string_view> names) {
  constexpr std::size_t most = 200;
  std::vector<std::string_view> candidates;
  for (const std::string_view name : names.first(std::min(most, names.size()))) {
    if (name.size() <= longest_name) candidates.push_back(name);
  }
  return nearest(word, candidates);
}

Error missing_from(const Value& document, const KeyPath& path, const std::string& name) {
  const auto& segments = path.segments();
  const Value* at = &document;
  std::size_t depth = 0;
  for (; depth < segments.size(); ++depth) {
    const Value* next = find_in(*at, segments[depth]);
    if (next == nullptr) break;
    at = next;
  }
  Error error = refused(name + ": " + path.text(), {});
  const Place place{depth == 0 ? "the document" : path.text(depth), *at};
  if (depth == segments.size()) {
    error.cause = "is null";
    return error;
  }
  const KeySegment& segment = segments[depth];
  const bool is_key = !segment.is_index && !segment.is_selector();
  error.cause = "is missing: " + (is_key ? missing_key(place, segment.key) : missing_item(place, segment));
  const std::string near = meant(place, path, depth);
  if (!near.empty()) error.fix = "did you mean " + near + "?";
  return error;
}

}  // namespace kratix_status
