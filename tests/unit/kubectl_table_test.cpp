// The header and the row of `kubectl get`. Rows were printed by k8s.io/cli-runtime v0.33.3.

#include <algorithm>
#include <ios>

#include "kratix/kubectl_table.h"
#include "kratix_status/pipeline.h"
#include "support.h"
#include "value/message.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

std::string table(const std::string& name, const std::string& message, const std::string& reconciled) {
  Map condition;
  condition.set("message", reconciled);
  condition.set("type", "Reconciled");
  Map status;
  status.set("message", message);
  status.set("conditions", List{Value(std::move(condition))});
  return kubectl_table(name, status, WorkflowType::resource);
}

}  // namespace

TEST_CASE("columns are as wide as their longest cell and three blanks", "[kubectl_table]") {
  CHECK(table("example", "Instance ready", "Reconciled") ==
        "NAME      MESSAGE          STATUS\n"
        "example   Instance ready   Reconciled\n");
  CHECK(table("a", "b", "c") ==
        "NAME   MESSAGE   STATUS\n"
        "a      b         c\n");
  CHECK(table("", "", "") ==
        "NAME   MESSAGE   STATUS\n"
        "                 \n");
  CHECK(table("a", "caf\u00e9 \u65e5\u672c\u8a9e", "x") ==
        "NAME   MESSAGE    STATUS\n"
        "a      caf\u00e9 \u65e5\u672c\u8a9e   x\n");
}

TEST_CASE("a cell ends with its first line, and ESC is shown", "[kubectl_table]") {
  struct Row {
    const char* message;
    const char* line;
  };
  const Row rows[] = {
      {"one\ntwo", "a      one...    x\n"}, {"one\r\ntwo", "a      one...    x\n"},
      {"one\ftwo", "a      one...    x\n"}, {"\n", "a      ...       x\n"},
      {"\x1b[31m", "a      ^[[31m    x\n"}, {"<&>", "a      <&>       x\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    CHECK(table("a", row.message, "x") == std::string("NAME   MESSAGE   STATUS\n") + row.line);
  }
}

TEST_CASE("no cell drives a terminal, hides text or is a CI runner's command", "[kubectl_table]") {
  for (char32_t c = 0; c < 0x110000; c = c == 0xD7FF ? 0xE000 : c + 1) {
    if (!is_invisible(c) || c == '\t' || c == '\v') continue;
    std::string character;
    append_utf8(character, c);
    std::string lines = table("a" + character + "b", "c" + character + "d", "e" + character + "f");
    std::replace(lines.begin(), lines.end(), '\n', ' ');
    if (printable(lines) != lines) FAIL("U+" << std::hex << static_cast<unsigned>(c) << " is in " << lines);
  }
  struct Row {
    const char* message;
    const char* shown;
  };
  const Row rows[] = {
      {"a\u009b31m\a\b\u202ex\u007f", "a\\x9b31m\\x07\\x08\\u202ex\\x7f"},
      {"a\xFFz", "a\\xffz"},
      {"a\u200bb\u2066c", "a\\u200bb\\u2066c"},
      {"x ##[error]y ##vso[z]", "x \\u0023#[error]y \\u0023#vso[z]"},
      {"a\u200db\ufe0f \ufe0f", "a\\u200db\\ufe0f \\ufe0f"},
      {"\u00e9\ufe0f\ufe0f", "\u00e9\ufe0f\\ufe0f"},
      // Emoji, a keycap, and words with joiners, as kubectl shows them.
      {"\u26a0\ufe0f Degraded", "\u26a0\ufe0f Degraded"},
      {"1\ufe0f\u20e3", "1\ufe0f\u20e3"},
      {"\U0001F468\u200d\U0001F469", "\U0001F468\u200d\U0001F469"},
      {"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.shown);
    CHECK(table("a", row.message, "x").find(std::string("\na      ") + row.shown + " ") != std::string::npos);
  }
  CHECK(table("::error::a", "b", "c") ==
        "NAME         MESSAGE   STATUS\n"
        "\\u003a:error::a   b         c\n");
}

TEST_CASE("a tab begins another column", "[kubectl_table]") {
  CHECK(table("a", "one\ttwo", "x") ==
        "NAME   MESSAGE   STATUS\n"
        "a      one       two   x\n");
  CHECK(table("a", "1\v\t2345", "x\t") ==
        "NAME   MESSAGE   STATUS\n"
        "a      1               2345   x     \n");
}

TEST_CASE("what is not there is an empty cell", "[kubectl_table]") {
  for (const char* status : {"{}", R"({"conditions":[]})", R"({"conditions":[{"type":"Ready","message":"m"}]})",
                             R"({"conditions":[{"type":"Reconciled"},{"type":"Reconciled","message":"later"}]})"}) {
    CHECK(kubectl_table("a", test::map(status), WorkflowType::resource) ==
          "NAME   MESSAGE   STATUS\n"
          "a                \n");
  }
}

TEST_CASE("Promises have columns of their own", "[kubectl_table]") {
  const Map status =
      test::map(R"({"message":"m","status":"Available","kind":"Redis","apiVersion":"a.io/v1","version":"v1.0"})");
  CHECK(kubectl_table("redis", status, WorkflowType::promise) ==
        "NAME    STATUS      KIND    API VERSION   VERSION   MESSAGE\n"
        "redis   Available   Redis   a.io/v1       v1.0      m\n");
}

}  // namespace kratix_status
