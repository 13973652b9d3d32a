// Secrets that a text shows by its form: private keys, tokens with a prefix of their own, URLs with a password.
//
// Only forms that nothing else has are listed, since a value that is refused by mistake stops somebody's Pipeline. A
// token counts only if what follows its prefix looks random, so that prose and placeholders ("ghp_xxxx...") do not.
// Functions here keep no state.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace kratix_status {

struct SecretForm {
  std::string_view name;    // stable: "github-token"
  std::string_view what;    // for messages: "a GitHub token"
  std::string_view form;    // for people: how it is recognized
  std::string_view source;  // who says that a text of this form is a secret
};

std::vector<SecretForm> secret_forms();

// The form of the first secret in `text`; nullopt if there is none. One pass, in time linear in `text`.
std::optional<SecretForm> find_secret_form(std::string_view text);

}  // namespace kratix_status
