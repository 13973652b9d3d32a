// What an exception that nobody catches ends in. libstdc++'s own handler prints the exception's type, and with it come
// 48 KB of name demangler; main() catches all that the standard library throws, and reports it in our own words.
#include <cstdlib>

namespace __gnu_cxx {  // NOLINT(bugprone-reserved-identifier): the name that libstdc++ looks for

void __verbose_terminate_handler() { std::abort(); }  // NOLINT(bugprone-reserved-identifier)

}  // namespace __gnu_cxx
