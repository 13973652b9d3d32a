// Makes the text that tells the platform user why a command failed.
#pragma once

#include <string>
#include <string_view>

#include "process/child_process.h"

namespace kratix_status {

// `text`, or if that is empty what happened: "deploy exited with code 3", "deploy was ended by signal SIGKILL",
// "deploy: not found in PATH". `program` is the command's first word, of which its base name is shown. The end of
// standard error, if `end` has one, follows behind ": ": its last 3 lines that are not empty, with " / " between, at
// most 500 bytes. What comes from the command is valid UTF-8 on one line, without colours and control characters; what
// was anything else is left out.
std::string failure_message(std::string_view text, std::string_view program, const ChildEnd& end);

}  // namespace kratix_status
