// Checks the bytes of a YAML stream before it is parsed: the encoding, and the characters that Kratix's reader accepts.
#pragma once

#include <string>
#include <string_view>

#include "kratix_status/finding.h"

namespace kratix_status {

// Checks that Kratix's reader accepts `raw` as text: valid UTF-8, or UTF-16 with a byte order mark, without raw control
// characters. Converts UTF-16 into `transcoded`, which stays empty for UTF-8.
bool decode_yaml_stream(std::string_view raw, std::string& transcoded, Finding& problem);

std::string_view without_byte_order_mark(std::string_view text);

}  // namespace kratix_status
