// The text that tells the platform user why a command failed.
#include "process/failure_message.h"

#include <csignal>

#include "catch.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

// The message after the command "deploy" has written `text` to standard error and exited with 3.
std::string message_of(const std::string& text) {
  return failure_message("", "deploy", ChildEnd{.exit_code = 3, .stderr_tail = text});
}

std::string repeated(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("a failure's message names the program and how it ended") {
  CHECK(failure_message("", "/pipeline/deploy", ChildEnd{.exit_code = 3}) == "deploy exited with code 3");
  CHECK(failure_message("", "sh", ChildEnd{.exit_code = 137}) == "sh exited with code 137");
  CHECK(failure_message("", "sh", ChildEnd{.exit_code = 137, .signal = SIGKILL}) == "sh was ended by signal SIGKILL");
  CHECK(failure_message("", "sh", ChildEnd{.exit_code = 128 + 40, .signal = 40}) == "sh was ended by signal 40");
  CHECK(failure_message("", "sh", ChildEnd{.exit_code = 127, .not_started = io_error("run sh", "not found in PATH")}) ==
        "sh: not found in PATH");
}

TEST_CASE("a program's name is shown without what is no text") {
  const ChildEnd end{.exit_code = 1};
  CHECK(failure_message("", "./a\x1b[31mb\n\xff", end) == "ab exited with code 1");
  CHECK(failure_message("", "/", end) == "command exited with code 1");
}

TEST_CASE("a text of the author's takes the place of how the command ended") {
  CHECK(failure_message("No database", "sh", ChildEnd{.exit_code = 1}) == "No database");
  CHECK(failure_message("No database", "sh", ChildEnd{.exit_code = 1, .stderr_tail = "quota\n"}) ==
        "No database: quota");
}

TEST_CASE("the last three lines that are not empty follow") {
  struct Row {
    const char* text;
    const char* shown;
  };
  const Row rows[] = {
      {"one", ": one"},
      {"one\n", ": one"},
      {"one\ntwo\nthree\nfour\n", ": two / three / four"},
      {"one\n\n \t\n\r\n  two  \n\n", ": one / two"},
      {"10 %\r20 %\rdone\r\n", ": 10 % / 20 % / done"},
      {"\n\n", ""},
      {"", ""},
      {"\x1b[1;31mError:\x1b[0m no\tquota\x07", ": Error: no quota"},
      {"cut off \x1b[", ": cut off"},
      {"cut off \x1b", ": cut off"},
      {"cut off \x1b[3", ": cut off"},
      {"caf\xe9 caf\xc3\xa9 \xff", ": caf caf\xc3\xa9"},
      {"\xa9 begins in a character", ": begins in a character"},
      {"a\xe2\x80\xae"
       "b",
       ": ab"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(message_of(row.text) == std::string("deploy exited with code 3") + row.shown);
  }
  CHECK(message_of(std::string("a\0b", 3)) == "deploy exited with code 3: ab");
}

TEST_CASE("the lines have 500 bytes at most, and the last one comes first") {
  const std::string front = "deploy exited with code 3: ";
  CHECK(message_of(repeated("x", 500)) == front + repeated("x", 500));
  CHECK(message_of(repeated("x", 501)) == front + repeated("x", 497) + "...");
  CHECK(message_of(repeated("y", 247) + "\n" + repeated("x", 250)) ==
        front + repeated("y", 247) + " / " + repeated("x", 250));
  CHECK(message_of(repeated("y", 248) + "\n" + repeated("x", 250)) == front + repeated("x", 250));
}

TEST_CASE("a line is cut between characters") {
  for (int shift = 0; shift < 4; ++shift) {
    const std::string message = message_of(repeated("x", shift) + repeated("\xf0\x9f\x98\x80", 200));
    CHECK(find_invalid_utf8(message) == std::string::npos);
    CHECK(message.size() <= 27 + 500);
    CHECK(message.size() > 27 + 490);
  }
}

}  // namespace kratix_status
