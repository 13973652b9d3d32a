// What a fuzz target says when a law does not hold: it prints why and aborts, which libFuzzer and replay both take
// for a crash, and keep or name the input.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "kratix_status/result.h"

namespace fuzz {

[[noreturn]] inline void fail(std::string_view law, std::string_view detail = {}) {
  std::fprintf(stderr, "\nbroken: %.*s\n%.*s\n", static_cast<int>(law.size()), law.data(),
               static_cast<int>(detail.size()), detail.data());
  std::abort();
}

inline void require(bool holds, std::string_view law) {
  if (!holds) fail(law);
}

inline std::string describe(const kratix_status::Error& error) {
  return error.context + ": " + error.cause + "\n" + error.excerpt;
}

}  // namespace fuzz
