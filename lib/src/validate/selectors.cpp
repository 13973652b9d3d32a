// Checks destination-selectors.yaml: its entries, their directories and their labels.
#include <set>
#include <string>

#include "kratix_status/destination_selectors.h"
#include "kratix_status/finding.h"
#include "validate/parts.h"
#include "value/nearest.h"

namespace kratix_status {

namespace {

class SelectorCheck {
 public:
  SelectorCheck(const YamlNode& root, SortedFindings& findings) : root_(root), findings_(findings) {}

  void check(const List& selectors) {
    for (std::size_t item = 0; item < selectors.size(); ++item) {
      const YamlNode& node = item_of(root_, item);
      if (selectors[item].is_map()) {
        check_entry(selectors[item].as_map(), node);
      } else if (!selectors[item].is_null()) {
        findings_.add({RuleId::selector_not_a_map, node.at,
                       "an entry must be a map, not " + std::string(describe(selectors[item].kind()))});
      } else {
        findings_.add({RuleId::selector_without_labels, node.at, "the entry is empty"});
      }
    }
  }

 private:
  void check_entry(const Map& entry, const YamlNode& node) {
    const Places places(node);
    bool has_labels = false;
    std::string directory;
    Position directory_at = node.at;
    for (const auto& [key, value] : entry) {
      const std::string_view field = selector_field(key);
      if (field.empty()) {
        note_unknown(key, places.key(key));
        continue;
      }
      if (field != key) {
        findings_.add({RuleId::selector_field_case, places.key(key), key + " is spelt " + std::string(field),
                       "write " + std::string(field)});
      }
      if (field == "matchLabels") {
        has_labels = check_labels(value, target_of(places.value(key))) || has_labels;
      } else {
        directory_at = places.value(key).at;
        const std::optional<std::string> text = selector_string(value);
        if (!text) {
          findings_.add({RuleId::selector_directory, directory_at,
                         "directory must be a string, not " + std::string(describe(value.kind())), "write one name"});
        } else if (!value.is_null()) {
          directory = *text;
        }
      }
    }
    if (!has_labels) findings_.add({RuleId::selector_without_labels, node.at, "the entry has no matchLabels"});
    check_directory(directory, directory_at);
  }

  void note_unknown(const std::string& key, Position at) {
    const std::string_view near = nearest(key, selector_fields);
    findings_.add({RuleId::selector_field_unknown, at, "Kratix ignores the field " + key,
                   near.empty() ? "" : "did you mean " + std::string(near) + "?"});
  }

  // True if there are some, or what is there has a finding of its own.
  bool check_labels(const Value& value, const YamlNode& node) {
    if (value.is_null()) return false;
    if (!value.is_map()) {
      findings_.add(
          {RuleId::selector_label, node.at, "matchLabels must be a map, not " + std::string(describe(value.kind()))});
      return true;
    }
    const Places places(node);
    for (const auto& [name, label] : value.as_map()) check_label_at(name, label, places);
    return !value.as_map().empty();
  }

  void check_label_at(const std::string& name, const Value& value, const Places& places) {
    const std::optional<std::string> text = selector_string(value);
    if (!text) {
      findings_.add({RuleId::selector_label, places.value(name).at,
                     "label " + name + " must be a string, not " + std::string(describe(value.kind()))});
      return;
    }
    const Outcome allowed = check_label(name, *text);
    if (!allowed) {
      findings_.add({RuleId::selector_label, places.key(name), allowed.error().context + " " + allowed.error().cause,
                     allowed.error().fix});
    }
  }

  void check_directory(const std::string& text, Position at) {
    const Result<std::string> directory = clean_directory(text);
    if (!directory) {
      findings_.add({RuleId::selector_directory, at, directory.error().context + " " + directory.error().cause});
    } else if (!directories_.insert(*directory).second) {
      findings_.add({RuleId::selector_directory_twice, at, "an earlier entry is for directory " + *directory + " too"});
    }
  }

  const YamlNode& root_;
  SortedFindings& findings_;
  std::set<std::string> directories_;
};

}  // namespace

void check_selectors(const List& selectors, const YamlNode& root, SortedFindings& findings) {
  SelectorCheck(target_of(root), findings).check(selectors);
}

}  // namespace kratix_status
