// FILE.answer beside the replayed FILE: "json ..." or "error ...", as fuzz-record and make-seeds write it. Of other
// documents than that file nothing is known.
#include <fstream>
#include <iterator>

#include "kratix_reader.h"
#include "replay.h"

namespace fuzz {

namespace {

std::string content(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

std::optional<KratixAnswer> ask_kratix(std::string_view document) {
  if (content(replayed_file()) != document) return std::nullopt;
  std::string answer = content(replayed_file().string() + ".answer");
  if (answer.ends_with('\n')) answer.pop_back();
  if (answer.starts_with("json ")) return KratixAnswer{false, answer.substr(5)};
  if (answer.starts_with("error ")) return KratixAnswer{true, answer.substr(6)};
  return std::nullopt;
}

}  // namespace fuzz
