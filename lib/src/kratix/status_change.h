// A change to status.yaml, from the text that is there to the text that shall be: all of kratix-status between the
// command line and the disk. No I/O, so it can run again on a newer text if somebody else wrote in between.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kratix/condition_list.h"
#include "kratix_status/key_path.h"
#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

struct Change {
  enum class Kind {
    set,
    set_once,  // nothing, if the effective value is there and not null
    append,
    append_unique,
    remove,
    merge,             // the whole of `value`, a map; `path` is not used
    set_condition,     // `condition`, all but its time
    remove_condition,  // the one of `condition.type`
  };
  Kind kind;
  std::optional<KeyPath> path{};
  Value value{};
  NewCondition condition{};
};

struct ChangeContext {
  std::string name{};                // of the file, for messages
  Map previous{};                    // .status of input/object.yaml; empty if it is not needed or there is none
  bool previous_is_rounded = false;  // it came from a text with integers beyond 2^53
  bool fresh = false;                // leave out of the file what only the previous status has
  WorkflowType workflow = WorkflowType::resource;
  std::string now{};  // for the lastTransitionTime of a condition, as rfc3339() writes it
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
