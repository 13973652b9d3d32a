// Runs a fuzz target over files: replay FILE-OR-DIRECTORY... A broken law aborts; the file is named before it is run.
// Files whose name ends in .answer belong to the file beside them (kratix_reader_recorded.cpp).
#include "replay.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::filesystem::path current;

std::vector<std::filesystem::path> files_in(const std::filesystem::path& place) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(place)) return {place};
  for (const auto& entry : std::filesystem::directory_iterator(place)) {
    if (entry.is_regular_file() && entry.path().extension() != ".answer") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// The name stays on the screen only if the target aborts.
void run(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(stream), {}};
  // A copy of the exact size, so that a sanitizer sees a step past the end.
  const std::vector<std::uint8_t> data(bytes.begin(), bytes.end());
  current = file;
  std::fprintf(stderr, "%s\n", file.c_str());
  LLVMFuzzerTestOneInput(data.data(), data.size());
}

}  // namespace

const std::filesystem::path& fuzz::replayed_file() { return current; }

int main(int count, char** arguments) {
  std::size_t inputs = 0;
  for (int i = 1; i < count; ++i) {
    for (const auto& file : files_in(arguments[i])) {
      run(file);
      ++inputs;
    }
  }
  std::printf("%zu inputs\n", inputs);
  return inputs > 0 ? 0 : 1;
}
