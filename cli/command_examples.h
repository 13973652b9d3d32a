// The examples that end the help of each command.
#pragma once

#include <string_view>
#include <vector>

namespace kratix_status::cli {

// Lines for a shell; none for a command such as "condition" whose subcommands have them. tests/live/examples.txt says
// what each does, and tests/live/examples.py runs them.
std::vector<std::string_view> examples_of(std::string_view command);

}  // namespace kratix_status::cli
