# What kratix-status refuses would have failed, or gone astray, in Kratix: each refusal beside what a heredoc gets.
load helper

# refused NAME SCRIPT-LINE TEXT: the container fails at once, naming TEXT, and wrote nothing.
refused() {
  request ElasticCloud "$1"
  script run <<<"$2"
  pipeline_fails "$1" run
  [[ $output == "container elastic-cloud failed: kratix-status: error: "*"$3"* ]] || complain "$output"
  is "the metadata directory" "" "$(ls -A "$pod/kratix/metadata")"
}

# lost NAME TEXT: with the heredoc from standard input, Kratix's status-writer fails, naming TEXT, after the work is
# done.
lost() {
  request ElasticCloud "$1"
  { echo "cat <<'EOF' >\$KRATIX_ROOT/metadata/status.yaml" && cat && echo EOF; } >run
  pipeline_fails "$1" run
  [[ $output == "container status-writer failed: "*"$2"* ]] || complain "$output"
  shown_is elastic-clouds "$1" <<END
$(printf "%-$((${#1} + 3))sMESSAGE   STATUS" NAME)
$1   Pending   Failing
END
}

@test "a message that is no string" {
  lost message-lost 'status.message: Invalid value: "boolean": message in body must be of type string' <<<'message: yes'
  refused message-refused 'kratix-status set --json message true' message
}

@test "a message with a quote in it" {
  lost quote-lost 'failed to unmarshal incoming status' <<<'message: "the "best" instance"'
  request ElasticCloud quote
  script run <<<"kratix-status set message 'the \"best\" instance'"
  pipeline quote run
  published message '"the \"best\" instance"'
}

@test "conditions that are no list, which take Kratix's own away" {
  request ElasticCloud conditions-lost
  script heredoc <<'END'
echo 'conditions: {type: Ready, status: "True"}' >$KRATIX_ROOT/metadata/status.yaml
END
  pipeline conditions-lost heredoc
  is "the conditions" ConfigureWorkflowCompleted "$(python3 -c '
import json, sys
print(*(condition["type"] for condition in json.load(sys.stdin)["status"]["conditions"]))' <"$pod/after.json")"
  refused conditions-refused "kratix-status set --json conditions '{\"type\": \"Ready\"}'" conditions
}

@test "a key of Kratix's own with a value it cannot have" {
  lost managed-lost 'status.workflows: Invalid value' <<<'workflows: three'
  refused managed-refused 'kratix-status set workflows three' workflows
}

@test "a condition with a time that is none" {
  lost time-lost '].lastTransitionTime: Invalid value: "yesterday"' <<'END'
conditions:
  - {type: Ready, status: "True", reason: Ready, message: ready, lastTransitionTime: yesterday}
END
  refused time-refused 'kratix-status set --json conditions \
    "[{\"type\": \"Ready\", \"status\": \"True\", \"reason\": \"Ready\", \"lastTransitionTime\": \"yesterday\"}]"' \
    lastTransitionTime
}

@test "a list instead of a map" {
  lost list-lost 'failed to unmarshal incoming status' <<<'- message: ready'
  refused list-refused "echo '[1]' | kratix-status merge" 'standard input'
}
