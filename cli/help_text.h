// The texts that --help, --version and `help --man` print, made from the table of commands.
#pragma once

#include <string>

#include "command_table.h"

namespace kratix_status::cli {

std::string version_line();

// What kratix-status is for, its commands, options and exit codes.
std::string overview();

std::string help_on(const Command& command);

// The manual page of all commands, in roff.
std::string manual_page();

}  // namespace kratix_status::cli
