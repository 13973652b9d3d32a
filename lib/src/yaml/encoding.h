// The bytes of a YAML stream before its grammar: encoding, and the characters that Kratix's reader lets in.
#pragma once

#include <string>
#include <string_view>

#include "kratix_status/finding.h"

namespace kratix_status {

// True if `raw` is text to Kratix's reader: valid UTF-8, or UTF-16 with a byte order mark, without raw control
// characters. `transcoded` is then the text of a UTF-16 stream, and empty for UTF-8.
bool decode_yaml_stream(std::string_view raw, std::string& transcoded, Finding& problem);

std::string_view without_byte_order_mark(std::string_view text);

}  // namespace kratix_status
