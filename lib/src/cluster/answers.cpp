// The table of the API server's answers.
#include "cluster/answers.h"

#include <algorithm>
#include <optional>

#include "kratix_status/json.h"
#include "value/ascii.h"
#include "value/number.h"

namespace kratix_status {

namespace {

// k8s.io/apimachinery/pkg/api/errors makes these. The row 0 is the last: 5xx and what nobody expects.
constexpr Answer answers[] = {
    {400, Then::stop, ErrorKind::io, "the request is not understood", "report this, with the version of Kubernetes"},
    {401, Then::new_token, ErrorKind::io, "the token is not accepted",
     "is the service account's token mounted, and not expired?"},
    {403, Then::stop, ErrorKind::io, "the Pipeline's service account may not do this",
     "its Role must allow get and patch of the object and its status, as Kratix's own does"},
    {404, Then::stop, ErrorKind::io, "the object is not there",
     "was it deleted, or do KRATIX_OBJECT_NAME and KRATIX_CRD_PLURAL name another one?"},
    {405, Then::stop, ErrorKind::io, "the API has no status to patch", "the CRD needs the status subresource"},
    {409, Then::read_again, ErrorKind::io, "somebody else keeps changing the object", "raise --timeout"},
    {413, Then::stop, ErrorKind::io, "the status is too large", ""},
    {415, Then::stop, ErrorKind::io, "the server does not accept merge patches", ""},
    {422, Then::stop, ErrorKind::refused, "Kubernetes refuses the status", "fix it in status.yaml: `preview` shows it"},
    {429, Then::again, ErrorKind::io, "the server has too many requests", "raise --timeout"},
    {0, Then::again, ErrorKind::io, "the server has an internal problem", "raise --timeout"},
};

// etcd's own limit comes as a 500, and stays.
constexpr Answer too_large = {500, Then::stop, ErrorKind::io, "the object is too large for etcd", ""};
constexpr Answer success = {200, Then::done, ErrorKind::io, "", ""};
// Of 3xx and 4xx that have no row.
constexpr Answer unexpected = {0, Then::stop, ErrorKind::io, "the server gave an unexpected answer", ""};

}  // namespace

const Answer& find_answer(const Response& response) {
  const int status = response.status;
  if (status / 100 == 2) return success;
  if (status / 100 == 5 && response.body.find("request is too large") != std::string::npos) return too_large;
  const auto found =
      std::find_if(std::begin(answers), std::end(answers) - 1, [&](const Answer& row) { return row.status == status; });
  const bool has_row = found != std::end(answers) - 1;
  return has_row || status / 100 == 5 ? *found : unexpected;
}

std::string words_of(const Response& response) {
  const std::string status = std::to_string(response.status);
  const Result<Value> body = parse_json(response.body);
  const std::string* message = body ? string_in(*body, "message") : nullptr;
  return message == nullptr ? status : status + " " + *message;
}

int retry_after_seconds(const Response& response) {
  constexpr std::int64_t day = 86'400;
  const std::string* text = response.header("retry-after");
  if (text == nullptr || text->empty() || !std::all_of(text->begin(), text->end(), is_digit)) return 0;
  return static_cast<int>(std::min(parse_whole_number(*text).value_or(day), day));
}

}  // namespace kratix_status
