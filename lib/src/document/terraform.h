// The outputs of Terraform and OpenTofu, as `terraform output -json` and `terraform show -json` print them.
#pragma once

#include <string>
#include <vector>

#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

struct TerraformOutput {
  const std::string* name;  // both point into the document
  const Value* value;
  bool is_sensitive;
};

// Fails with ErrorKind::refused if `document`, whose name is `name`, is none of the two, or is the plan of one that is
// still to be applied.
Result<std::vector<TerraformOutput>> terraform_outputs(const Value& document, const std::string& name);

}  // namespace kratix_status
