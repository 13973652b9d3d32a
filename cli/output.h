// All that is printed: answers on standard output, messages on standard error.
#pragma once

#include <string>
#include <string_view>

#include "kratix_status/result.h"

namespace kratix_status::cli {

// Writes all of it and flushes. Returns the exit code: an error, with `fix`, has been reported if the other end did
// not take it.
int answer(std::string_view text, std::string_view fix = {});

// `text`, or in its place a sentence that says what secret it holds. Errors quote documents, and logs are read by many.
std::string without_secrets(std::string text);

// kratix-status: error: <context>: <cause>, the excerpt, and the fix as a hint. Returns the exit code.
int report(const Error& error);

void warn(std::string_view text);

// kratix-status: <text>, on standard error; `text` has no characters that need escaping.
void note(std::string_view text);

}  // namespace kratix_status::cli
