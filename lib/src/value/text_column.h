// A column of texts of a table as it is compiled in: one array of characters, and where each text begins.
//
// A table of string_views holds an address for each, and every start of the program adjusts them all to where it was
// loaded. Tables that only some commands look at are kept by columns.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace kratix_status {

template <std::size_t Rows, std::size_t Bytes>
struct TextColumn {
  std::array<std::uint16_t, Rows + 1> starts{};
  std::array<char, Bytes> bytes{};

  constexpr std::string_view operator[](std::size_t row) const {
    return {bytes.data() + starts[row], static_cast<std::size_t>(starts[row + 1] - starts[row])};
  }
};

// `Member`, a string_view, of each row of the array `Table`.
template <const auto& Table, auto Member>
consteval auto text_column() {
  constexpr std::size_t rows = std::size(Table);
  constexpr std::size_t bytes = [] {
    std::size_t sum = 0;
    for (const auto& row : Table) sum += (row.*Member).size();
    return sum;
  }();
  static_assert(bytes <= UINT16_MAX);
  TextColumn<rows, bytes> column;
  std::size_t at = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    column.starts[row] = static_cast<std::uint16_t>(at);
    for (const char c : Table[row].*Member) column.bytes[at++] = c;
  }
  column.starts[rows] = static_cast<std::uint16_t>(at);
  return column;
}

}  // namespace kratix_status
