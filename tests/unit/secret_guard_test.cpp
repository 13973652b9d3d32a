// SecretGuard: what is found in a text, how long it takes, and that Status lets nothing past it.
#include "kratix/secret_guard.h"

#include <string>

#include "memory_file_system.h"
#include "support.h"

namespace kratix_status {

namespace {

const Environment no_environment = [](const char*) -> const char* { return nullptr; };

// In two parts, which keeps scanners of secrets away.
const std::string password_url = std::string("redis://:hunt") + "er2@db";

std::string found(std::string_view text, const char* const* variables = nullptr) {
  const SecretGuard guard(variables, no_environment);
  const std::optional<FoundSecret> secret = guard.find(text);
  return secret ? secret->what() : "nothing";
}

}  // namespace

TEST_CASE("each form has a name of its own and every text", "[secret_guard]") {
  std::vector<std::string_view> names;
  for (const SecretForm& form : secret_forms()) {
    CHECK(std::find(names.begin(), names.end(), form.name) == names.end());
    CHECK((!form.what.empty() && !form.form.empty() && !form.source.empty()));
    names.push_back(form.name);
  }
}

TEST_CASE("a secret is found at each place of a text, and not if a character of it is missing", "[secret_guard]") {
  CHECK(found(password_url) == "a URL with a password");
  CHECK(found("see " + password_url + ".") == "a URL with a password");
  CHECK(found(std::string(100'000, ' ') + password_url) == "a URL with a password");
  for (std::size_t end = 0; end < password_url.size(); ++end) {
    INFO(end);
    CHECK(found(password_url.substr(0, end)) == (end < password_url.size() - 1 ? "nothing" : "a URL with a password"));
  }
}

TEST_CASE("variables are looked at by the ends of their names", "[secret_guard]") {
  const char* const variables[] = {"PATH=/usr/bin:/bin", "NO_EQUALS",           "=C:=x",  "A_TOKEN=",
                                   "B_TOKEN=1234567",    "C_TOKEN= 12345678\n", "TOKEN=", nullptr};
  CHECK(found("/usr/bin:/bin", variables) == "nothing");
  CHECK(found("1234567", variables) == "nothing");
  CHECK(found("x12345678", variables) == "the value of the variable C_TOKEN");
}

// Each text makes a search that starts again at every character look at all that follows.
TEST_CASE("hostile texts cost no more than their length", "[secret_guard]") {
  constexpr std::size_t size = std::size_t{1} << 20;
  const std::string long_secret = "X_SECRET=" + std::string(200, 'a') + "b" + std::string(100'000, 'a');
  const char* const variables[] = {long_secret.c_str(), nullptr};
  for (const char* unit :
       {"eyJ-", "eyJ", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----", "-", "://", "a://a:", "a://a:a", "aa://a:A1/b",
        "gl", "glpat-", ".atlasv1.", "xoxb-", "ghp_", "a", "eyJabcdefgh.eyJabcdefgh."}) {
    std::string text;
    while (text.size() < size) text += unit;
    INFO(unit);
    CHECK(found(text, variables) == "nothing");
  }
}

TEST_CASE("Status writes no secret unless the caller allows it", "[secret_guard]") {
  test::MemoryFileSystem files;
  files.add_directory("/kratix/metadata");
  files.add_directory("/kratix/input");
  const char* const variables[] = {"DB_PASSWORD=correct-horse", nullptr};
  Status status(files, find_pipeline({}, no_environment), no_environment, variables);
  CHECK(
      test::outcome(status.set("db.url", Value(password_url))) ==
      "refused: value of db.url: holds a URL with a password: everybody who may read the resource would see it (keep it in "
      "a Secret and publish the Secret's name; give --allow-secret if everybody may see it)");
  CHECK(files.text("/kratix/metadata/status.yaml") == std::nullopt);
  CHECK(test::outcome(status.set("db.login", "app/correct-horse")) == "ok");
  CHECK(
      test::escaped(status.take_warnings()) ==
      std::vector<std::string>{
          "value of db.login holds the value of the variable DB_PASSWORD: everybody who may read the resource sees it; "
          "give --allow-secret if that is meant"});
  CHECK(test::outcome(status.set("db.url", Value(password_url), {.allow_secret = true})) == "ok");
  CHECK(status.take_warnings().empty());
}

}  // namespace kratix_status
