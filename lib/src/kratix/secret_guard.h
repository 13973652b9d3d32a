// SecretGuard: keeps secrets out of what the platform user sees.
//
// Every value that Status writes passes through it. A secret that the text shows by its form (value/secret_form.h) is
// refused. A text that holds the value of a variable whose name says that it is a secret is warned of, or refused with
// KRATIX_STATUS_SECRETS=refuse. Messages name the form or the variable, and never the text. Nothing is redacted: a
// value gets in as it is, or not at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/pipeline.h"
#include "kratix_status/result.h"
#include "kratix_status/status.h"
#include "value/secret_form.h"

namespace kratix_status {

// The ends of names of variables that hold secrets: what Buildkite's agent redacts unless its option redacted-vars says
// otherwise.
inline constexpr char secret_suffixes[][20] = {
    "_PASSWORD", "_SECRET", "_TOKEN", "_PRIVATE_KEY", "_ACCESS_KEY", "_SECRET_KEY", "_CONNECTION_STRING"};

// Shorter values of variables are found in too many texts by chance; bytes.
inline constexpr std::size_t shortest_secret = 8;

struct FoundSecret {
  std::optional<SecretForm> form{};  // or else
  std::string_view variable{};       // whose value the text holds

  // "a GitHub token", "the value of the variable DB_PASSWORD"
  std::string what() const;
};

// The variables of this process, as SecretGuard takes them.
const char* const* process_variables();

// The first secret in `text`; the same as SecretGuard::find().
std::optional<FoundSecret> find_secret(std::string_view text, const char* const* variables);

class SecretGuard {
 public:
  // `variables`: "NAME=VALUE" as environ has them, with nullptr at the end; nullptr for none. They outlive this object.
  SecretGuard(const char* const* variables, const Environment& environment)
      : variables_(variables), environment_(environment) {}

  std::optional<FoundSecret> find(std::string_view text) const;

  // Whether the text must not be published: it shows a secret, or KRATIX_STATUS_SECRETS refuses what it holds. Fails
  // with ErrorKind::usage if the variable is neither `refuse` nor `warn`.
  Result<bool> is_refused(const FoundSecret& found) const;

  // Checks what the change puts into the status, down to the last item of a list or map. Fails with ErrorKind::refused,
  // naming the place, or as is_refused() does.
  Outcome check(const Change& change, std::vector<std::string>& warnings) const;
  // The same of one text. `place`: "value of login.token"
  Outcome check(std::string_view text, const std::string& place, std::vector<std::string>& warnings) const;

 private:
  class ValueCheck;
  Outcome judge(const FoundSecret& found, const std::string& place, std::vector<std::string>& warnings) const;

  const char* const* variables_;
  const Environment& environment_;
};

}  // namespace kratix_status
