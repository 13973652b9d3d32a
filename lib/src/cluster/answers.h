// What to do about an answer of the API server that is no success.
#pragma once

#include <string>

#include "cluster/http.h"
#include "kratix_status/result.h"
#include "value/text_field.h"

namespace kratix_status {

// What follows from an answer.
enum class Then {
  done,        // 2xx
  stop,        // trying again would give the same
  again,       // later, after the pause that the server asks for, or a growing one
  read_again,  // at once: somebody else has changed the object
  new_token,   // once, with the token read anew
};

struct Answer {
  int status;  // 0 for any other
  Then then;
  ErrorKind kind;  // of the error, where it comes to one
  TextField<56> meaning;
  TextField<96> fix;
};

// The row for `response`.
const Answer& find_answer(const Response& response);

// The server's own words: status code, and the message of its Status object where there is one.
std::string words_of(const Response& response);

// Seconds of the header Retry-After; 0 if there is none, or a date.
int retry_after_seconds(const Response& response);

}  // namespace kratix_status
