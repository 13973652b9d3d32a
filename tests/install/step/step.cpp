// A Pipeline's step in C++: sets the message.
#include <kratix_status/metadata_dir.h>
#include <kratix_status/pipeline.h>
#include <kratix_status/status_change.h>

#include <cstdlib>
#include <iostream>

using namespace kratix_status;

int main() {
  const Pipeline pipeline = find_pipeline({}, [](const char* name) -> const char* { return std::getenv(name); });
  const std::vector<Change> changes{{Change::Kind::set, KeyPath::of("message"), "ready: 100%"}};
  const auto change = [&](std::optional<std::string_view> old) -> Result<std::optional<std::string>> {
    Result<ChangedStatus> changed = change_status(old, changes, {.name = status_file});
    if (!changed) return changed.error();
    return changed->text;
  };
  std::vector<std::string> warnings;
  const Outcome done =
      MetadataDir(real_file_system(), pipeline.metadata_dir).replace(status_file, change, 30'000, warnings);
  if (!done) std::cerr << done.error().context << ": " << done.error().cause << "\n";
  return done ? 0 : 1;
}
