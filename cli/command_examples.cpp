// The examples that end the help of each command: a text, searched when help is asked for.
#include "command_examples.h"

namespace kratix_status::cli {

namespace {

// Below each command its lines. One text and no table of pointers: the loader of a static-pie binary relocates each
// pointer at every start, also for a command that prints no help.
constexpr char text[] = R"examples(
set
  kratix-status set message "Database $name is ready"
  kratix-status set replicas:=3 owner=ops 'ports:=[80,443]'
  kratix-status set --once bucket "backup-$(date +%s)"
append
  kratix-status append --unique regions eu
  kratix-status append --json ports 8443
unset
  kratix-status unset login.token
  kratix-status unset replicas owner
merge
  kratix-status merge details.yaml
  echo '{"login": {"port": 5432}}' | kratix-status merge
import
  kratix-status import db.json 'endpoint=DBInstances[0].Endpoint.Address'
  terraform output -json | kratix-status import --terraform --prefix outputs -
get
  size=$(kratix-status get --from object spec.size)
  kratix-status get --default small plan
  kratix-status get --file db.json 'DBInstances[0].Endpoint.Port'
exists
  kratix-status exists --from object spec.size && resize
  if kratix-status exists bucket; then exit 0; else [ $? -eq 1 ] || exit 1; fi
keys
  kratix-status keys login
  kratix-status keys --from object spec
quote
  kratix-status quote app.kubernetes.io/name
  kratix-status set "labels.$(kratix-status quote "$label")" web
condition set
  kratix-status condition set DatabaseReady True --reason BackupFinished
  kratix-status condition set DatabaseReady False --reason NoQuota --message "No room for $name"
condition get
  kratix-status condition get DatabaseReady
  kratix-status condition get DatabaseReady message
condition unset
  kratix-status condition unset DatabaseReady
  kratix-status --dry-run condition unset DatabaseReady
condition list
  kratix-status condition list
  kratix-status condition list -o json
destination set
  kratix-status destination set environment=dev
  kratix-status destination set --directory backups tier=slow zone=eu
destination list
  kratix-status destination list
  kratix-status destination list -o json
destination unset
  kratix-status destination unset --directory backups
  kratix-status destination unset
publish
  kratix-status publish
  kratix-status publish --min-interval 5s --try
fail
  kratix-status fail "Quota exceeded: ask the platform team"
  kratix-status fail --condition DatabaseReady --reason NoQuota "No room for $name"
suspend
  kratix-status suspend "Waiting for approval of $name"
  kratix-status suspend --publish "Waiting for approval"
retry
  kratix-status retry 5m "Waiting for the database"; exit $?
  kratix-status retry --max-attempts 48 --then-suspend "Nobody has decided" 30m "Waiting"; exit $?
resume
  kratix-status resume || exit $?
  kratix-status resume && kratix-status set message "Approved by $approver"
suspended
  kratix-status suspended && echo "Kratix stops here"
  if kratix-status suspended; then exit 0; else [ $? -eq 1 ] || exit 1; fi
run
  kratix-status run -- /pipeline/run
  kratix-status run --message "The database could not be created" -- create-database "$name"
  kratix-status run --stderr -- create-database "$name"
preview
  kratix-status preview
  kratix-status preview -o table
  kratix-status preview -o merge-patch
diff
  kratix-status diff
  kratix-status diff --live --not-last
validate
  kratix-status validate
  kratix-status validate --strict -o json status.yaml
  kratix-status validate --rules
completion
  . <(kratix-status completion bash)
  kratix-status completion fish >~/.config/fish/completions/kratix-status.fish
version
  kratix-status version
  kratix-status version --licenses
help
  kratix-status help condition set
  kratix-status help --man | man -l -
)examples";

}  // namespace

std::vector<std::string_view> examples_of(std::string_view command) {
  std::vector<std::string_view> lines;
  bool is_of_command = false;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() + 1);
    if (!line.starts_with("  "))
      is_of_command = line == command;
    else if (is_of_command)
      lines.push_back(line.substr(2));
  }
  return lines;
}

}  // namespace kratix_status::cli
