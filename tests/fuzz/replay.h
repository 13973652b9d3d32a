// For targets that want to know more about a replayed input than its bytes.
#pragma once

#include <filesystem>

namespace fuzz {

// The file whose bytes LLVMFuzzerTestOneInput() has been given.
const std::filesystem::path& replayed_file();

}  // namespace fuzz
