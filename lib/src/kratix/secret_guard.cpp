// Looks for secrets in what a change puts into the status, and decides what becomes of the change.
#include "kratix/secret_guard.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "kratix_status/json.h"
#include "kratix_status/key_path.h"
#include "value/ascii.h"

// Not by <unistd.h>, whose system calls belong to files/.
extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace kratix_status {

namespace {

constexpr const char* mode_variable = "KRATIX_STATUS_SECRETS";

// Whoever holds this much of a longer secret holds enough of it; it bounds what a search costs.
constexpr std::size_t most_compared = 256;

// The last letters of secret_suffixes. Few other names end in one, so most are not compared with each suffix.
constexpr std::string_view last_letters = "DTNYG";
static_assert(std::all_of(std::begin(secret_suffixes), std::end(secret_suffixes),
                          [](std::string_view suffix) { return last_letters.find(suffix.back()) != suffix.npos; }),
              "last_letters lacks the last letter of a suffix");

bool names_secret(std::string_view name) {
  if (name.empty() || last_letters.find(name.back()) == std::string_view::npos) return false;
  return std::any_of(std::begin(secret_suffixes), std::end(secret_suffixes),
                     [&](std::string_view suffix) { return name.ends_with(suffix); });
}

// Without the blanks and newlines at its ends, which a value loses on its way through a shell.
std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

// Whether what is at `key` is the name of a Secret, and not what is in it: passwordSecretName, secretRef.
bool holds_name(std::string_view key) {
  const std::string name = lower(key);
  return name.ends_with("name") || (name.ends_with("ref") && name.find("secret") != std::string::npos);
}

// Where a value is, from the inside out.
struct Place {
  const Place* parent;     // nullptr: the value of the change itself
  std::string_view key{};  // of a map, or else
  std::size_t index = 0;   // of a list
  bool is_index = false;
};

// `root`: where the change puts the value; nullptr for a map that is merged.
std::string text_of(const Place* place, const KeyPath* root) {
  if (place == nullptr) return root == nullptr ? std::string() : root->text();
  const std::string parent = text_of(place->parent, root);
  if (place->is_index) return parent + "[" + std::to_string(place->index) + "]";
  return parent.empty() ? KeyPath::of(std::string(place->key)).text() : parent + "." + key_text(place->key);
}

// A key of the map at `place`, without the key.
std::string key_in(const std::string& place) { return "a key of " + (place.empty() ? "the status" : place); }

// The name of a variable, up to its '='; empty if it is none that holds a secret.
std::string_view secret_name(const char* variable) {
  const char* end = variable;
  while (*end != '=' && *end != '\0') ++end;
  const std::string_view name(variable, static_cast<std::size_t>(end - variable));
  return *end == '=' && names_secret(name) ? name : std::string_view();
}

}  // namespace

std::string FoundSecret::what() const {
  return form ? std::string(form->what) : "the value of the variable " + std::string(variable);
}

const char* const* process_variables() { return environ; }

std::optional<FoundSecret> find_secret(std::string_view text, const char* const* variables) {
  if (text.size() < shortest_secret) return std::nullopt;
  if (const std::optional<SecretForm> form = find_secret_form(text)) return FoundSecret{form, {}};
  for (const char* const* variable = variables; variable != nullptr && *variable != nullptr; ++variable) {
    const std::string_view name = secret_name(*variable);
    if (name.empty()) continue;
    const std::string_view secret = trimmed(*variable + name.size() + 1);
    if (secret.size() < shortest_secret) continue;
    if (text.find(secret.substr(0, most_compared)) != std::string_view::npos) return FoundSecret{std::nullopt, name};
  }
  return std::nullopt;
}

std::optional<FoundSecret> SecretGuard::find(std::string_view text) const { return find_secret(text, variables_); }

Result<bool> SecretGuard::is_refused(const FoundSecret& found) const {
  if (found.form) return true;
  const char* variable = environment_(mode_variable);
  const std::string_view mode = variable == nullptr ? "" : variable;
  if (mode == "refuse") return true;
  if (mode.empty() || mode == "warn") return false;
  return usage_error("variable " + std::string(mode_variable),
                     "must be refuse or warn, not \"" + std::string(mode) + "\"",
                     "unset it to get only a warning for such values");
}

Outcome SecretGuard::judge(const FoundSecret& found, const std::string& place,
                           std::vector<std::string>& warnings) const {
  const Result<bool> is_refused = this->is_refused(found);
  if (!is_refused) return is_refused.error();
  if (!*is_refused) {
    warnings.push_back(place + " holds " + found.what() +
                       ": everybody who may read the resource sees it; give --allow-secret if that is meant");
    return Done{};
  }
  return refused(place, "holds " + found.what() + ": everybody who may read the resource would see it",
                 "keep it in a Secret and publish the Secret's name; give --allow-secret if everybody may see it");
}

Outcome SecretGuard::check(std::string_view text, const std::string& place, std::vector<std::string>& warnings) const {
  const std::optional<FoundSecret> found = find(text);
  return found ? judge(*found, place, warnings) : Done{};
}

// A check of all keys, strings and numbers in one value; their place becomes text only if there is a secret in them.
class SecretGuard::ValueCheck {
 public:
  ValueCheck(const SecretGuard& guard, const KeyPath* root, std::vector<std::string>& warnings)
      : guard_(guard), root_(root), warnings_(warnings) {}

  // `key`: the nearest one above the value
  Outcome check(const Value& value, std::string_view key, const Place* place) {
    if (value.is_string()) return check_text(value.as_string(), key, place);
    if (value.kind() == Value::Kind::integer || value.kind() == Value::Kind::floating)
      return check_text(to_json(value), key, place);
    if (value.is_list()) {
      for (std::size_t i = 0; i < value.as_list().size(); ++i) {
        const Place item{.parent = place, .index = i, .is_index = true};
        if (Outcome outcome = check(value.as_list()[i], key, &item); !outcome) return outcome;
      }
    } else if (value.is_map()) {
      for (const auto& [name, member] : value.as_map()) {
        const Place inner{.parent = place, .key = name};
        if (Outcome outcome = check_key(name, place); !outcome) return outcome;
        if (Outcome outcome = check(member, name, &inner); !outcome) return outcome;
      }
    }
    return Done{};
  }

 private:
  // The place is the map's: the key's own would show it.
  Outcome check_key(std::string_view key, const Place* map) {
    const std::optional<FoundSecret> found = guard_.find(key);
    return found ? guard_.judge(*found, key_in(text_of(map, root_)), warnings_) : Done{};
  }

  Outcome check_text(const std::string& text, std::string_view key, const Place* place) {
    const std::optional<FoundSecret> found = guard_.find(text);
    if (!found || (!found->form && holds_name(key))) return Done{};
    return guard_.judge(*found, "value of " + text_of(place, root_), warnings_);
  }

  const SecretGuard& guard_;
  const KeyPath* root_;
  std::vector<std::string>& warnings_;
};

// The switch has no default, so that the compiler names a new Change::Kind that it lacks.
Outcome SecretGuard::check(const Change& change, std::vector<std::string>& warnings) const {
  switch (change.kind) {
    case Change::Kind::set:
    case Change::Kind::set_once:
    case Change::Kind::append:
    case Change::Kind::append_unique: {
      const std::vector<KeySegment>& segments = change.path->segments();
      for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::optional<FoundSecret> found = find(segments[i].key);
        if (!found) continue;
        if (Outcome outcome = judge(*found, key_in(change.path->text(i)), warnings); !outcome) return outcome;
      }
      return ValueCheck(*this, &*change.path, warnings).check(change.value, segments.back().key, nullptr);
    }
    case Change::Kind::merge: return ValueCheck(*this, nullptr, warnings).check(change.value, {}, nullptr);
    case Change::Kind::set_condition: {
      if (Outcome outcome = check(change.condition.type, "type of a condition", warnings); !outcome) return outcome;
      const std::string place = " of condition " + change.condition.type;
      if (Outcome outcome = check(change.condition.reason, "reason" + place, warnings); !outcome) return outcome;
      return check(change.condition.message, "message" + place, warnings);
    }
    case Change::Kind::remove:
    case Change::Kind::remove_condition: break;
  }
  return Done{};
}

}  // namespace kratix_status
