// destination-selectors.yaml: which Destinations Kratix schedules the files in /kratix/output to
// (work-creator/lib/work_creator.go, ParseDestinationSelectors).
//
// An entry selects Destinations by their labels, for one directory of the output or, without a directory, for all of
// the output that no other entry names. Functions here keep no state.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// For all of the output that no other entry names.
inline constexpr std::string_view whole_output = ".";

// api/v1alpha1/promise_types.go, WorkflowDestinationSelectors
inline constexpr std::string_view selector_fields[] = {"directory", "matchLabels"};

struct DestinationSelector {
  std::string directory{whole_output};  // as clean_directory() has it
  Map match_labels{};                   // every value is a string
};

// What Kratix takes `directory` for: filepath.Clean() of it, "" and "./" being whole_output. Fails with
// ErrorKind::refused if that is no directory of the output itself: Kratix fails at one further down, and would read
// elsewhere for "..". No directory has a name of more than 255 bytes.
Result<std::string> clean_directory(std::string_view directory);

// Whether Kubernetes allows a label of that name and value. Fails with ErrorKind::refused.
Outcome check_label(std::string_view name, std::string_view value);

// The field that Kratix puts `key` into, for Go's encoding/json does not look at case; empty if there is none.
std::string_view selector_field(std::string_view key);

// What Kratix reads where it expects a string: sigs.k8s.io/yaml makes strings of scalars, and an empty one of null.
// nullopt for a list or map, at which Kratix fails.
std::optional<std::string> selector_string(const Value& value);

// What Kratix reads: keys in any casing, unknown ones ignored, numbers and booleans taken for strings. Fails with
// ErrorKind::malformed where Kratix would fail, and for a directory that clean_directory() refuses. `name` is the
// file's.
Result<std::vector<DestinationSelector>> read_destination_selectors(const List& root, const std::string& name);

// `root` with the labels of `selector.directory` set, or with its entry removed if there are no labels; other entries
// stay as they are. REQUIRES: read_destination_selectors() reads `root`
List with_destination_selector(List root, const DestinationSelector& selector);

}  // namespace kratix_status
