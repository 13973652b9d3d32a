// Takes the command line apart, runs the command, and turns what happened into an exit code.
#include <exception>
#include <new>

#include "arguments.h"
#include "commands.h"
#include "invocation.h"
#include "kratix_status/file_system.h"
#include "output.h"

namespace kratix_status::cli {

namespace {

std::vector<Option> options_of(const Command& command) {
  std::vector<Option> options(command.options.begin(), command.options.end());
  const auto global = global_options();
  options.insert(options.end(), global.begin(), global.end());
  return options;
}

int run(const std::vector<std::string>& arguments) {
  Options options;
  std::span<const std::string> rest = arguments;
  Result<std::size_t> taken = parse_options(rest, global_options(), options);
  if (!taken) return report(taken.error());
  rest = rest.subspan(*taken);
  if (options.has("version")) return answer(version_line());
  if (rest.empty()) {
    if (options.has("help")) return answer(overview());
    return report(usage_error("command line", "a command is missing", "kratix-status help lists the commands"));
  }
  const Command* command = find_command(rest.front());
  if (command == nullptr) return report(unknown_command(rest.front()));
  rest = rest.subspan(1);
  taken = parse_options(rest, options_of(*command), options);
  if (!taken) return report(taken.error());
  rest = rest.subspan(*taken);
  if (options.has("version")) return answer(version_line());
  if (options.has("help")) return answer(help_on(*command));
  Invocation invocation(*command, std::move(options), {rest.begin(), rest.end()}, real_file_system());
  return command->run(invocation);
}

}  // namespace

}  // namespace kratix_status::cli

int main(int argc, char** argv) {
  using namespace kratix_status;
  prepare_process();
  try {
    return cli::run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc));
  } catch (const std::bad_alloc&) {
    return cli::report({ErrorKind::io, "memory", "out of memory; no file was left half written", {}, {}});
  } catch (const std::exception& e) {
    return cli::report(
        {ErrorKind::io, "internal error", e.what(), "please report it; no file was left half written", {}});
  }
}
