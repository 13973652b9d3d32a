// The table of forms, and the marks by which they are found.
#include "value/secret_form.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

#include "value/ascii.h"
#include "value/text_column.h"

namespace kratix_status {

namespace {

constexpr std::string_view gitleaks = "gitleaks, config/gitleaks.toml";

// In the order of `forms`.
enum Form : std::uint8_t {
  service_account_token,
  json_web_token,
  private_key,
  url_with_password,
  github_token,
  gitlab_token,
  aws_access_key,
  azure_storage_key,
  google_api_key,
  google_client_secret,
  openshift_token,
  vault_token,
  terraform_token,
  pulumi_token,
  one_password_token,
  age_key,
  docker_token,
  npm_token,
  pypi_token,
  slack_token,
  slack_webhook,
  stripe_key,
  sendgrid_key,
  databricks_token,
  digitalocean_token,
  dynatrace_token,
  grafana_token,
  planetscale_password,
  openai_key,
  anthropic_key,
  huggingface_token,
  form_count,
};

constexpr SecretForm forms[] = {
    {"service-account-token", "the token of a Kubernetes service account",
     "a JSON Web Token whose claims name system:serviceaccount:", "Kubernetes, Managing Service Accounts"},
    {"json-web-token", "a JSON Web Token", "three parts in base64url with dots between, the first with an alg",
     "RFC 7519, RFC 7515"},
    {"private-key", "a private key", "-----BEGIN ... PRIVATE KEY----- or -----END ..., beside a line of base64",
     "RFC 7468"},
    {"url-with-password", "a URL with a password", "scheme://user:password@host, unless the password is a placeholder",
     "RFC 3986, section 7.5"},
    {"github-token", "a GitHub token", "ghp_, gho_, ghu_, ghs_, ghr_ or github_pat_", gitleaks},
    {"gitlab-token", "a GitLab token", "glpat-, gldt-, glrt-, glcbt-, glptt-, glft-, glsoat-, glagent- or gloas-",
     gitleaks},
    {"aws-access-key", "an AWS access key", "AKIA or ASIA and 16 of A-Z and 2-7", gitleaks},
    {"azure-storage-key", "an Azure storage key", "AccountKey= and 64 bytes in base64",
     "Azure Storage, connection strings"},
    {"google-api-key", "a Google API key", "AIza and 35 characters", gitleaks},
    {"google-client-secret", "a Google OAuth client secret", "GOCSPX- and 28 characters", "GitHub, secret scanning"},
    {"openshift-token", "an OpenShift token", "sha256~ and 43 characters", gitleaks},
    {"vault-token", "a Vault token", "hvs., hvb. or hvr.", gitleaks},
    {"terraform-token", "an HCP Terraform token", "14 characters, .atlasv1. and 60 or more", gitleaks},
    {"pulumi-token", "a Pulumi token", "pul- and 40 hexadecimal digits", gitleaks},
    {"1password-token", "a 1Password service account's token", "ops_eyJ and 250 or more of base64", gitleaks},
    {"age-key", "an age secret key", "AGE-SECRET-KEY-1 and 58 characters", gitleaks},
    {"docker-token", "a Docker token", "dckr_pat_ or dckr_oat_", "GitHub, secret scanning"},
    {"npm-token", "an npm token", "npm_ and 36 characters", gitleaks},
    {"pypi-token", "a PyPI token", "pypi-AgEIcHlwaS5vcmc", gitleaks},
    {"slack-token", "a Slack token", "xoxb-, xoxp-, xoxa-, xoxe-, xoxo-, xoxr-, xoxs- or xapp-, and a digit", gitleaks},
    {"slack-webhook", "the URL of a Slack webhook", "hooks.slack.com/services/ and its three parts", gitleaks},
    {"stripe-key", "a Stripe key", "sk_live_ or rk_live_", gitleaks},
    {"sendgrid-key", "a SendGrid key", "SG. and 66 characters", gitleaks},
    {"databricks-token", "a Databricks token", "dapi and 32 hexadecimal digits", gitleaks},
    {"digitalocean-token", "a DigitalOcean token", "dop_v1_, doo_v1_ or dor_v1_ and 64 hexadecimal digits", gitleaks},
    {"dynatrace-token", "a Dynatrace token", "dt0c01. and two parts", gitleaks},
    {"grafana-token", "a Grafana token", "glsa_ or glc_", gitleaks},
    {"planetscale-password", "a PlanetScale password", "pscale_pw_, pscale_tkn_ or pscale_oauth_", gitleaks},
    {"openai-key", "an OpenAI key", "sk-proj-, sk-svcacct- or sk-admin-, and 100 characters or more", gitleaks},
    {"anthropic-key", "an Anthropic key", "sk-ant- and 80 characters or more", gitleaks},
    {"huggingface-token", "a Hugging Face token", "hf_ and 34 letters", gitleaks},
};
static_assert(std::size(forms) == form_count, "the table has one row for each Form, in their order");

// What is compiled in, without addresses.
constexpr auto names = text_column<forms, &SecretForm::name>();
constexpr auto whats = text_column<forms, &SecretForm::what>();
constexpr auto descriptions = text_column<forms, &SecretForm::form>();
constexpr auto sources = text_column<forms, &SecretForm::source>();

SecretForm form_of(std::size_t row) { return {names[row], whats[row], descriptions[row], sources[row]}; }

// The characters that a token is made of.
enum class Charset : std::uint8_t {
  digit,
  letter,
  hex,
  upper_alphanumeric,
  alphanumeric,
  word,       // with '_'
  base32,     // A-Z, 2-7
  base64,     // with '+', '/' and '='
  base64url,  // with '_' and '-'
  path,       // with '/'
  dotted,     // base64url and '.'
  padded,     // base64url and '='
  dotted_padded,
};

bool is_in(Charset set, char c) {
  const bool is_upper = c >= 'A' && c <= 'Z';
  const bool is_base64url = is_alphanumeric(c) || c == '_' || c == '-';
  switch (set) {
    case Charset::digit: return is_digit(c);
    case Charset::letter: return is_letter(c);
    case Charset::hex: return is_digit(c) || (c >= 'a' && c <= 'f');
    case Charset::upper_alphanumeric: return is_upper || is_digit(c);
    case Charset::alphanumeric: return is_alphanumeric(c);
    case Charset::word: return is_alphanumeric(c) || c == '_';
    case Charset::base32: return is_upper || (c >= '2' && c <= '7');
    case Charset::base64: return is_alphanumeric(c) || c == '+' || c == '/' || c == '=';
    case Charset::base64url: return is_base64url;
    case Charset::path: return is_alphanumeric(c) || c == '/';
    case Charset::dotted: return is_base64url || c == '.';
    case Charset::padded: return is_base64url || c == '=';
    case Charset::dotted_padded: return is_base64url || c == '.' || c == '=';
  }
  return false;
}

// How many characters from `at` on are in `set`, at most `most`.
std::size_t run(std::string_view text, std::size_t at, Charset set, std::size_t most) {
  const std::string_view rest = text.substr(std::min(at, text.size()), most);
  const auto end = std::find_if_not(rest.begin(), rest.end(), [&](char c) { return is_in(set, c); });
  return static_cast<std::size_t>(end - rest.begin());
}

bool has_capital(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// A digit, or letters of both cases: neither words with dashes between nor rows of x have them.
bool looks_random(std::string_view text) {
  const auto has = [&](bool (*is_such)(char)) { return std::any_of(text.begin(), text.end(), is_such); };
  return has(is_digit) || (has([](char c) { return c >= 'a' && c <= 'z'; }) && has_capital(text));
}

// ---- JSON Web Tokens

std::string decode_base64url(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    bits = (bits << 6) | static_cast<unsigned>(digits.find(c));
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> count) & 0xFF);
  }
  return bytes;
}

// The claims of the token whose header is at `at`; empty if there is none.
std::string_view claims_of_token(std::string_view text, std::size_t at) {
  constexpr std::string_view object = "eyJ";  // {" in base64
  constexpr std::size_t shortest_part = 10;
  // A token that starts within another word of these characters is none; so each of them is looked at once only.
  if (at > 0 && is_in(Charset::base64url, text[at - 1])) return {};
  const std::size_t header = run(text, at, Charset::base64url, SIZE_MAX);
  const std::size_t claims_at = at + header + 1;
  if (header < shortest_part || claims_at >= text.size() || text[claims_at - 1] != '.') return {};
  if (!text.substr(claims_at).starts_with(object)) return {};
  const std::size_t claims = run(text, claims_at, Charset::base64url, SIZE_MAX);
  const std::size_t signature_at = claims_at + claims + 1;
  if (claims < shortest_part || signature_at >= text.size() || text[signature_at - 1] != '.') return {};
  if (run(text, signature_at, Charset::base64url, shortest_part) < shortest_part) return {};
  const bool has_algorithm = decode_base64url(text.substr(at, header)).find("\"alg\"") != std::string::npos;
  return has_algorithm ? text.substr(claims_at, claims) : std::string_view();
}

bool is_service_account_token(std::string_view text, std::size_t at) {
  const std::string_view claims = claims_of_token(text, at);
  return !claims.empty() && decode_base64url(claims).find("system:serviceaccount:") != std::string::npos;
}

bool is_json_web_token(std::string_view text, std::size_t at) { return !claims_of_token(text, at).empty(); }

// ---- Private keys

constexpr std::string_view dashes = "-----";
constexpr std::size_t shortest_line = 40;  // of a key's base64

// "RSA PRIVATE KEY", "PGP PRIVATE KEY BLOCK" and the dashes behind it. Its length; 0 if it is something else.
std::size_t private_key_label(std::string_view text) {
  constexpr std::size_t longest = 60;
  const std::size_t end = text.substr(0, longest).find(dashes);
  if (end == std::string_view::npos) return 0;
  const std::string_view label = text.substr(0, end);
  return label.ends_with("PRIVATE KEY") || label.ends_with("PRIVATE KEY BLOCK") ? end + dashes.size() : 0;
}

bool holds_line_of_base64(std::string_view text) {
  std::size_t length = 0;
  return std::any_of(text.begin(), text.end(), [&](char c) {
    length = is_in(Charset::base64, c) ? length + 1 : 0;
    return length == shortest_line;
  });
}

bool begins_private_key(std::string_view text, std::size_t at) {
  text.remove_prefix(at + std::string_view("-----BEGIN ").size());
  const std::size_t label = private_key_label(text);
  if (label == 0) return false;
  text.remove_prefix(label);
  return holds_line_of_base64(text.substr(0, text.find(dashes)));
}

bool ends_private_key(std::string_view text, std::size_t at) {
  constexpr std::size_t looked_at = 200;
  if (private_key_label(text.substr(at + std::string_view("-----END ").size())) == 0) return false;
  const std::size_t start = at < looked_at ? 0 : at - looked_at;
  return holds_line_of_base64(text.substr(start, at - start));
}

// ---- URLs

// A '/', '#', '|' or '^' in a password must be percent-encoded (RFC 3986): where it is not, this is no URL, and what
// looks like a user and a password is more often a host and a path.
bool ends_authority(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= ' ' || byte == 0x7F || std::string_view("/?#\"'<>`\\|^").find(c) != std::string_view::npos;
}

// docker://nginx:1.25@sha256:... names an image by tag and digest
bool is_digest(std::string_view host) { return host.starts_with("sha256:") || host.starts_with("sha512:"); }

// A port, and what prose puts behind it: "http://example.com:8080, or mail to x@example.com".
bool is_port_in_prose(std::string_view password) {
  const std::size_t digits = run(password, 0, Charset::digit, 6);
  return digits > 0 && digits < 6 && digits < password.size() &&
         std::string_view(",;)").find(password[digits]) != std::string_view::npos;
}

// Variables of a shell or a template, and what joins them: $PASSWORD, $$PASSWORD, ${USER}-${PASSWORD:-x}, $1, $(cat f).
bool is_variables(std::string_view text) {
  while (!text.empty()) {
    if (std::string_view("-_.:").find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
      continue;
    }
    const std::size_t sigils = text.find_first_not_of('$');
    if (sigils == 0 || sigils == std::string_view::npos) return false;
    text.remove_prefix(sigils);
    const bool is_enclosed = text.front() == '{' || text.front() == '(';
    const std::size_t name = is_enclosed ? text.rfind(text.front() == '{' ? '}' : ')') + 1
                                         : run(text, 0, Charset::word, is_digit(text.front()) ? 1 : SIZE_MAX);
    if (name == 0) return false;
    text.remove_prefix(name);
  }
  return true;
}

// What stands for a password in examples, templates and logs: all of it, since a password may start with any character.
bool is_placeholder(std::string_view password) {
  constexpr std::string_view words[] = {"PASSWORD", "PASS", "SECRET", "REDACTED", "redacted", "MASKED", "HIDDEN"};
  constexpr std::string_view starts[] = {"%s", "%(", "%v", "\xE2\x80\xA2"};  // the last is a bullet
  constexpr std::string_view fillers = "*xX.-_";
  const char first = password.front();
  const char last = password.back();
  const bool is_filled = fillers.find(first) != std::string_view::npos &&
                         password.find_first_not_of(first) == std::string_view::npos && password.size() > 1;
  return is_filled || password == "*" || (first == '{' && last == '}') || (first == '[' && last == ']') ||
         (first == '$' && is_variables(password)) ||
         std::find(std::begin(words), std::end(words), password) != std::end(words) ||
         std::any_of(std::begin(starts), std::end(starts),
                     [&](std::string_view start) { return password.starts_with(start); });
}

// `at`: of "://"
bool is_url_with_password(std::string_view text, std::size_t at) {
  if (at < 2 || !is_alphanumeric(text[at - 1]) || !is_alphanumeric(text[at - 2])) return false;
  const std::string_view rest = text.substr(at + 3);
  const auto end = std::find_if(rest.begin(), rest.end(), ends_authority);
  const std::string_view authority = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  const std::size_t host = authority.rfind('@');
  if (host == std::string_view::npos || host + 1 == authority.size()) return false;
  const std::string_view user = authority.substr(0, host);
  const std::size_t colon = user.find(':');
  if (colon == std::string_view::npos || colon + 1 == user.size()) return false;
  const std::string_view password = user.substr(colon + 1);
  return !is_digest(authority.substr(host + 1)) && !is_port_in_prose(password) && !is_placeholder(password);
}

// ---- Tokens

bool is_slack_token(std::string_view text, std::size_t at) {
  const std::size_t body = text.find('-', at) + 1;
  constexpr std::size_t shortest = 16;
  constexpr std::size_t longest = 128;  // bounded, so that a row of such starts takes time linear in its length
  const std::size_t length = run(text, body, Charset::base64url, longest);
  if (body >= text.size() || !is_digit(text[body]) || length < shortest) return false;
  const std::string_view parts = text.substr(body, length);
  // Numbers of ten digits and more, or capitals: names with dashes between have neither.
  return has_capital(parts) || std::count_if(parts.begin(), parts.end(), is_digit) >= 10;
}

// `at`: of ".atlasv1."
bool is_terraform_token(std::string_view text, std::size_t at) {
  constexpr std::size_t before = 14;
  constexpr std::size_t shortest = 60;
  const std::size_t body = at + std::string_view(".atlasv1.").size();
  return at >= before && run(text, at - before, Charset::alphanumeric, before) == before &&
         run(text, body, Charset::padded, shortest) == shortest;
}

// ---- Marks

// How the text at a mark is judged.
enum class Check : std::uint8_t {
  token,
  private_key_begin,
  private_key_end,
  terraform,
  url,
  service_account,
  web_token,
  slack,
};

// What a secret starts with, or what is in the middle of it. Behind the prefix of a token come `least` to `most` (0:
// any number more) characters of `set`, and then neither a letter nor a digit. No mark holds an address.
struct Mark {
  char prefix[27];  // ends with a zero
  Form form;
  Charset set;
  std::uint8_t least = 0;
  std::uint8_t most = 0;
  Check check = Check::token;
};

template <std::size_t Size>
constexpr Mark special(const char (&prefix)[Size], Form form, Check check) {
  Mark mark{"", form, Charset::word, 0, 0, check};
  std::copy_n(prefix, Size, mark.prefix);
  return mark;
}

// Sorted by their first characters.
constexpr Mark marks[] = {
    special("-----BEGIN ", private_key, Check::private_key_begin),
    special("-----END ", private_key, Check::private_key_end),
    special(".atlasv1.", terraform_token, Check::terraform),
    special("://", url_with_password, Check::url),
    {"AGE-SECRET-KEY-1", age_key, Charset::upper_alphanumeric, 58, 58},
    {"AIza", google_api_key, Charset::base64url, 35, 35},
    {"AKIA", aws_access_key, Charset::base32, 16, 16},
    {"ASIA", aws_access_key, Charset::base32, 16, 16},
    {"AccountKey=", azure_storage_key, Charset::base64, 88, 88},
    {"GOCSPX-", google_client_secret, Charset::base64url, 28, 28},
    {"SG.", sendgrid_key, Charset::dotted, 66, 66},
    {"dapi", databricks_token, Charset::hex, 32, 32},
    {"dckr_oat_", docker_token, Charset::base64url, 27},
    {"dckr_pat_", docker_token, Charset::base64url, 27},
    {"doo_v1_", digitalocean_token, Charset::hex, 64, 64},
    {"dop_v1_", digitalocean_token, Charset::hex, 64, 64},
    {"dor_v1_", digitalocean_token, Charset::hex, 64, 64},
    {"dt0c01.", dynatrace_token, Charset::dotted, 89, 89},
    special("eyJ", service_account_token, Check::service_account),
    special("eyJ", json_web_token, Check::web_token),
    {"ghp_", github_token, Charset::alphanumeric, 36},
    {"gho_", github_token, Charset::alphanumeric, 36},
    {"ghu_", github_token, Charset::alphanumeric, 36},
    {"ghs_", github_token, Charset::alphanumeric, 36},
    {"ghr_", github_token, Charset::alphanumeric, 36},
    {"github_pat_", github_token, Charset::word, 82},
    {"glagent-", gitlab_token, Charset::base64url, 50},
    {"glc_", grafana_token, Charset::base64, 32},
    {"glcbt-", gitlab_token, Charset::base64url, 20},
    {"gldt-", gitlab_token, Charset::base64url, 20},
    {"glft-", gitlab_token, Charset::base64url, 20},
    {"gloas-", gitlab_token, Charset::base64url, 64},
    {"glpat-", gitlab_token, Charset::base64url, 20},
    {"glptt-", gitlab_token, Charset::hex, 40},
    {"glrt-", gitlab_token, Charset::base64url, 20},
    {"glsa_", grafana_token, Charset::word, 41, 41},
    {"glsoat-", gitlab_token, Charset::base64url, 20},
    {"hf_", huggingface_token, Charset::letter, 34, 34},
    {"hooks.slack.com/services/T", slack_webhook, Charset::path, 40},
    {"hvb.", vault_token, Charset::base64url, 24},
    {"hvr.", vault_token, Charset::base64url, 24},
    {"hvs.", vault_token, Charset::base64url, 24},
    {"npm_", npm_token, Charset::alphanumeric, 36, 36},
    {"ops_eyJ", one_password_token, Charset::base64, 250},
    {"pscale_oauth_", planetscale_password, Charset::dotted_padded, 32},
    {"pscale_pw_", planetscale_password, Charset::dotted_padded, 32},
    {"pscale_tkn_", planetscale_password, Charset::dotted_padded, 32},
    {"pul-", pulumi_token, Charset::hex, 40, 40},  // a git SHA behind pul- looks the same
    {"pypi-AgEIcHlwaS5vcmc", pypi_token, Charset::base64url, 50},
    {"rk_live_", stripe_key, Charset::alphanumeric, 24},
    {"sha256~", openshift_token, Charset::base64url, 43, 43},
    {"sk-admin-", openai_key, Charset::base64url, 100},
    {"sk-ant-", anthropic_key, Charset::base64url, 80},
    {"sk-proj-", openai_key, Charset::base64url, 100},
    {"sk-svcacct-", openai_key, Charset::base64url, 100},
    {"sk_live_", stripe_key, Charset::alphanumeric, 24},
    special("xapp-", slack_token, Check::slack),
    special("xoxa-", slack_token, Check::slack),
    special("xoxb-", slack_token, Check::slack),
    special("xoxe-", slack_token, Check::slack),
    special("xoxo-", slack_token, Check::slack),
    special("xoxp-", slack_token, Check::slack),
    special("xoxr-", slack_token, Check::slack),
    special("xoxs-", slack_token, Check::slack),
};

// The marks that begin with one character: marks[first] to marks[last], not included.
struct Range {
  std::uint8_t first = 0;
  std::uint8_t last = 0;
  bool is_alphanumeric = false;
};

constexpr std::size_t ascii = 128;

constexpr std::array<Range, ascii> make_ranges() {
  std::array<Range, ascii> ranges{};
  for (std::size_t c = 0; c < ascii; ++c) ranges[c].is_alphanumeric = is_alphanumeric(static_cast<char>(c));
  for (std::size_t i = 0; i < std::size(marks); ++i) {
    Range& range = ranges[static_cast<unsigned char>(marks[i].prefix[0])];
    if (range.last == 0) range.first = static_cast<std::uint8_t>(i);
    range.last = static_cast<std::uint8_t>(i + 1);
  }
  return ranges;
}
constexpr std::array<Range, ascii> ranges = make_ranges();

constexpr bool are_sorted() {
  for (std::size_t i = 1; i < std::size(marks); ++i) {
    if (marks[i - 1].prefix[0] > marks[i].prefix[0]) return false;
  }
  return std::size(marks) < 256;
}
static_assert(are_sorted(), "ranges holds the marks by their first characters");

bool is_token(const Mark& mark, std::string_view text, std::size_t body) {
  const std::size_t length = run(text, body, mark.set, mark.most == 0 ? mark.least : mark.most);
  if (length < mark.least) return false;
  const std::size_t end = body + length;
  if (mark.most != 0 && end < text.size() && (is_alphanumeric(text[end]) || is_in(mark.set, text[end]))) return false;
  const std::string_view token = text.substr(body, length);
  // Of 20 random characters of base64url, one is a capital: names with dashes between have none.
  if (mark.set == Charset::base64url && !has_capital(token)) return false;
  return mark.form == aws_access_key || looks_random(token);
}

bool is_at(const Mark& mark, std::string_view text, std::size_t at) {
  // Most words differ from the mark in their second character; nothing is called for these.
  if (at + 1 >= text.size() || text[at + 1] != mark.prefix[1]) return false;
  const std::string_view prefix = mark.prefix;
  if (!text.substr(at).starts_with(prefix)) return false;
  switch (mark.check) {
    case Check::token: return is_token(mark, text, at + prefix.size());
    case Check::private_key_begin: return begins_private_key(text, at);
    case Check::private_key_end: return ends_private_key(text, at);
    case Check::terraform: return is_terraform_token(text, at);
    case Check::url: return is_url_with_password(text, at);
    case Check::service_account: return is_service_account_token(text, at);
    case Check::web_token: return is_json_web_token(text, at);
    case Check::slack: return is_slack_token(text, at);
  }
  return false;
}

}  // namespace

std::vector<SecretForm> secret_forms() {
  std::vector<SecretForm> all;
  for (std::size_t row = 0; row < form_count; ++row) all.push_back(form_of(row));
  return all;
}

std::optional<SecretForm> find_secret_form(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= ascii) continue;
    const Range range = ranges[c];
    for (std::size_t i = range.first; i < range.last; ++i) {
      if (is_at(marks[i], text, at)) return form_of(marks[i].form);
    }
    // Nothing begins within a word.
    if (!range.is_alphanumeric) continue;
    while (at + 1 < text.size() && is_alphanumeric(text[at + 1])) ++at;
  }
  return std::nullopt;
}

}  // namespace kratix_status
