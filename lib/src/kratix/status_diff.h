// How two statuses differ: for people to read, and for `kubectl patch`.
#pragma once

#include <string>
#include <vector>

#include "kratix_status/value.h"

namespace kratix_status {

// One line for each place where they differ, in the order of `from`, what is new behind it:
//
//   - KEY: VALUE     only in `from`, or other than in `to`
//   + KEY: VALUE     only in `to`, or other than in `from`, then below the line of `from`
//
// KEY is a key path, VALUE is JSON, each shown so that it stays on its line. A map or list that only one of them has is
// one line. Items of lists are compared by their place.
std::string diff_lines(const Map& from, const Map& to);

// The JSON merge patch (RFC 7386) that turns `from` into `to`. Such a patch takes null for an order to remove a key, so
// it cannot set a key to null: `warnings` gets a line for each of those, and the patch leaves it out.
Map merge_patch(const Map& from, const Map& to, std::vector<std::string>& warnings);

}  // namespace kratix_status
