// What a system error means, in words.
#pragma once

#include <string>

namespace kratix_status {

// `error` is an errno, such as ENOSPC. The texts are the GNU C Library's whatever the C library is, since people search
// for them: musl says "I/O error" and "Symbolic link loop". An error that no call of this program gives is "error
// NUMBER".
std::string error_text(int error);

}  // namespace kratix_status
