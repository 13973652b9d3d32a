// A text of a table, of at most Size bytes, in the row itself.
//
// A string_view in a table is an address, and every start of the program adjusts all of them to where it was loaded,
// for 9 instructions each and a page fault in 4 KB. For texts of about one length; text_column.h is for long ones.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kratix_status {

template <std::size_t Size>
class TextField {
 public:
  constexpr TextField() = default;

  // A literal, as a string_view is made of one.
  template <std::size_t Bytes>
  constexpr TextField(const char (&text)[Bytes]) : length_(Bytes - 1) {
    static_assert(Bytes - 1 <= Size && Size <= UINT8_MAX, "the text is longer than the table's field");
    std::copy_n(text, Bytes - 1, bytes_.begin());
  }

  constexpr std::string_view view() const& { return {bytes_.data(), length_}; }
  constexpr operator std::string_view() const& { return view(); }
  // Views of a copy would outlive it.
  std::string_view view() && = delete;
  operator std::string_view() && = delete;

  constexpr bool empty() const { return length_ == 0; }

  friend constexpr bool operator==(const TextField& one, std::string_view other) { return one.view() == other; }

 private:
  std::uint8_t length_ = 0;
  std::array<char, Size> bytes_{};
};

}  // namespace kratix_status
