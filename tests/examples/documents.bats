# Links, headings and code blocks of all documents, and what check-documents finds in wrong ones.
bats_require_minimum_version 1.5.0

# A repository with one example.
setup() {
  repository=$BATS_TEST_TMPDIR/repository
  mkdir -p "$repository/docs" "$repository/scripts" "$repository/examples/one/before" "$repository/examples/one/pipeline" \
    "$repository/tests/install/step"
  cd "$repository" || return
  touch scripts/build
  echo 'project(kratix-status VERSION 1.2.3)' >CMakeLists.txt
  printf '%s\n' 'a=1' 'echo x >"${root}/metadata/status.yaml"' 'b=2' >examples/one/before/run
  echo '`build` builds' >scripts/README.md
  printf '%s\n' '# Pages' '[a page](page.md)' >docs/README.md
  printf '%s\n' '# A page' 'See [the *other* part](#an-other-part) and `scripts/build`.' '## An `other` part' >docs/page.md
}

# check [DIRECTORY]
check() {
  run "$BATS_TEST_DIRNAME/check-documents" "$@"
  echo "$output"
}

# finds SENTENCE: that alone, in docs/page.md with the lines of standard input behind it
finds() {
  cat >>docs/page.md
  check "$repository"
  [ "$status" -eq 1 ] && [ "$output" = "$1" ]
}

# example_finds SENTENCE: the same in the README of the example
example_finds() {
  cat >examples/one/README.md
  check "$repository"
  [ "$output" = "$1" ]
}

@test "links and code blocks of this repository's documents are right" {
  check
  [ "$status" -eq 0 ]
}

@test "documents without a fault have none found" {
  check "$repository"
  [ "$status" -eq 0 ] && [ -z "$output" ]
}

@test "a link to a file or heading that is not there is found" {
  finds "docs/page.md: elsewhere.md: leads nowhere" <<<'[x](elsewhere.md)'
}

@test "a link to a heading that is not there is found" {
  finds "docs/page.md: #nothing: has no such heading" <<<'[x](#nothing)'
}

@test "a link without TLS is found" { finds "docs/page.md: http://example.com: not https" <<<'[x](http://example.com)'; }

@test "a script that is not there is found" { finds "docs/page.md: there is no scripts/tset" <<<'`scripts/tset` tests'; }

@test "a page that the index does not list is found" {
  touch docs/hidden.md
  finds "docs/README.md does not list hidden.md" </dev/null
}

@test "a script that the index does not list is found" {
  touch scripts/hidden
  finds "scripts/README.md does not list hidden" </dev/null
}

@test "a suite of tests that the index does not list is found" {
  touch tests/install/CMakeLists.txt
  finds "tests/README.md does not list install" </dev/null
}

@test "a code block that nothing checks is found" {
  finds "docs/page.md: a block of rust: nothing checks that" <<<$'```rust\nfn main() {}\n```'
}

@test "YAML that is none is found" {
  finds "docs/page.md: not YAML: expected the node content, but found '<stream end>'" <<<$'```yaml\na: [\n```'
}

@test "another version of the image than the project's is found" {
  finds "docs/page.md: names version 1.2.2; CMakeLists.txt says 1.2.3" \
    <<<$'```dockerfile\nCOPY --from=ghcr.io/OWNER/kratix-status:1.2.2 /a /b\n```'
}

@test "an example's block may leave lines out, and write /kratix for the root" {
  example_finds '' <<<$'```sh\na=1\n...\necho x >/kratix/metadata/status.yaml\n```'
}

@test "an example's block with a line that no script has, or in another order, is found" {
  example_finds "examples/one/README.md: not an excerpt of a script in one: a=1" <<<$'```sh\na=1\nb=3\n```'
  example_finds "examples/one/README.md: not an excerpt of a script in one: b=2" <<<$'```sh\nb=2\na=1\n```'
}
