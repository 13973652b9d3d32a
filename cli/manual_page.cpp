// Makes the manual page, in roff, from the tables that --help is made from.
#include <fmt/format.h>

#include "command_examples.h"
#include "command_table.h"
#include "help_text.h"

namespace kratix_status::cli {

namespace {

constexpr std::string_view description =
    "A Kratix Pipeline reports to the platform user through the file /kratix/metadata/status.yaml. Kratix merges it "
    "into\nthe status of the resource, and kubectl get shows its message. kratix-status changes that file so that the "
    "user\nsees exactly what was set. If that is not possible, it fails and leaves the file unchanged.\n";

// Escapes text for roff, which interprets backslashes, and dots and quotes at the start of a line.
std::string roff(std::string_view text) {
  std::string out;
  bool line_start = true;
  for (const char c : text) {
    if (line_start && (c == '.' || c == '\'')) out += "\\&";
    line_start = c == '\n';
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

// A paragraph that wraps where the terminal does; an empty line starts a new one.
std::string paragraphs(std::string_view text) {
  std::string out = roff(text);
  for (std::size_t at = 0; (at = out.find("\n\n", at)) != std::string::npos;) out.replace(at, 2, "\n.PP\n");
  return out;
}

std::string options(std::span<const Option> list) {
  std::string out;
  for (const Option& option : list) {
    const std::string letter = option.letter == '\0' ? "" : fmt::format("\\fB\\-{}\\fR, ", option.letter);
    const std::string value = option.value_name.empty() ? "" : fmt::format(" \\fI{}\\fR", roff(option.value_name));
    out += fmt::format(".TP\n{}\\fB\\-\\-{}\\fR{}\n{}\n", letter, roff(option.name), value, roff(option.text));
  }
  return out;
}

// Lines of their own, as they are.
std::string verbatim(const std::string& lines) { return ".PP\n.nf\n" + lines + ".fi\n"; }

std::string section(const Command& command) {
  if (!command.subcommands.empty()) {
    std::string out;
    for (const Command& subcommand : command.subcommands) out += section(subcommand);
    return out;
  }
  std::string out = fmt::format(".SS {}\n{}.\n", roff(command.name), roff(command.summary));
  std::string usages;
  for (const std::string_view usage : command.usages) usages += fmt::format("kratix\\-status {}\n", roff(usage));
  out += verbatim(usages);
  if (!command.details.empty()) out += ".PP\n" + paragraphs(command.details);
  std::string lines;
  for (const std::string_view line : examples_of(command.name)) lines += fmt::format("{}\n", roff(line));
  return out + options(command.options) + ".PP\nExamples:\n" + verbatim(lines);
}

}  // namespace

std::string manual_page() {
  std::string out =
      fmt::format(".TH KRATIX\\-STATUS 1 \"\" \"kratix\\-status {}\" \"User Commands\"\n", KRATIX_STATUS_VERSION);
  out += ".SH NAME\nkratix\\-status \\- write what a Kratix Pipeline tells the platform user\n";
  out +=
      ".SH SYNOPSIS\n.B kratix\\-status\n[\\fIOPTION\\fR...] \\fICOMMAND\\fR [\\fIOPTION\\fR...] "
      "[\\fIOPERAND\\fR...]\n";
  out += ".SH DESCRIPTION\n" + paragraphs(description);
  out += ".SH OPTIONS\nOf every command:\n" + options(global_options());
  out += ".SH COMMANDS\n";
  for (const Command& command : commands()) out += section(command);
  out += ".SH EXIT STATUS\n";
  for (std::size_t code = 0; code < exit_codes().size(); ++code)
    out += fmt::format(".TP\n.B {}\n{}\n", code, roff(exit_codes()[code]));
  out += ".SH ENVIRONMENT\n";
  for (const Variable& variable : variables())
    out += fmt::format(".TP\n.B {}\n{}\n", roff(variable.name), roff(variable.text));
  return out;
}

}  // namespace kratix_status::cli
