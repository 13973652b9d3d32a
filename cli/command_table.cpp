// The rows of the table of commands, with their options, usages and texts.
#include "command_table.h"

#include <algorithm>

#include "command_checks.h"

namespace kratix_status::cli {

namespace {

constexpr Option global[] = {
    {"root", '\0', "DIR", "Directory that holds input/ and metadata/ (KRATIX_ROOT; default /kratix)"},
    {"metadata-dir", '\0', "DIR", "Directory of status.yaml (KRATIX_METADATA_DIR)"},
    {"input-dir", '\0', "DIR", "Directory of object.yaml (KRATIX_INPUT_DIR)"},
    {"lock-timeout", '\0', "DURATION", "How long to wait for another writer (default 30s)"},
    {"dry-run", '\0', "", "Print the file that would be written, and write nothing"},
    {"quiet", 'q', "", "Print no warnings"},
    {"help", 'h', "", "Show help"},
    {"version", '\0', "", "Show the version"},
};

constexpr Option fresh = {"fresh", '\0', "", "Do not bring the rest of the map from the previous status"};
constexpr Option from = {"from", '\0', "SOURCE", "effective (default), file, previous, object or live",
                         "effective|file|previous|object|live"};
constexpr Option publish_now = {"publish", '\0', "", "Then publish status.yaml: the platform user sees it now"};
constexpr Option try_only = {"try", '\0', "", "Only warn if status.yaml cannot be published"};
constexpr Option allow_secret = {"allow-secret", '\0', "",
                                 "Accept a value that holds a secret, although everybody will see it"};
constexpr Option timeout = {"timeout", '\0', "DURATION", "How long to try (default 10s)"};
constexpr Option live = {"live", '\0', "", "Start from the object as it is now in the cluster, not from object.yaml"};

constexpr Option set_options[] = {
    {"json", '\0', "", "VALUE is JSON: a number, boolean, null, list or map"},
    {"once", '\0', "", "Keep the value if KEY already has one"},
    {"print", '\0', "", "Print the value that KEY then has"},
    fresh,
    allow_secret,
    publish_now,
    try_only,
};
constexpr Option append_options[] = {
    {"json", '\0', "", "VALUE is JSON"},
    {"unique", '\0', "", "Do nothing if the list already holds VALUE"},
    fresh,
    allow_secret,
    publish_now,
    try_only,
};
constexpr Option merge_options[] = {fresh, allow_secret, publish_now, try_only};
constexpr Option import_options[] = {
    {"terraform", '\0', "", "FILE is what terraform output -json or terraform show -json prints"},
    {"prefix", '\0', "KEY", "With --terraform: put the outputs below KEY"},
    {"optional", '\0', "", "Leave a KEY as it is where PATH or NAME is missing or null"},
    {"once", '\0', "", "Keep a value that is already there"},
    fresh,
    allow_secret,
    publish_now,
    try_only,
};
constexpr Option unset_options[] = {fresh, publish_now, try_only};
constexpr Option suspend_options[] = {allow_secret, publish_now, try_only};
constexpr Option publish_options[] = {
    timeout,
    {"min-interval", '\0', "DURATION", "Do nothing if the last publish was less than DURATION ago"},
    try_only,
};
constexpr Option fail_options[] = {
    timeout,
    {"condition", '\0', "TYPE", "Also publish a condition with status False"},
    {"reason", '\0', "REASON", "The condition's reason, a word in CamelCase such as QuotaExceeded"},
    allow_secret,
};
constexpr Option file_to_read = {"file", '\0', "FILE", "Read FILE, any document in YAML or JSON (-: standard input)"};
constexpr Option get_options[] = {
    from,
    file_to_read,
    {"default", '\0', "VALUE", "Print VALUE for a missing or null key, as a string in FORMAT"},
    {"output", 'o', "FORMAT", "raw (default), yaml or json", "raw|yaml|json"},
};
constexpr Option source_options[] = {from, file_to_read};
constexpr Option not_last = {"not-last", '\0', "", "More Pipelines of the workflow follow"};
constexpr Option preview_options[] = {
    {"output", 'o', "FORMAT", "yaml (default), json, table or merge-patch", "yaml|json|table|merge-patch"},
    not_last,
    live,
};
constexpr Option diff_options[] = {not_last, live};

constexpr Option condition_set_options[] = {
    {"reason", '\0', "REASON", "The reason, a word in CamelCase such as BackupFinished (required)"},
    {"message", '\0', "MESSAGE", "The reason in words for people (default empty)"},
    allow_secret,
    publish_now,
    try_only,
};
constexpr Option condition_list_options[] = {
    {"output", 'o', "FORMAT", "table (default), yaml or json", "table|yaml|json"},
};
constexpr Option directory = {"directory", '\0', "DIR",
                              "A directory in the output (default: what no other entry covers)"};
constexpr Option destination_set_options[] = {directory, allow_secret};
constexpr Option destination_unset_options[] = {directory};
constexpr Option destination_list_options[] = {
    {"output", 'o', "FORMAT", "table (default), yaml or json", "table|yaml|json"},
};
constexpr Option retry_options[] = {
    {"max-attempts", '\0', "N", "Exit with 1 and write nothing once the Pipeline has been retried N times"},
    {"then-suspend", '\0', "MESSAGE", "With --max-attempts: suspend with MESSAGE instead, and exit with 0"},
    allow_secret,
    publish_now,
    try_only,
};
constexpr Option run_options[] = {
    {"message", '\0', "TEXT", "Show TEXT in place of \"COMMAND exited with code N\""},
    {"stderr", '\0', "", "Add the last lines that COMMAND wrote to standard error"},
    allow_secret,
};
constexpr Option validate_options[] = {
    {"output", 'o', "FORMAT", "text (default) or json", "text|json"},
    {"strict", '\0', "", "Exit with 1 on warnings too"},
    {"rules", '\0', "", "List the rules, and check no file"},
    {"secret-forms", '\0', "", "List the forms of secrets, and check no file"},
    {"allow-secret", '\0', "", "Do not report secrets"},
};
constexpr Option version_options[] = {
    {"licenses", '\0', "", "Print the licences of what is linked into this binary"},
};

constexpr Option completion_options[] = {
    {"candidates", '\0', "", "For the scripts: print what can replace the last operand"},
};
constexpr Option help_options[] = {
    {"man", '\0', "", "Print the manual page, for man -l"},
};

constexpr std::span<const Option> no_options;

constexpr std::span<const Operand> no_operands;
constexpr Operand key_and_text[] = {{OperandKind::key}, {OperandKind::text}};
constexpr Operand one_key[] = {{OperandKind::key_to_read}};
constexpr Operand several_keys[] = {{OperandKind::key, {}, true}};
constexpr Operand one_text[] = {{OperandKind::text}};
constexpr Operand two_texts[] = {{OperandKind::text}, {OperandKind::text}};
constexpr Operand one_file[] = {{OperandKind::file}};
constexpr Operand file_and_fields[] = {{OperandKind::file}, {OperandKind::import_field, {}, true}};
constexpr Operand several_files[] = {{OperandKind::file, {}, true}};
constexpr Operand one_type[] = {{OperandKind::condition_type}};
constexpr Operand type_and_field[] = {{OperandKind::condition_type}, {OperandKind::condition_field}};
constexpr Operand type_and_status[] = {{OperandKind::condition_type}, {OperandKind::choice, "True|False|Unknown"}};
constexpr Operand several_texts[] = {{OperandKind::text, {}, true}};
constexpr Operand shell[] = {{OperandKind::choice, "bash|zsh|fish"}};
constexpr Operand program[] = {{OperandKind::program, {}, true}};
constexpr Operand command_name[] = {{OperandKind::command, {}, true}};

constexpr std::span<const std::string_view> no_usages;
constexpr std::string_view set_usages[] = {
    "set [--json] [--once] [--print] [--fresh] [--publish] KEY VALUE",
    "set [--once] [--fresh] [--publish] KEY=VALUE|KEY:=JSON|KEY@=FILE...",
};
constexpr std::string_view append_usages[] = {"append [--json] [--unique] [--fresh] [--publish] KEY VALUE"};
constexpr std::string_view unset_usages[] = {"unset [--fresh] [--publish] KEY..."};
constexpr std::string_view merge_usages[] = {"merge [--fresh] [--publish] [FILE|-]"};
constexpr std::string_view import_usages[] = {
    "import [--optional] [--once] [--fresh] [--publish] FILE|- KEY=PATH...",
    "import --terraform [--prefix KEY] [--optional] [--once] [--fresh] [--publish] FILE|- [NAME...]",
};
constexpr std::string_view get_usages[] = {"get [--from SOURCE] [--default VALUE] [-o FORMAT] [KEY]",
                                           "get --file FILE|- [--default VALUE] [-o FORMAT] [KEY]"};
constexpr std::string_view exists_usages[] = {"exists [--from SOURCE] KEY", "exists --file FILE|- KEY"};
constexpr std::string_view keys_usages[] = {"keys [--from SOURCE] [KEY]", "keys --file FILE|- [KEY]"};
constexpr std::string_view quote_usages[] = {"quote TEXT"};
constexpr std::string_view condition_set_usages[] = {
    "condition set TYPE True|False|Unknown --reason REASON [--message MESSAGE] [--publish]"};
constexpr std::string_view condition_get_usages[] = {"condition get TYPE [FIELD]"};
constexpr std::string_view condition_unset_usages[] = {"condition unset TYPE"};
constexpr std::string_view condition_list_usages[] = {"condition list [-o FORMAT]"};
constexpr std::string_view destination_set_usages[] = {"destination set [--directory DIR] LABEL=VALUE..."};
constexpr std::string_view destination_list_usages[] = {"destination list [-o FORMAT]"};
constexpr std::string_view destination_unset_usages[] = {"destination unset [--directory DIR]"};
constexpr std::string_view suspend_usages[] = {"suspend [--publish] [MESSAGE]"};
constexpr std::string_view retry_usages[] = {
    "retry [--max-attempts N] [--then-suspend MESSAGE] [--publish] DURATION [MESSAGE]"};
constexpr std::string_view resume_usages[] = {"resume"};
constexpr std::string_view suspended_usages[] = {"suspended"};
constexpr std::string_view publish_usages[] = {"publish [--timeout DURATION] [--min-interval DURATION] [--try]"};
constexpr std::string_view fail_usages[] = {"fail [--timeout DURATION] [--condition TYPE --reason REASON] MESSAGE"};
constexpr std::string_view preview_usages[] = {"preview [-o FORMAT] [--not-last] [--live]"};
constexpr std::string_view diff_usages[] = {"diff [--not-last] [--live]"};
constexpr std::string_view run_usages[] = {"run [--message TEXT] [--stderr] -- COMMAND..."};
constexpr std::string_view validate_usages[] = {"validate [-o FORMAT] [--strict] [FILE...]",
                                                "validate [-o FORMAT] --rules|--secret-forms"};
constexpr std::string_view completion_usages[] = {"completion bash|zsh|fish"};
constexpr std::string_view help_usages[] = {"help [--man] [COMMAND...]"};
constexpr std::string_view version_usages[] = {"version [--licenses]"};

constexpr std::string_view set_details =
    "VALUE is a string, byte for byte. Options come before KEY; what follows KEY is never an option. KEY=VALUE sets\n"
    "several keys in one atomic write. KEY:=JSON takes JSON, and KEY@=FILE takes the text of a file (- is standard\n"
    "input) without its last newline; an empty file is an empty string. No operand may replace what an earlier one of\n"
    "the same command sets.\n"
    "\n"
    "KEY is a.b.c, labels.\"app.kubernetes.io/name\" or ports[0]; [-1] is the last item. A segment in double quotes\n"
    "is a JSON string. A leading dot, as in yq, is allowed: .a.b is a.b.\n"
    "\n"
    "Kratix replaces top-level keys whole, so a write below a map first brings the rest of that map from the\n"
    "previous status. With --fresh it brings nothing; what the file already holds stays, even if an earlier command\n"
    "brought it.\n"
    "\n"
    "Quote an operand with a [, { or * in it, as in 'ports:=[80,443]': shells expand these.\n"
    "\n"
    "Write text from elsewhere as set KEY \"$value\". If you forget the quotes there, a value with blanks is an\n"
    "error. In the form KEY=VALUE its words become operands, which may set other keys or read files. In a KEY, pass\n"
    "such text through quote: set \"labels.$(kratix-status quote \"$name\")\" \"$value\".\n"
    "\n"
    "A value that holds a private key, a token or a URL with a password is refused, because everybody who may read\n"
    "the resource would see it. If a value holds the value of a variable such as DB_PASSWORD, set only warns.\n"
    "--allow-secret accepts both. validate --secret-forms lists the forms.\n";
constexpr std::string_view append_details =
    "Creates the list if it is missing. A list at the top starts empty in each Pipeline, and replaces the one that\n"
    "is published. A list below a map is brought with its map. A Pipeline runs again whenever its resource changes,\n"
    "so a nested list would grow with each run: use --unique, or set the whole list.\n";
constexpr std::string_view unset_details =
    "A missing key is not an error. A top-level key that is already published stays published, because status.yaml\n"
    "can only add and overwrite: set --json KEY null publishes null in its place.\n";
constexpr std::string_view merge_details =
    "Reads a map in YAML or JSON from FILE or standard input, and merges it key by key, at every level. Lists are\n"
    "replaced. A map replaces a string or number, and the reverse. YAML is read as Kratix reads it. Empty input\n"
    "is an error.\n";
constexpr std::string_view import_details =
    "Takes fields out of FILE, or of standard input, into the status, in one atomic write: KEY gets what is at PATH, as a\n"
    "string, number, list or whatever it is there. FILE is any document, and PATH a KEY in it, as for get --file:\n"
    "\n"
    "    aws rds describe-db-instances --db-instance-identifier db |\n"
    "      kratix-status import - 'endpoint=DBInstances[0].Endpoint.Address' 'port=DBInstances[0].Endpoint.Port'\n"
    "\n"
    "A PATH that is missing or null is an error that says what is there instead, and nothing is written; with --optional\n"
    "its KEY stays as it is. An empty FILE is always an error.\n"
    "\n"
    "With --terraform, each output of Terraform or OpenTofu becomes a KEY of its name; with NAMEs, only these. An output\n"
    "that is marked as sensitive is imported only if it is named: everyone who may read the object can read its status.\n"
    "\n"
    "    terraform output -json | kratix-status import --terraform --prefix outputs -\n";
constexpr std::string_view get_details =
    "Prints a string without quotes, and a list or map as JSON. For a missing or null key it prints nothing and\n"
    "exits with 1, unless --default is given. SOURCE is one of:\n"
    "\n"
    "    effective  status.yaml over the previous status, as Kratix will merge them (message from status.yaml only)\n"
    "    file       status.yaml\n"
    "    previous   .status of object.yaml\n"
    "    object     all of object.yaml\n"
    "    live       the object as it is now in the cluster\n"
    "\n"
    "Write message, not status.message, unless SOURCE has a key named status. A string is printed byte for byte. In\n"
    "JSON and YAML, control characters, invisible characters and commands to a CI runner are escaped; the value\n"
    "stays the same.\n"
    "\n"
    "With --file, any document is read: JSON as JSON, other text as YAML, as Kratix reads it. Its root may be a list:\n"
    "KEY is then [0].name, and a KEY of . is the whole document. What merge would refuse is an error here, too.\n"
    "\n"
    "[FIELD=VALUE] in KEY selects the one item of a list that has VALUE at FIELD. VALUE needs quotes if it holds other\n"
    "characters than letters, digits and _-./: and matches only a string then. It is an error if several items match.\n"
    "\n"
    "    kratix-status get 'conditions[type=Ready].status'\n"
    "    kubectl get pods -o json | kratix-status get --file - 'items[metadata.name=\"web\"].status.podIP'\n"
    "\n"
    "Assign the output to a variable first. After size=$(kratix-status get spec.size) a script with set -e ends if\n"
    "the key is missing. Within the words of another command, as in \"Size: $(...)\", shells ignore the exit code.\n";
constexpr std::string_view exists_details =
    "Exits with 0 if KEY exists and is not null, otherwise with 1. Prints nothing. KEY and --file are\n"
    "those of get.\n";
constexpr std::string_view keys_details =
    "Prints the keys of the map at KEY, or of the whole status, one per line. A key is quoted if KEY needs quotes,\n"
    "so each line can be used as a KEY or as a segment of one. Exits with 1 if there is no map.\n"
    "KEY and --file are those of get.\n";
constexpr std::string_view quote_details =
    "Prints TEXT in quotes, as one segment of a KEY. Whatever TEXT holds, it names exactly one key. Use it for text\n"
    "from elsewhere:\n"
    "\n"
    "    kratix-status set \"labels.$(kratix-status quote \"$name\")\" \"$value\"\n"
    "\n"
    "TEXT may look like an option, such as --help, or be empty. Text that is not UTF-8 is refused and nothing is\n"
    "printed; the KEY labels. that results is then refused, too.\n";
constexpr std::string_view publish_details =
    "Kratix reads status.yaml when all containers of the Pod have ended, and never if one of them failed. publish\n"
    "sends it to the cluster now, by Kratix's own rules: it reads the object and patches what differs, with the\n"
    "Pod's service account, which Kratix allows that by default. It never touches Kratix's own records and\n"
    "conditions, and several publishers at the same time lose nothing. status.yaml stays unchanged, so Kratix writes\n"
    "the same at the end. If nothing differs, nothing is sent.\n"
    "\n"
    "Each publish makes Kratix reconcile the resource once more: use --min-interval in a loop. What it skips is sent\n"
    "by a later publish, or by Kratix when the Pod ends.\n"
    "\n"
    "Exits with 3 if Kratix or Kubernetes would refuse the status, and with 5 if the cluster cannot be reached or\n"
    "does not allow it. With --try, the latter is only a warning, and the exit code is 0.\n";
constexpr std::string_view fail_details =
    "Publishes MESSAGE together with what status.yaml holds, and exits with 1. kubectl get then shows MESSAGE.\n"
    "Kratix does not read the files of a Pod that failed, so use fail in place of exit 1:\n"
    "\n"
    "    [ \"$size\" -le \"$quota\" ] || kratix-status fail \"Quota exceeded: ask the platform team\" || exit\n"
    "\n"
    "MESSAGE is not written to status.yaml. When the container runs again and succeeds, the user sees the message\n"
    "that the script sets, or else Kratix's own. A condition stays until it is set again. If nothing can be\n"
    "published, an error says why, and the exit code is still 1. If MESSAGE holds a secret, it is withheld, and the\n"
    "user sees why.\n";
constexpr std::string_view preview_details =
    "Prints the status that Kubernetes would hold if the Pipeline's Pod ended now: status.yaml merged into the\n"
    "previous status, the effect of workflow-control.yaml, and what Kratix itself sets, in configure and delete\n"
    "workflows. Exits with 3 if Kratix or Kubernetes would refuse the status. A container cannot know whether its\n"
    "Pipeline is the last one of the workflow; preview assumes that it is. Before July 2026 Kratix did not read the\n"
    "files of delete Pipelines.\n"
    "\n"
    "`table` is what kubectl get then prints, unless the Promise's API has printer columns of its own. `merge-patch`\n"
    "holds the keys of status.yaml that differ, with conditions merged by type, and nothing that Kratix writes. It\n"
    "is for kubectl patch --subresource=status --type=merge, also while the Pipeline runs.\n"
    "\n"
    "Kratix's status-writer fails if status.kratix.workflows.pipelines of the object has no entry for the Pipeline,\n"
    "and so does preview. Kratix creates the entry before it starts the Pipeline. An object.yaml of your own may\n"
    "have no status.kratix: preview then leaves out what Kratix would record there. In a dry run object.yaml has the\n"
    "real request's status, but Kratix writes to another object: preview starts from the first and names the second.\n";
constexpr std::string_view diff_details =
    "Compares the previous status, from object.yaml, with what preview prints. Each line is a key and its value as\n"
    "JSON: - marks the previous status, + the new one. Exits with 0 if there is no difference, otherwise with 1.\n";

constexpr std::string_view condition_details =
    "A condition is what other tools wait for: kubectl wait --for=condition=DatabaseReady. Kratix merges conditions\n"
    "by type with the published ones. Types that Kratix manages itself are refused.\n";
constexpr std::string_view condition_set_details =
    "Writes all five fields. lastTransitionTime stays if the file or the published status already has the condition\n"
    "with the same status. Otherwise it is now, or SOURCE_DATE_EPOCH. Options may also follow the operands.\n";
constexpr std::string_view condition_get_details =
    "FIELD is type, status (default), reason, message or lastTransitionTime. The condition is read from the file, or\n"
    "else from the published status. Exits with 1 if there is none.\n";
constexpr std::string_view condition_unset_details =
    "A condition that is already published stays published, because status.yaml can only add and replace.\n";
constexpr std::string_view condition_list_details =
    "Prints one condition per line, from the file or else from the published status: TYPE, STATUS, REASON and\n"
    "MESSAGE, separated by tabs. Control characters are shown as \\n or \\x1b; -o json has every field as it is.\n";
constexpr std::string_view suspend_details =
    "Writes workflow-control.yaml, and MESSAGE also into status.yaml, where kubectl get shows it: both files or\n"
    "neither. Kratix suspends when this Pipeline has ended; its later containers still run. Kratix starts the\n"
    "Pipeline again when somebody removes a label: kubectl label TYPE NAME kratix.io/workflow-suspended-. suspend\n"
    "replaces an earlier retry.\n"
    "\n"
    "The status is published, but what the Pipeline has left in /kratix/output is not scheduled. Needs Kratix of\n"
    "March 2026 or later, in a delete Pipeline of July 2026 or later: older versions ignore the file silently.\n";
constexpr std::string_view retry_details =
    "Like suspend, but Kratix starts the Pipeline again after DURATION: 30s, 1h30m or 1.5h as in Go, or days and\n"
    "weeks, 1d or 1w2d, which are written in hours. Kratix counts whole seconds, so less than one is refused. Needs\n"
    "the same versions of Kratix as suspend.\n"
    "\n"
    "A script that must not go on ends with the exit code of retry:\n"
    "\n"
    "    kratix-status retry --max-attempts 48 --then-suspend \"Nobody has decided\" 30m \"Waiting for approval\"\n"
    "    exit $?\n"
    "\n"
    "A Pipeline that ends with 0 and without a control file tells Kratix to go on, so never exit with 0 after an\n"
    "error. Without --then-suspend, exit code 1 means that the attempts are used up; every other nonzero code is an\n"
    "error.\n"
    "\n"
    "A delete Pipeline that has used up its retries and just ends lets Kratix delete the resource: suspend then, or\n"
    "exit with a nonzero code. Only the first delete Pipeline of a workflow runs.\n";
constexpr std::string_view resume_details =
    "Removes workflow-control.yaml if it exists, and nothing else. A container that failed runs again with the files\n"
    "of its first run, so a script that no longer wants to wait calls resume.\n";
constexpr std::string_view suspended_details =
    "Exits with 0 if workflow-control.yaml makes Kratix suspend or retry, otherwise with 1. Prints nothing.\n";

constexpr std::string_view run_details =
    "Runs COMMAND without a shell, and ends as it does: with its exit code, or with 128 + N if signal N ended it. As\n"
    "in shells, 127 means that COMMAND was not found, and 126 that it cannot be executed. COMMAND has the same\n"
    "standard input and outputs as run, and gets its signals. run can be the ENTRYPOINT of an image, because it\n"
    "reaps orphans.\n"
    "\n"
    "If COMMAND fails, the platform user sees why, as with fail. A message that kratix-status fail has published\n"
    "stays. Otherwise the message is TEXT, or else the message that the script has set, and how COMMAND ended. When\n"
    "the container runs again, run removes the message. If it cannot be published, a warning says so, and the exit\n"
    "code is still that of COMMAND. Outside of a Pod nothing is published.\n"
    "\n"
    "    ENTRYPOINT [\"kratix-status\", \"run\", \"--\"]\n"
    "    CMD [\"/pipeline/run\"]\n"
    "\n"
    "With --stderr, standard error goes through a pipe, unchanged and without delay. Its last three lines that are\n"
    "not empty become part of the message. They are withheld if they hold a secret that kratix-status recognizes\n"
    "by its form or by a variable such as DB_PASSWORD: use --stderr only if COMMAND writes no other secrets.\n";

constexpr std::string_view completion_details =
    "Completes commands, options, the keys of the effective status, types of conditions and files. To turn it on,\n"
    "add a line:\n"
    "in ~/.bashrc, . <(kratix-status completion bash)\n"
    "in ~/.zshrc, after compinit, . <(kratix-status completion zsh)\n"
    "in ~/.config/fish/config.fish, kratix-status completion fish | source\n";

constexpr Command condition_table[] = {
    {"condition set", condition_set_usages, type_and_status, "Set a condition", condition_set_options,
     condition_set_details, run_condition_set, OptionPlace::anywhere},
    {"condition get", condition_get_usages, type_and_field, "Print a field of a condition", no_options,
     condition_get_details, run_condition_get},
    {"condition unset", condition_unset_usages, one_type, "Remove a condition", no_options, condition_unset_details,
     run_condition_unset},
    {"condition list", condition_list_usages, no_operands, "List the conditions", condition_list_options,
     condition_list_details, run_condition_list},
};

constexpr std::string_view destination_details =
    "Writes destination-selectors.yaml, which selects the Destinations for the files in /kratix/output by their\n"
    "labels. One entry is for the whole output, and others are for directories in it. The Promise's own selectors\n"
    "for the whole output apply as well.\n";
constexpr std::string_view destination_set_details =
    "Writes the entry for DIR, or for the files that no other entry covers. The labels replace the entry's old\n"
    "labels, so a container can run again. DIR is a directory directly in /kratix/output, without '/' in its name.\n"
    "Kratix fails the Pod if the directory does not exist when all containers have ended.\n"
    "\n"
    "A Destination must have all of the labels. If Kratix would fail on the existing file, it stays unchanged;\n"
    "validate says why.\n";
constexpr std::string_view destination_list_details =
    "Prints one entry per line, as Kratix reads it: DIR (. for the whole output), a tab, and the labels. -o json\n"
    "prints every label unchanged.\n";
constexpr std::string_view destination_unset_details =
    "Removes the entry for DIR, or for the whole output. A missing entry is not an error.\n";

constexpr Command destination_table[] = {
    {"destination set", destination_set_usages, several_texts, "Select Destinations by labels", destination_set_options,
     destination_set_details, run_destination_set},
    {"destination list", destination_list_usages, no_operands, "List what is selected", destination_list_options,
     destination_list_details, run_destination_list},
    {"destination unset", destination_unset_usages, no_operands, "Remove an entry", destination_unset_options,
     destination_unset_details, run_destination_unset},
};

constexpr std::string_view validate_details =
    "Checks files written by hand as Kratix reads them: the FILEs, or else the files of the metadata directory that\n"
    "Kratix reads, and files with similar names. Each finding has file:line:column, the name of its rule, the line\n"
    "and a hint. An error fails the Pod or loses what was written. A warning is about text that Kratix accepts, but\n"
    "probably not as the author meant it. Exits with 1 if there is an error, or with --strict any finding.\n"
    "\n"
    "If a file has more than 100 findings, 100 are listed: first the errors, then what comes first in the file. A\n"
    "last line says how many more there are. With -o json, the last finding has that number as \"more\".\n"
    "\n"
    "A FILE whose name contains workflow-control is checked as such a file, one whose name contains\n"
    "destination-selectors likewise, and any other, or - for standard input, as a status.\n"
    "KRATIX_WORKFLOW_TYPE=promise checks the status of a Promise.\n";

constexpr Command table[] = {
    {"set", set_usages, key_and_text, "Set a key, or several", set_options, set_details, run_set},
    {"append", append_usages, key_and_text, "Add to a list", append_options, append_details, run_append},
    {"unset", unset_usages, several_keys, "Remove keys", unset_options, unset_details, run_unset},
    {"merge", merge_usages, one_file, "Merge a YAML or JSON map", merge_options, merge_details, run_merge},
    {"import", import_usages, file_and_fields, "Import fields of another program's YAML or JSON", import_options,
     import_details, run_import},
    {"get", get_usages, one_key, "Print a value", get_options, get_details, run_get},
    {"exists", exists_usages, one_key, "Test whether a key exists", source_options, exists_details, run_exists},
    {"keys", keys_usages, one_key, "List the keys of a map", source_options, keys_details, run_keys},
    {"quote", quote_usages, one_text, "Quote any text for use in a KEY", no_options, quote_details, run_quote,
     OptionPlace::nowhere},
    {"condition", no_usages, no_operands, "Set and read conditions", no_options, condition_details, nullptr,
     OptionPlace::before_operands, condition_table},
    {"destination", no_usages, no_operands, "Select where Kratix schedules the output", no_options, destination_details,
     nullptr, OptionPlace::before_operands, destination_table},
    {"publish", publish_usages, no_operands, "Show the status to the platform user now", publish_options,
     publish_details, run_publish},
    {"fail", fail_usages, one_text, "Show why the Pipeline failed, and exit with 1", fail_options, fail_details,
     run_fail},
    {"suspend", suspend_usages, one_text, "Suspend the workflow after this Pipeline", suspend_options, suspend_details,
     run_suspend},
    {"retry", retry_usages, two_texts, "Run the Pipeline again later", retry_options, retry_details, run_retry},
    {"resume", resume_usages, no_operands, "Cancel suspend or retry", no_options, resume_details, run_resume},
    {"suspended", suspended_usages, no_operands, "Test whether suspend or retry is in effect", no_options,
     suspended_details, run_suspended},
    {"run", run_usages, program, "Run a command, and publish why it fails", run_options, run_details, run_run},
    {"preview", preview_usages, no_operands, "Show what the platform user will see", preview_options, preview_details,
     run_preview},
    {"diff", diff_usages, no_operands, "Show what changes for the platform user", diff_options, diff_details, run_diff},
    {"validate", validate_usages, several_files, "Check files written by hand", validate_options, validate_details,
     run_validate},
    {"completion", completion_usages, shell, "Print a completion script for a shell", completion_options,
     completion_details, run_completion},
    {"version", version_usages, no_operands, "Print the version", version_options, "", run_version},
    {"help", help_usages, command_name, "Explain a command", help_options, "", run_help},
};

#ifndef KRATIX_STATUS_SANITIZED  // under UBSan, GCC does not compare the address of a function at compile time
static_assert(all_commands(table, has_run_or_subcommands), "a command needs run_NAME, or subcommands, and not both");
#endif
static_assert(all_commands(table, has_texts), "a command needs a name, a summary, and a text for each option");
static_assert(all_commands(table, has_usages), "a command needs usages, and each begins with its name");
static_assert(all_commands(table, usages_agree_with_operands),
              "KEY, TYPE, FIELD, FILE or COMMAND is in a command's usages and not in its operands, or the reverse");
static_assert(all_commands(table, subcommands_begin_with_name), "a subcommand is named GROUP NAME");
static_assert(options_differ(global, {}), "two options of every command have the same name or letter");
static_assert(all_commands(table, [](const Command& command) { return options_differ(command.options, global); }),
              "two options of a command, or one of every command, have the same name or letter");

constexpr Variable environment[] = {
    {"KRATIX_ROOT", "Directory that holds input/ and metadata/"},
    {"KRATIX_METADATA_DIR", "Directory of status.yaml, workflow-control.yaml and destination-selectors.yaml"},
    {"KRATIX_INPUT_DIR", "Directory of object.yaml; it must exist"},
    {"KRATIX_WORKFLOW_TYPE", "Set by Kratix: resource or promise, whose status it is"},
    {"KRATIX_WORKFLOW_ACTION", "Set by Kratix: configure or delete"},
    {"KRATIX_PIPELINE_NAME", "Set by Kratix: the Pipeline whose attempts --max-attempts counts"},
    {"KRATIX_OBJECT_NAME", "Set by Kratix: the name that preview shows if object.yaml has none"},
    {"KRATIX_DRY_RUN", "Set by Kratix: true in a dry run, where Kratix writes its own message"},
    {"KRATIX_OBJECT_GROUP, KRATIX_OBJECT_VERSION, KRATIX_OBJECT_NAMESPACE, KRATIX_CRD_PLURAL, KRATIX_CLUSTER_SCOPED",
     "Set by Kratix: the object that publish, fail and --live work on"},
    {"KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT, KUBERNETES_PORT_443_TCP_ADDR",
     "Set by Kubernetes: the address of the API server"},
    {"KRATIX_STATUS_SERVICE_ACCOUNT_DIR", "Directory of the service account's token and ca.crt; for tests"},
    {"KRATIX_STATUS_PUBLISH",
     "print where there is no cluster: what would be published is printed on standard error; for tests"},
    {"KRATIX_STATUS_SECRETS",
     "refuse: refuse a value that holds the value of a variable such as DB_PASSWORD; warn (default): only warn"},
    {"SOURCE_DATE_EPOCH", "The time to give to conditions instead of now, in seconds since 1970"},
};

constexpr std::string_view codes[] = {
    "done, or yes",
    "no: missing key, difference, finding, no more retries; and always after fail",
    "usage: the command line is wrong",
    "refused: Kratix would not publish this key or value as given",
    "malformed: an existing file is not what Kratix can read; it was left unchanged",
    "input or output failed; the old file is still there, unless the message says that the new one is written",
};

}  // namespace

std::span<const Command> commands() { return table; }
std::span<const Option> global_options() { return global; }
std::span<const Variable> variables() { return environment; }
std::span<const std::string_view> exit_codes() { return codes; }

std::vector<Option> options_of(const Command& command) {
  std::vector<Option> options(command.options.begin(), command.options.end());
  options.insert(options.end(), std::begin(global), std::end(global));
  return options;
}

std::string_view last_word(const Command& command) { return command.name.substr(command.name.rfind(' ') + 1); }

const Command* find_command(std::span<const Command> candidates, std::string_view word) {
  const auto found = std::find_if(candidates.begin(), candidates.end(),
                                  [&](const Command& command) { return last_word(command) == word; });
  return found == candidates.end() ? nullptr : &*found;
}

}  // namespace kratix_status::cli
