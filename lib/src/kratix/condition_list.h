// One condition among those of a status: found, set and removed by its type, as Kratix merges them
// (work-creator/lib/status_updater.go, mergeConditions). The rest of the list stays as it is, well-formed or not.
#pragma once

#include <string_view>

#include "kratix_status/conditions.h"
#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// The condition of that type which Kratix keeps, the last one; nullptr if there is none.
const Value* find_condition(const Map& status, std::string_view type);

// Replaces the condition of its type in `file`, or adds it at the end, with all five fields. lastTransitionTime is
// kept while `status` is the same, from the file or else from `previous`; else it is `now`.
// Fails with ErrorKind::refused if the condition is not well-formed or its type is Kratix's own, or if `conditions` is
// no list; then `file` is as it was.
Outcome set_condition(Map& file, const Map& previous, const NewCondition& condition, std::string_view now,
                      WorkflowType workflow);

// True if there was something to remove. An empty list is removed with its last condition.
bool remove_condition(Map& file, std::string_view type);

}  // namespace kratix_status
