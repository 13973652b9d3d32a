// What Kratix's parser reads and libyaml 0.2, for all that it shares its grammar, refuses: written in another way, so
// that libyaml reads the same.
#pragma once

#include <string>
#include <vector>

#include "yaml/libyaml_cursor.h"

namespace kratix_status {

struct MendedText {
  std::string text{};
  std::vector<YamlMend> mends{};
  // In the author's text: each `:` that ends a text to Kratix, and a key to other readers.
  std::vector<Position> colons{};
};

// Mends the scalar that libyaml stopped at. False, and nothing has changed, if Kratix would not read it either.
bool mend(MendedText& mended, const YamlProblem& problem);

}  // namespace kratix_status
