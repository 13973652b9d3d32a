// Base64 as Go's StdEncoding decodes it.

#include <algorithm>
#include <string>
#include <vector>

#include "support.h"
#include "yaml/base64.h"

namespace kratix_status {

using namespace std::string_literals;

namespace {

std::string encode(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k <= count ? alphabet[group >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

}  // namespace

TEST_CASE("all strings of one and two bytes, and long ones of every length, decode", "[base64]") {
  std::vector<std::string> wrong;
  const auto check = [&](const std::string& bytes) {
    std::string decoded;
    if (!decode_base64(encode(bytes), decoded) || decoded != bytes) wrong.push_back(bytes);
  };
  for (int a = 0; a < 256; ++a) {
    check(std::string(1, static_cast<char>(a)));
    for (int b = 0; b < 256; ++b) check({static_cast<char>(a), static_cast<char>(b)});
  }
  std::string longer;
  for (int i = 0; i < 300; ++i) longer += static_cast<char>(i * 37), check(longer);
  CHECK(wrong.empty());
}

TEST_CASE("what is not base64 to Go is refused", "[base64]") {
  struct Row {
    std::string text;
    bool ok;
    std::string bytes;
  };
  const Row rows[] = {
      {"", true, ""},
      {"aGk=", true, "hi"},
      {"aG\nk=", true, "hi"},
      {"\r\naGk=\r\n", true, "hi"},
      {"aGk\n=", true, "hi"},
      {"TQ==", true, "M"},
      {"TQ=\n=\n", true, "M"},
      {"TR==", true, "M"},  // bits past the last byte do not matter
      {"////", true, "\xFF\xFF\xFF"},
      {"a", false, ""},
      {"aG", false, ""},
      {"aGk", false, ""},
      {"TQ=", false, ""},
      {"TQ===", false, ""},
      {"aGk==", false, ""},
      {"=", false, ""},
      {"a===", false, ""},
      {"====", false, ""},
      {"aGkh=", false, ""},
      {"TQ==TQ==", false, ""},
      {"TQ==x", false, ""},
      {"T=Q=", false, ""},
      {"aG k=", false, ""},
      {"aG\tk=", false, ""},
      {"aG-_", false, ""},  // the alphabet for URLs
      {"aGk\xC3", false, ""},
      {"aGk\0"s, false, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    std::string decoded;
    CHECK(decode_base64(row.text, decoded) == row.ok);
    if (row.ok) CHECK(decoded == row.bytes);
  }
}

TEST_CASE("decoded bytes are added to what is there", "[base64]") {
  std::string bytes = "oh ";
  CHECK(decode_base64("aGk=", bytes));
  CHECK(bytes == "oh hi");
}

}  // namespace kratix_status
