#include <cstdlib>

#include "kratix_reader.h"

extern "C" char* kratixRead(const void* document, int length, int* refused);

namespace fuzz {

std::optional<KratixAnswer> ask_kratix(std::string_view document) {
  int refused = 0;
  char* const text = kratixRead(document.data(), static_cast<int>(document.size()), &refused);
  KratixAnswer answer{refused != 0, text};
  std::free(text);
  while (!answer.text.empty() && answer.text.back() == '\n') answer.text.pop_back();
  return answer;
}

}  // namespace fuzz
