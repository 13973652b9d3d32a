// All that is printed: answers on standard output, messages on standard error.
#pragma once

#include <string_view>

#include "kratix_status/result.h"

namespace kratix_status::cli {

// Writes all of it and flushes; false, and an error reported, if the other end did not take it.
bool print(std::string_view text);

// kratix-status: error: <context>: <cause>, the excerpt, and the cure as a hint. Returns the exit code.
int report(const Error& error);

void warn(std::string_view text);

}  // namespace kratix_status::cli
