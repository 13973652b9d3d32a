// A fuzzer's input as a supply of small decisions. It never runs dry: past its end every answer is 0, so that decoders
// built on it end by choosing 0 for "no more".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace fuzz {

class Bytes {
 public:
  Bytes(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}

  bool empty() const { return at_ == size_; }
  std::uint8_t byte() { return at_ < size_ ? data_[at_++] : 0; }
  // 0 to limit - 1. REQUIRES: limit > 0
  std::size_t below(std::size_t limit) { return (limit > 256 ? std::size_t{byte()} << 8 | byte() : byte()) % limit; }
  std::uint64_t bits64();
  std::string take(std::size_t count);
  std::string rest() { return take(size_ - at_); }

 private:
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

}  // namespace fuzz
