// How a status in the metadata directory and the status that the platform user already sees come together.
#pragma once

#include "kratix_status/key_path.h"
#include "kratix_status/value.h"

namespace kratix_status {

// The message that Kratix sets when it starts a Pipeline, and replaces when the last one has ended
// (lib/workflow/reconciler.go, setPipelineStartingStatus).
inline constexpr const char* pending_message = "Pending";

// What the docs promise: maps merge key by key at every level, anything else replaces what was there.
void deep_merge(Map& into, const Map& from);

// What the status-writer does (work-creator/lib/status_updater.go, MergeStatuses): top-level keys are replaced whole.
// Conditions are replaced by type where both sides have a list of them; entries without a string for a type are
// dropped then. Kratix leaves the conditions in random order; here they keep the previous one, new ones at the end.
Map merge_statuses(const Map& previous, const Map& file);

// What a get, exists or --once looks at: `file` over `previous` as the status-writer merges them. With `resets_message`
// (Pipeline::resets_message()), the message comes from the file alone.
Map effective_status(Map previous, const Map& file, bool resets_message);

// Whether the file alone decides what effective_status() has at `path`: any key of the file's own but conditions, which
// are merged, and message where it is reset.
bool is_decided_by_file(const Map& file, const KeyPath& path, bool resets_message);

// Whether effective_status() has a value at `path` that is not null, and not pending_message.
bool has_effective(const Map& previous, const Map& file, const KeyPath& path, bool resets_message);

// Kratix replaces top-level keys whole, so a file that is about to hold a part of `key` must hold all of it: brings
// the map or list from the previous status, unless the file has the key. message and conditions are never brought.
void bring_from_previous(Map& file, const Map& previous, std::string_view key);

}  // namespace kratix_status
