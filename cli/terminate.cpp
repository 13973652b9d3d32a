// Ends the program if nobody catches an exception. libc++abi's own handlers print the exception's type, and for that
// take 90 KB of name demangler and 1,300 relocations in each run; main() catches all that the standard library throws,
// and reports it in our own words. These definitions replace libc++abi's src/cxa_default_handlers.cpp.
#include <cstdlib>

extern "C" {

void (*__cxa_terminate_handler)() = std::abort;   // NOLINT(bugprone-reserved-identifier): libc++abi's names
void (*__cxa_unexpected_handler)() = std::abort;  // NOLINT(bugprone-reserved-identifier)
void (*__cxa_new_handler)() = nullptr;            // NOLINT(bugprone-reserved-identifier)
}
