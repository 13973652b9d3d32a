// Recognizes the files that Kratix reads, even by a misspelt name, and checks their type and mode.
#include "validate/known_files.h"

#include <algorithm>

#include "validate/sorted_findings.h"
#include "value/ascii.h"
#include "value/nearest.h"

namespace kratix_status {

namespace {

constexpr unsigned status_writer = 65532;  // its uid: USER in Kratix's Dockerfile

struct KnownFile {
  std::string_view name;
  std::string_view stem;  // its letters, without the extension
  FileKind kind;
};

// work-creator/cmd/update_status.go and work-creator/lib
constexpr KnownFile known[] = {
    {"status.yaml", "status", FileKind::status},
    {"workflow-control.yaml", "workflowcontrol", FileKind::control},
    {"destination-selectors.yaml", "destinationselectors", FileKind::selectors},
};

// The letters of a name in lower case, without the extension. Empty if the extension is not one of YAML or JSON.
std::string stem_of(std::string_view name) {
  std::string letters;
  for (const char c : lower(name)) {
    if ((c >= 'a' && c <= 'z') || c == '.') letters += c;
  }
  const std::size_t point = letters.rfind('.');
  const std::string extension = point == std::string::npos ? "" : letters.substr(point + 1);
  if (point > 0 && point != std::string::npos) {
    if (extension != "yaml" && extension != "yml" && extension != "json") return {};
    letters.erase(point);
  }
  std::erase(letters, '.');
  return letters;
}

// The file with that name, or the one that the author most likely meant; nullptr if there is none.
const KnownFile* find_known(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(known), std::end(known), [&](const KnownFile& file) { return file.name == name; });
  if (found != std::end(known)) return found;
  const std::string stem = stem_of(name);
  constexpr std::size_t shortest = 4;  // shorter names are too close to others
  if (stem.size() < shortest) return nullptr;
  std::vector<std::string_view> stems;
  for (const KnownFile& file : known) stems.push_back(file.stem);
  const std::string_view near = nearest(stem, stems);
  found = std::find_if(std::begin(known), std::end(known), [&](const KnownFile& file) { return file.stem == near; });
  return found != std::end(known) ? found : nullptr;
}

bool allows(const FileInfo& info, unsigned permission) {
  const unsigned bits = info.owner == status_writer ? info.mode >> 6 : info.mode;
  return (bits & permission) == permission;
}

std::string octal(unsigned mode) {
  std::string text;
  for (int shift = 9; shift >= 0; shift -= 3) text += static_cast<char>('0' + ((mode >> shift) & 7));
  return text;
}

void check_file(const DirectoryEntry& entry, SortedFindings& findings) {
  constexpr unsigned may_read = 04;
  if (entry.info.type == FileInfo::Type::symlink) {
    findings.add({RuleId::symbolic_link, {1, 1}, "the file is a symbolic link"});
  } else if (entry.info.type != FileInfo::Type::regular) {
    findings.add({RuleId::not_a_regular_file, {1, 1}, "this is not a regular file"});
  } else if (!allows(entry.info, may_read)) {
    findings.add(
        {RuleId::file_unreadable, {1, 1}, "mode " + octal(entry.info.mode) + ": uid 65532 cannot read the file"});
  }
}

void check_name(const DirectoryEntry& entry, const KnownFile& meant, SortedFindings& findings) {
  if (entry.name == meant.name) return;
  findings.add({RuleId::misspelt_file_name,
                {1, 1},
                "Kratix does not read a file of this name",
                "rename it to " + std::string(meant.name)});
}

}  // namespace

std::vector<MetadataFile> find_metadata_files(std::span<const DirectoryEntry> entries) {
  constexpr unsigned may_search = 01;
  std::vector<MetadataFile> files;
  for (const DirectoryEntry& entry : entries) {
    SortedFindings findings;
    if (entry.name == ".") {
      if (allows(entry.info, may_search)) continue;
      findings.add({RuleId::directory_unsearchable,
                    {1, 1},
                    "mode " + octal(entry.info.mode) + ": uid 65532 cannot search the directory"});
      files.push_back({".", FileKind::status, false, findings.finish()});
      continue;
    }
    const KnownFile* const meant = find_known(entry.name);
    if (meant == nullptr) continue;
    check_name(entry, *meant, findings);
    check_file(entry, findings);
    files.push_back({entry.name, meant->kind, entry.info.type == FileInfo::Type::regular, findings.finish()});
  }
  return files;
}

}  // namespace kratix_status
