# scripts/check-rooms keeps includes within the layers; here each kind of breach is planted in a copy of the sources.
load ../cli/helper

setup() {
  repository=$BATS_TEST_DIRNAME/../..
  cp -R "$repository/lib" "$repository/cli" "$BATS_TEST_TMPDIR"
}

# plant FILE LINE: at the end of the file
plant() {
  [ -f "$BATS_TEST_TMPDIR/$1" ]
  printf '%s\n' "$2" >>"$BATS_TEST_TMPDIR/$1"
}

# finds TEXT: check-rooms fails and says so
finds() {
  run "$repository/scripts/check-rooms" "$BATS_TEST_TMPDIR"
  echo "$output"
  [ "$status" -eq 1 ]
  [[ $output == *"$1"* ]]
}

@test "the sources as they are keep to the layers" {
  "$repository/scripts/check-rooms"
  "$repository/scripts/check-rooms" "$BATS_TEST_TMPDIR"
}

@test "no layer may include the header of a layer above it" {
  while read -r from header to; do
    cp -R "$repository/lib" "$BATS_TEST_TMPDIR"
    plant "lib/src/$from.cpp" "#include \"$header\""
    finds "the layer ${from%%/*} may not include $header, which belongs to $to"
  done <<'TABLE'
value/json yaml/typing.h yaml
value/json kratix_status/yaml.h yaml
yaml/writer kratix/limits.h kratix
yaml/writer files/path.h files
yaml/writer kratix_status/conditions.h kratix
files/file_calls yaml/typing.h yaml
files/file_calls process/start.h process
process/start kratix_status/yaml.h yaml
process/start kratix/limits.h kratix
process/start output.h cli
kratix/merge process/child_process.h process
files/file_calls kratix_status/pipeline.h kratix
kratix/merge validate/rules.h validate
kratix/merge output.h cli
validate/rules command_table.h cli
TABLE
}

@test "a public header includes public headers only" {
  plant lib/include/kratix_status/pipeline.h '#include "value/utf8.h"'
  finds "pipeline.h:$(wc -l <"$BATS_TEST_TMPDIR/lib/include/kratix_status/pipeline.h"): a public header includes value/utf8.h, which is not installed"
}

@test "a header that no layer has is a breach" {
  plant lib/src/value/json.cpp '#include "kratix_status/new.h"'
  finds "the layer value may not include kratix_status/new.h, which belongs to no layer"
}

@test "each kind of outside call stays in its files" {
  while read -r file line; do
    cp -R "$repository/lib" "$repository/cli" "$BATS_TEST_TMPDIR"
    plant "$file" "$line"
    finds "$file"
  done <<'TABLE'
lib/src/kratix/merge.cpp #include <yaml.h>
lib/src/kratix/merge.cpp #include <unistd.h>
lib/src/process/failure_message.cpp #include <sys/wait.h>
lib/src/process/output_copy.cpp inline void stop() { ::_exit(1); }
lib/src/process/output_copy.cpp inline void print() { fputs("x", stderr); }
lib/src/kratix/merge.cpp inline void print() { std::puts("x"); }
cli/output.cpp inline CLI::App* app = nullptr;
cli/main.cpp inline void stop() { std::exit(1); }
cli/main.cpp inline std::ifstream stream;
TABLE
}
