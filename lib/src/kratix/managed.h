// The keys and condition types of a status that Kratix writes itself, as tables.
//
// Source of each row: Kratix's own code (github.com/syntasso/kratix), in the file that the row names.
#pragma once

#include <span>
#include <string_view>

#include "kratix_status/pipeline.h"

namespace kratix_status {

// A top-level key or a condition type that Kratix writes itself.
struct Managed {
  std::string_view name;
  bool only_on_promises;
  std::string_view effect;  // what happens to a Pipeline's own value
  std::string_view source;  // file of the Kratix repository
};

std::span<const Managed> managed_keys();
std::span<const Managed> managed_condition_types();

// nullptr if the name is free to use in that workflow.
const Managed* find_managed_key(std::string_view key, WorkflowType workflow);
const Managed* find_managed_condition_type(std::string_view type, WorkflowType workflow);

}  // namespace kratix_status
