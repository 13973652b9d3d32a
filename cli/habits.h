// Other tools' words for our commands, so that an error can name the command that was meant.
#pragma once

#include <string_view>

namespace kratix_status::cli {

// "keys or get" for "ls"; empty if no other tool is known to use `word`. `in_group`: behind `condition`.
std::string_view commands_for_habit(std::string_view word, bool in_group);

}  // namespace kratix_status::cli
