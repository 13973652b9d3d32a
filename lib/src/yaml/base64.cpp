// Decodes base64, four digits at a time.
#include "yaml/base64.h"

namespace kratix_status {

bool decode_base64(std::string_view text, std::string& bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  unsigned group = 0;
  int digits = 0;
  int padding = 0;
  for (const char c : text) {
    if (c == '\r' || c == '\n') continue;
    const std::size_t digit = alphabet.find(c);
    if (c == '=' && digits >= 2 && digits + padding < 4) {
      ++padding;
      continue;
    }
    if (digit == std::string_view::npos || padding > 0) return false;
    group = (group << 6) | static_cast<unsigned>(digit);
    if (++digits < 4) continue;
    bytes += static_cast<char>((group >> 16) & 0xFF);
    bytes += static_cast<char>((group >> 8) & 0xFF);
    bytes += static_cast<char>(group & 0xFF);
    group = 0;
    digits = 0;
  }
  if (digits == 0) return padding == 0;
  if (digits + padding != 4) return false;
  if (digits == 2) bytes += static_cast<char>((group >> 4) & 0xFF);
  if (digits == 3) {
    bytes += static_cast<char>((group >> 10) & 0xFF);
    bytes += static_cast<char>((group >> 2) & 0xFF);
  }
  return true;
}

}  // namespace kratix_status
