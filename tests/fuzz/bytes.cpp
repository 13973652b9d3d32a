#include "bytes.h"

#include <algorithm>

namespace fuzz {

std::uint64_t Bytes::bits64() {
  std::uint64_t bits = 0;
  for (int i = 0; i < 8; ++i) bits = bits << 8 | byte();
  return bits;
}

std::string Bytes::take(std::size_t count) {
  count = std::min(count, size_ - at_);
  std::string text(reinterpret_cast<const char*>(data_) + at_, count);
  at_ += count;
  return text;
}

}  // namespace fuzz
