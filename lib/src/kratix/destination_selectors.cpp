// Reads and changes destination-selectors.yaml by Kratix's own rules.
#include "kratix_status/destination_selectors.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "kratix/kubernetes_names.h"
#include "kratix_status/json.h"
#include "value/ascii.h"

namespace kratix_status {

namespace {

// filepath.Clean() of Go: without empty parts and ".", and with ".." taking back the part before it.
std::string cleaned(std::string_view path) {
  const bool is_rooted = path.starts_with('/');
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (part.empty() || part == ".") continue;
    const bool goes_up = part == "..";
    if (goes_up && !parts.empty() && parts.back() != "..")
      parts.pop_back();
    else if (!goes_up || !is_rooted)
      parts.push_back(part);
  }
  std::string text(is_rooted ? "/" : "");
  for (const std::string_view part : parts) {
    if (!text.empty() && text.back() != '/') text += '/';
    text += part;
  }
  return text.empty() ? std::string(whole_output) : text;
}

std::string place_of(std::size_t item, std::string_view field = {}) {
  return "item " + std::to_string(item + 1) + (field.empty() ? "" : ", " + std::string(field));
}

Error wrong(const std::string& name, const std::string& place, std::string cause) {
  return malformed(name, place + " " + std::move(cause),
                   "the file is unchanged: fix it, or remove it and let kratix-status destination set write it");
}

Outcome take_labels(const Value& value, const std::string& name, std::size_t item, Map& labels) {
  if (value.is_null()) {
    labels = Map();
    return Done{};
  }
  if (!value.is_map())
    return wrong(name, place_of(item, "matchLabels"), "must be a map, not " + std::string(describe(value.kind())));
  for (const auto& [label, label_value] : value.as_map()) {
    std::optional<std::string> text = selector_string(label_value);
    if (!text) {
      return wrong(name, place_of(item, "label " + label),
                   "must be a string, not " + std::string(describe(label_value.kind())));
    }
    labels.set(label, std::move(*text));
  }
  return Done{};
}

// What Kratix reads of one entry: its JSON has the keys sorted, and labels of two casings of matchLabels come together.
Result<DestinationSelector> read_entry(const Map& entry, const std::string& name, std::size_t item) {
  std::vector<const Map::Entry*> fields;
  for (const Map::Entry& field : entry) fields.push_back(&field);
  std::sort(fields.begin(), fields.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
  DestinationSelector selector;
  std::string directory;
  for (const Map::Entry* field : fields) {
    const std::string_view known = selector_field(field->key);
    if (known == "matchLabels") {
      if (Outcome taken = take_labels(field->value, name, item, selector.match_labels); !taken) return taken.error();
    } else if (known == "directory" && !field->value.is_null()) {
      std::optional<std::string> text = selector_string(field->value);
      if (!text) {
        return wrong(name, place_of(item, "directory"),
                     "must be a string, not " + std::string(describe(field->value.kind())));
      }
      directory = std::move(*text);
    }
  }
  Result<std::string> clean = clean_directory(directory);
  if (!clean) return wrong(name, place_of(item, clean.error().context), clean.error().cause);
  selector.directory = std::move(*clean);
  if (selector.match_labels.empty()) return wrong(name, place_of(item), "has no matchLabels, and Kratix fails at it");
  return selector;
}

// The directory of an entry that Kratix reads.
std::string directory_of(const Value& entry) {
  const Result<DestinationSelector> read = read_entry(entry.as_map(), {}, 0);
  return read ? read->directory : std::string();
}

Value entry_of(const DestinationSelector& selector) {
  Map entry;
  if (selector.directory != whole_output) entry.set("directory", selector.directory);
  entry.set("matchLabels", selector.match_labels);
  return entry;
}

}  // namespace

Result<std::string> clean_directory(std::string_view directory) {
  constexpr std::size_t longest_name = 255;  // NAME_MAX of Linux; bytes
  std::string clean = cleaned(directory);
  if (clean.find('/') != std::string::npos || clean == "..") {
    return refused("directory " + std::string(directory), "must be a directory directly in /kratix/output",
                   "name one without '/', or leave it out for all of the output");
  }
  if (clean.size() <= longest_name) return clean;
  return refused("directory of " + std::to_string(clean.size()) + " bytes",
                 "is too long: the name of a directory has at most " + std::to_string(longest_name) + " bytes",
                 "name a directory of /kratix/output");
}

Outcome check_label(std::string_view name, std::string_view value) {
  const std::string context = "label " + std::string(name);
  if (!is_label_name(name)) {
    return refused(context, "is not a name that a label can have",
                   "use letters, digits, '-', '_' and '.', at most 63 of them, as in environment or example.com/zone");
  }
  if (!is_label_value(value)) {
    return refused(context, "has a value that no label can have",
                   "use letters, digits, '-', '_' and '.', at most 63 of them, with a letter or digit at each end");
  }
  return Done{};
}

std::optional<std::string> selector_string(const Value& value) {
  if (value.is_list() || value.is_map()) return std::nullopt;
  return value.is_string() ? value.as_string() : value.is_null() ? std::string() : to_json(value);
}

std::string_view selector_field(std::string_view key) {
  const std::string wanted = lower(key);
  const auto* const found = std::find_if(std::begin(selector_fields), std::end(selector_fields),
                                         [&](std::string_view field) { return lower(field) == wanted; });
  return found == std::end(selector_fields) ? std::string_view() : *found;
}

Result<std::vector<DestinationSelector>> read_destination_selectors(const List& root, const std::string& name) {
  std::vector<DestinationSelector> selectors;
  std::set<std::string> directories;
  for (std::size_t item = 0; item < root.size(); ++item) {
    const Value& entry = root[item];
    // Kratix reads null as an entry without anything, and fails at that.
    if (!entry.is_map() && !entry.is_null())
      return wrong(name, place_of(item), "must be a map, not " + std::string(describe(entry.kind())));
    Result<DestinationSelector> selector = read_entry(entry.is_map() ? entry.as_map() : Map(), name, item);
    if (!selector) return selector.error();
    if (!directories.insert(selector->directory).second)
      return wrong(name, place_of(item),
                   "is another entry for directory " + selector->directory + ", and Kratix fails at it");
    selectors.push_back(std::move(*selector));
  }
  return selectors;
}

List with_destination_selector(List root, const DestinationSelector& selector) {
  const auto found = std::find_if(root.begin(), root.end(),
                                  [&](const Value& entry) { return directory_of(entry) == selector.directory; });
  if (selector.match_labels.empty()) {
    if (found != root.end()) root.erase(found);
  } else if (found != root.end()) {
    *found = entry_of(selector);
  } else {
    root.push_back(entry_of(selector));
  }
  return root;
}

}  // namespace kratix_status
