// The places that the operands of one command set, to notice one that replaces what an earlier one has set.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>

#include "invocation.h"
#include "kratix_status/key_path.h"
#include "kratix_status/result.h"

namespace kratix_status::cli {

class Places {
 public:
  // `invocation` outlives this object.
  explicit Places(const Invocation& invocation) : invocation_(invocation) {}

  // Fails with ErrorKind::usage if `key` is, or holds, a place that was added before. Items of a list that are counted
  // from its front and from its end may be the same.
  Outcome add(const KeyPath& key);

 private:
  // False if it is not new.
  bool insert(const KeyPath& key);

  const Invocation& invocation_;
  std::map<std::pair<std::size_t, std::string>, std::size_t> places_;  // by parent and name; 0 is the root
  std::map<std::size_t, bool> counted_;                                // of a list: from its end
};

}  // namespace kratix_status::cli
