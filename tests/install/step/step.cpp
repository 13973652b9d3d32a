// A Pipeline's step in C++: sets the message and a nested key.
#include <kratix_status/status.h>

#include <iostream>

using namespace kratix_status;

int main() {
  Status status = Status::open();
  Outcome done = status.set("message", "ready: 100%");
  if (done) done = status.set("initialLoginDetails.username", "elastic");
  if (!done) std::cerr << done.error().context << ": " << done.error().cause << "\n";
  return done ? 0 : 1;
}
