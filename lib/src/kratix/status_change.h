// Changes to status.yaml: from the old text to the new one. No I/O, so a change can run again on a newer text if
// another process wrote in between.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/status.h"
#include "kratix_status/value.h"

namespace kratix_status {

struct ChangeContext {
  std::string name{};                // of the file, for messages
  Map previous{};                    // .status of input/object.yaml; empty if it is not needed or there is none
  bool previous_is_rounded = false;  // it came from a text with integers beyond 2^53
  bool fresh = false;                // leave out of the file what only the previous status has
  WorkflowType workflow = WorkflowType::resource;
  bool resets_message = true;  // see Pipeline::resets_message()
  std::string now{};           // for the lastTransitionTime of a condition, as rfc3339() writes it
};

struct ChangedStatus {
  // For the file; nullopt if it is right as it is, down to its comments, or need not exist.
  std::optional<std::string> text;
  Map status;  // what the file holds then
  std::vector<std::string> warnings;
  std::size_t more_warnings = 0;  // that were only counted
};

// True if the change gives `key` another value, or may.
bool changes_key(const Change& change, std::string_view key);

// True if the change can only be made with the previous status at hand.
bool needs_previous(const Change& change, bool fresh);

// `old_text` is the file's, or nullopt if there is none. Fails with ErrorKind::malformed if Kratix would not read
// the old text, or not all of it, and with ErrorKind::refused if it would not publish the new one as given.
Result<ChangedStatus> change_status(std::optional<std::string_view> old_text, const std::vector<Change>& changes,
                                    const ChangeContext& context);

}  // namespace kratix_status
