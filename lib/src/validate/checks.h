// validate: what Kratix would make of a hand-written file, as a list of findings, each under a rule of rules.h.
//
// Never fails: a text that Kratix cannot read is a finding too. Cost is linear in the text.
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

// The kinds of file in the metadata directory.
enum class FileKind : std::uint8_t {
  status,
  control,    // workflow-control.yaml
  selectors,  // destination-selectors.yaml
};

// The most findings on one text: errors are kept before warnings, then those that come first in the text.
inline constexpr std::size_t max_listed = 100;

struct Validation {
  std::vector<Finding> findings{};  // in the order of their positions, each with fix and excerpt
  std::size_t more = 0;             // how many there are beside those
};

// The findings on what `text` holds. `allow_secret`: that it shows a secret is none.
Validation validate_text(std::string_view text, FileKind kind, WorkflowType workflow, bool allow_secret = false);

// Decides by the file's name: one that contains workflow-control, in any spelling, is a control file, and likewise for
// destination-selectors. Anything else, "-" included, is a status.
FileKind kind_of_file(std::string_view path);

}  // namespace kratix_status
