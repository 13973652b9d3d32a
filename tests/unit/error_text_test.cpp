#include "files/error_text.h"

#include <cerrno>
#include <cstring>

#include "catch.h"

namespace kratix_status {

TEST_CASE("a system error has the same text whatever the C library is") {
  CHECK(error_text(EIO) == "Input/output error");
  CHECK(error_text(ELOOP) == "Too many levels of symbolic links");
  CHECK(error_text(EDQUOT) == "Disk quota exceeded");
}

TEST_CASE("a system error that is not in the table is given by its number") {
  CHECK(error_text(ENOTUNIQ) == "error " + std::to_string(ENOTUNIQ));
  CHECK(error_text(0) == "error 0");
}

#ifdef __GLIBC__
TEST_CASE("the texts of system errors are those of the GNU C Library") {
  int known = 0;
  for (int error = 1; error < 200; ++error) {
    const std::string text = error_text(error);
    if (text.rfind("error ", 0) == 0) continue;
    CHECK(text == std::strerror(error));
    ++known;
  }
  CHECK(known > 40);
}
#endif

}  // namespace kratix_status
