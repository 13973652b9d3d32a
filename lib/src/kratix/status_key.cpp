// Parses KEY, and refuses `status.` in front of it.
#include "kratix/status_key.h"

#include <string>

namespace kratix_status {

Result<KeyPath> parse_status_key(std::string_view text) {
  Result<KeyPath> key = KeyPath::parse(text);
  if (!key) return key;
  if (starts_with_status(*key)) return status_in_front(*key);
  if (Outcome writable = check_writable(*key); !writable) return writable.error();
  return key;
}

bool starts_with_status(const KeyPath& key) {
  const KeySegment& first = key.segments().front();
  return first.key == "status" && !first.quoted;
}

Error status_in_front(const KeyPath& key) {
  const bool dotted = key.segments().size() > 1 && !key.segments()[1].is_index && !key.segments()[1].is_selector();
  const std::string rest = dotted ? key.text().substr(std::string_view("status.").size()) : "message";
  return refused("key " + key.text(), "status.yaml already holds what is below status",
                 "write " + rest + "; a key that is really named so is '\"status\"'");
}

}  // namespace kratix_status
