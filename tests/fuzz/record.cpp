// Writes Kratix's answer beside each of the files given, for replaying where there is no Go: fuzz-record FILE...
#include <fstream>
#include <iterator>
#include <string>

#include "kratix_reader.h"

int main(int count, char** files) {
  for (int i = 1; i < count; ++i) {
    std::ifstream stream(files[i], std::ios::binary);
    const std::string document{std::istreambuf_iterator<char>(stream), {}};
    const auto answer = fuzz::ask_kratix(document);
    if (!stream.is_open() || !answer) return 1;
    std::ofstream(std::string(files[i]) + ".answer") << (answer->refused ? "error " : "json ") << answer->text << "\n";
  }
  return 0;
}
