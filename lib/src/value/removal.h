// Removes many places of a value at once, with the result of removing them one after another.
#pragma once

#include <vector>

#include "kratix_status/key_path.h"
#include "kratix_status/value.h"

namespace kratix_status {

// A place below a value: the segments of `path` from number `depth` on. There is at least one.
struct Removal {
  const KeyPath* path;
  std::size_t depth;
};

// The same as remove() for one place after another: `a[0]` twice removes the first two items of `a`, and what is not
// there is left out. The cost is linear in the places and in the lists and maps that they lead through.
void remove_all(Value& value, const std::vector<Removal>& removals);

}  // namespace kratix_status
