// validate: what Kratix would make of a hand-written file, as a list of remarks, each under a rule of rules.h.
//
// Never fails: a text that Kratix cannot read is a remark too. Cost is linear in the text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/finding.h"
#include "kratix_status/pipeline.h"
#include "kratix_status/yaml.h"
#include "validate/rules.h"

namespace kratix_status {

// What Kratix takes a file of the metadata folder for.
enum class FileKind : std::uint8_t {
  status,
  control,    // workflow-control.yaml
  selectors,  // destination-selectors.yaml, of which only the YAML is judged
};

struct Remark {
  RuleId rule;
  Position at{1, 1};      // of a remark on the file as a whole, its beginning
  std::string message{};  // one line, safe to print
  std::string cure{};
  std::string excerpt{};  // empty for a remark on the file as a whole
};

// Of more remarks on one text the errors are kept, and then those that come first in it.
inline constexpr std::size_t max_remarks = 100;

struct Validation {
  std::vector<Remark> remarks{};  // in the order of their places
  std::size_t more = 0;           // how many there are beside those
};

// The remarks on what `text` holds.
Validation validate_text(std::string_view text, FileKind kind, WorkflowType workflow);

// By the last part of `path`: a control file is one whose name holds workflow-control, however it is spelt, and
// the same goes for destination-selectors; anything else, "-" too, is a status.
FileKind kind_of_file(std::string_view path);

}  // namespace kratix_status
