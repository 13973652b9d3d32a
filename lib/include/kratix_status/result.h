// Errors are values in this library: a function that can fail returns a Result, never throws.
//
// An Error carries what the user needs to read: the context ("write /kratix/metadata/status.yaml"), the cause
// ("No space left on device"), the fix where there is one, and the offending line of a document with a caret.
// Only cli/ prints it and turns its kind into an exit code.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace kratix_status {

// The numbers are the process's exit codes; README.md lists them for users.
enum class ErrorKind {
  usage = 2,      // the command line does not say what to do
  refused = 3,    // a key or value that Kratix would not publish as given
  malformed = 4,  // a file that exists and that Kratix would not read, or not whole
  io = 5,         // the operating system said no
};

struct Error {
  ErrorKind kind = ErrorKind::io;
  std::string context;  // action and place: "set message", "/kratix/metadata/status.yaml:3:1"
  std::string cause;
  std::string fix{};      // empty where there is none
  std::string excerpt{};  // the line at fault, newline, caret; empty where no document is at fault
};

// Texts hold what the user gave as it is: escape them where they are printed. `fix` and `excerpt` are safe to print.
inline Error usage_error(std::string context, std::string cause, std::string fix = {}) {
  return {ErrorKind::usage, std::move(context), std::move(cause), std::move(fix), {}};
}
inline Error refused(std::string context, std::string cause, std::string fix = {}, std::string excerpt = {}) {
  return {ErrorKind::refused, std::move(context), std::move(cause), std::move(fix), std::move(excerpt)};
}
inline Error malformed(std::string context, std::string cause, std::string fix = {}, std::string excerpt = {}) {
  return {ErrorKind::malformed, std::move(context), std::move(cause), std::move(fix), std::move(excerpt)};
}
inline Error io_error(std::string context, std::string cause, std::string fix = {}) {
  return {ErrorKind::io, std::move(context), std::move(cause), std::move(fix), {}};
}

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // REQUIRES: ok()
  T& operator*() { return std::get<0>(state_); }
  const T& operator*() const { return std::get<0>(state_); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }

  // REQUIRES: !ok()
  Error& error() { return std::get<1>(state_); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

// For functions that return nothing but may fail.
struct Done {};
using Outcome = Result<Done>;

}  // namespace kratix_status
