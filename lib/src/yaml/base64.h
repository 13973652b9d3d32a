// Base64 as Go's encoding/base64.StdEncoding decodes it: padded, line breaks skipped, nothing else.
#pragma once

#include <string>
#include <string_view>

namespace kratix_status {

// Appends what `text` encodes to `bytes`. False if it is not base64.
bool decode_base64(std::string_view text, std::string& bytes);

}  // namespace kratix_status
