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
    {"lock-timeout", '\0', "SECONDS", "How long to wait for another writer (default 30)"},
    {"dry-run", '\0', "", "Print the file that would be written, and write nothing"},
    {"quiet", 'q', "", "No warnings"},
    {"help", 'h', "", "Show help"},
    {"version", '\0', "", "Show the version"},
};

constexpr Option fresh = {"fresh", '\0', "", "Leave out what only the previous status has of the map"};
constexpr Option from = {"from", '\0', "SOURCE", "effective (default), file, previous, object or live",
                         "effective|file|previous|object|live"};
constexpr Option publish_now = {"publish", '\0', "", "Publish status.yaml behind it: the platform user sees it now"};
constexpr Option try_only = {"try", '\0', "", "Only warn if it cannot be published"};
constexpr Option timeout = {"timeout", '\0', "DURATION", "How long to try (default 10s)"};
constexpr Option live = {"live", '\0', "", "Start from the object as it is now in the cluster, not from object.yaml"};

constexpr Option set_options[] = {
    {"json", '\0', "", "VALUE is JSON: a number, boolean, null, list or map"},
    {"once", '\0', "", "Keep a value that is already there"},
    {"print", '\0', "", "Print the value that now holds"},
    fresh,
    publish_now,
    try_only,
};
constexpr Option append_options[] = {
    {"json", '\0', "", "VALUE is JSON"},
    {"unique", '\0', "", "Not if the list holds it already"},
    fresh,
    publish_now,
    try_only,
};
constexpr Option merge_options[] = {fresh, publish_now, try_only};
constexpr Option unset_options[] = {fresh, publish_now, try_only};
constexpr Option suspend_options[] = {publish_now, try_only};
constexpr Option publish_options[] = {
    timeout,
    {"min-interval", '\0', "DURATION", "Publish nothing if that was done less than DURATION ago"},
    try_only,
};
constexpr Option fail_options[] = {
    timeout,
    {"condition", '\0', "TYPE", "Publish a condition with status False, too"},
    {"reason", '\0', "REASON", "Of the condition: why, as a word in CamelCase such as QuotaExceeded"},
};
constexpr Option get_options[] = {
    from,
    {"default", '\0', "VALUE", "What to print for a missing or null key: a string, in FORMAT"},
    {"output", 'o', "FORMAT", "raw (default), yaml or json", "raw|yaml|json"},
};
constexpr Option source_options[] = {from};
constexpr Option not_last = {"not-last", '\0', "", "More Pipelines of the workflow follow"};
constexpr Option preview_options[] = {
    {"output", 'o', "FORMAT", "yaml (default), json, table or merge-patch", "yaml|json|table|merge-patch"},
    not_last,
    live,
};
constexpr Option diff_options[] = {not_last, live};

constexpr Option condition_set_options[] = {
    {"reason", '\0', "REASON", "Why, as a word in CamelCase such as BackupFinished (required)"},
    {"message", '\0', "MESSAGE", "The same for people; empty if it is left out"},
    publish_now,
    try_only,
};
constexpr Option condition_list_options[] = {
    {"output", 'o', "FORMAT", "table (default), yaml or json", "table|yaml|json"},
};
constexpr Option retry_options[] = {
    {"max-attempts", '\0', "N", "Exit with 1 and write nothing once the Pipeline has been retried N times"},
    {"then-suspend", '\0', "MESSAGE", "With --max-attempts: suspend with MESSAGE then, and exit with 0"},
    publish_now,
    try_only,
};
constexpr Option run_options[] = {
    {"message", '\0', "TEXT", "What to say in place of \"COMMAND exited with code N\""},
    {"stderr", '\0', "", "Add the last lines that COMMAND wrote to standard error"},
};
constexpr Option validate_options[] = {
    {"output", 'o', "FORMAT", "text (default) or json", "text|json"},
    {"strict", '\0', "", "Exit with 1 on warnings too"},
    {"rules", '\0', "", "List the rules, and look at no file"},
};
constexpr Option version_options[] = {
    {"licenses", '\0', "", "Print the licences of what is linked into this binary"},
};

constexpr Option completion_options[] = {
    {"candidates", '\0', "", "For the scripts: what can stand in place of the last of the operands"},
};
constexpr Option help_options[] = {
    {"man", '\0', "", "Print the manual page, for man -l"},
};

constexpr std::span<const Option> no_options;

constexpr std::span<const Operand> no_operands;
constexpr Operand key_and_text[] = {{OperandKind::key}, {OperandKind::text}};
constexpr Operand one_key[] = {{OperandKind::key}};
constexpr Operand several_keys[] = {{OperandKind::key, {}, true}};
constexpr Operand one_text[] = {{OperandKind::text}};
constexpr Operand two_texts[] = {{OperandKind::text}, {OperandKind::text}};
constexpr Operand one_file[] = {{OperandKind::file}};
constexpr Operand several_files[] = {{OperandKind::file, {}, true}};
constexpr Operand one_type[] = {{OperandKind::condition_type}};
constexpr Operand type_and_field[] = {{OperandKind::condition_type}, {OperandKind::condition_field}};
constexpr Operand type_and_status[] = {{OperandKind::condition_type}, {OperandKind::choice, "True|False|Unknown"}};
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
constexpr std::string_view get_usages[] = {"get [--from SOURCE] [--default VALUE] [-o FORMAT] [KEY]"};
constexpr std::string_view exists_usages[] = {"exists [--from SOURCE] KEY"};
constexpr std::string_view keys_usages[] = {"keys [--from SOURCE] [KEY]"};
constexpr std::string_view quote_usages[] = {"quote TEXT"};
constexpr std::string_view condition_set_usages[] = {
    "condition set TYPE True|False|Unknown --reason REASON [--message MESSAGE] [--publish]"};
constexpr std::string_view condition_get_usages[] = {"condition get TYPE [FIELD]"};
constexpr std::string_view condition_unset_usages[] = {"condition unset TYPE"};
constexpr std::string_view condition_list_usages[] = {"condition list [-o FORMAT]"};
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
                                                "validate [-o FORMAT] --rules"};
constexpr std::string_view completion_usages[] = {"completion bash|zsh|fish"};
constexpr std::string_view help_usages[] = {"help [--man] [COMMAND...]"};
constexpr std::string_view version_usages[] = {"version [--licenses]"};

constexpr std::string_view set_details =
    "VALUE is a string, byte for byte, whatever it looks like: options come before KEY, and nothing after it is\n"
    "interpreted. With KEY=VALUE, several keys go into one atomic write; := takes JSON, @= the text of a file (- is\n"
    "standard input) without its last newline. No operand may replace what an earlier one of the same command sets.\n"
    "\n"
    "KEY is a.b.c, labels.\"app.kubernetes.io/name\" or ports[0]; [-1] is the last item. A segment in double quotes is\n"
    "a JSON string. One dot in front, as yq has it, is allowed: .a.b is a.b. A write below a map first brings the rest\n"
    "of that map from the previous status, since Kratix replaces top-level keys whole. --fresh does not bring it, and\n"
    "keeps what the file already holds, that which an earlier command brought included.\n"
    "\n"
    "Quote an operand with a [, { or * in it, as in 'ports:=[80,443]': shells expand these.\n"
    "\n"
    "Give text from elsewhere as set KEY \"$value\". If you forget the quotes there, a value with blanks is an error; in\n"
    "the form KEY=VALUE its words become operands, which may set other keys or read files. Text from elsewhere in a KEY\n"
    "goes through quote: set \"labels.$(kratix-status quote \"$name\")\" \"$value\".\n";
constexpr std::string_view append_details =
    "Makes the list if it is missing. A list at the top starts anew in each Pipeline and takes the place of the one\n"
    "that is published; one below a map is brought with its map. A Pipeline runs again whenever its resource changes:\n"
    "use --unique, or set the whole list, where a nested list would otherwise grow with each run.\n";
constexpr std::string_view unset_details =
    "A key that is not there is fine. A top-level key that is already published stays published: status.yaml only adds\n"
    "and overwrites. set --json KEY null publishes null in its place.\n";
constexpr std::string_view merge_details =
    "Reads a map in YAML or JSON from FILE or standard input and merges it key by key, at every level; lists are\n"
    "replaced. A map takes the place of a string or number, and these the place of a map. YAML is read as Kratix reads\n"
    "it.\n";
constexpr std::string_view get_details =
    "Prints a string bare, and a list or map as JSON. A missing or null key prints nothing and exits with 1, unless\n"
    "there is a --default. SOURCE: `effective` is the file over the previous status, as Kratix will merge them\n"
    "(message from the file only), `file` is status.yaml, `previous` is .status of object.yaml, `object` all of it, and\n"
    "`live` is the object as it is now in the cluster.\n"
    "KEY has no `status.` in front, unless there is a key of that name.\n"
    "A bare string is printed byte for byte. JSON and YAML escape what drives a terminal, shows nothing or is a command\n"
    "to a CI runner; they read as the same value.\n"
    "\n"
    "Assign to a variable first: after size=$(kratix-status get spec.size) a script with set -e ends if the key is\n"
    "missing, but within another command's words, as in \"Size: $(...)\", shells ignore the exit code.\n";
constexpr std::string_view exists_details = "Exits with 0 if KEY is there and not null, else with 1. Prints nothing.\n";
constexpr std::string_view keys_details =
    "Prints the keys of the map at KEY, or of the whole status, one a line, quoted where KEY needs quotes: each line\n"
    "can be given back as a KEY or as a segment of one. Exits with 1 if there is no map.\n";
constexpr std::string_view quote_details =
    "Prints TEXT in quotes, as one segment of a KEY: whatever TEXT holds, it names one key, and no more. Use it for\n"
    "text from elsewhere:\n"
    "\n"
    "    kratix-status set \"labels.$(kratix-status quote \"$name\")\" \"$value\"\n"
    "\n"
    "TEXT is taken as it is, also --help or an empty text. Text that is not UTF-8 is refused and nothing is printed; a\n"
    "KEY such as labels. is then refused too.\n";
constexpr std::string_view publish_details =
    "Kratix reads status.yaml when all containers of the Pod have ended, and never if one of them failed. publish sends\n"
    "it to the cluster at once, by Kratix's own rules: the object is read, and what differs is patched, with the Pod's\n"
    "service account, which Kratix allows that by default. Kratix's own records and conditions are never touched, and\n"
    "several publishers at the same time lose nothing. status.yaml stays as it is, so that Kratix writes the same at the\n"
    "end. If nothing differs, nothing is sent.\n"
    "\n"
    "Each publish makes Kratix look at the resource once more: use --min-interval in a loop. What it leaves out is\n"
    "published by a later one, or when the Pod ends.\n"
    "\n"
    "Exits with 3 if Kratix or Kubernetes would refuse the status, and with 5 if the cluster cannot be reached or does not\n"
    "allow it; with --try that is a warning, and the exit code 0.\n";
constexpr std::string_view fail_details =
    "Publishes MESSAGE, which kubectl get then shows, together with what status.yaml holds, and exits with 1: Kratix does\n"
    "not read the files of a Pod that failed. Use it in place of exit 1:\n"
    "\n"
    "    [ \"$size\" -le \"$quota\" ] || kratix-status fail \"Quota exceeded: ask the platform team\" || exit\n"
    "\n"
    "MESSAGE does not outlive the failure: status.yaml does not hold it, and when the container runs again and succeeds,\n"
    "the user sees the message that the script sets, or else Kratix's own. A condition stays until it is set again. If\n"
    "nothing can be published, an error says why, and the exit code is 1 all the same.\n";
constexpr std::string_view preview_details =
    "Prints the status that Kubernetes will hold when the Pipeline's Pod has ended, if it ended now: status.yaml\n"
    "merged into the previous status, what workflow-control.yaml asks for, and what Kratix sets itself, in configure and\n"
    "delete workflows. Exits with 3 where Kratix or Kubernetes would refuse the status. Containers are not told whether\n"
    "theirs is the last Pipeline of the workflow; preview takes it for the last one. Before July 2026 Kratix did not\n"
    "read the files of delete Pipelines.\n"
    "\n"
    "`table` is what kubectl get prints then, unless the Promise's API has printer columns of its own. `merge-patch`\n"
    "holds the keys of status.yaml that differ, conditions merged by type, and nothing that Kratix writes: for kubectl\n"
    "patch --subresource=status --type=merge, also while the Pipeline runs.\n"
    "\n"
    "Kratix's status-writer fails if status.kratix.workflows.pipelines of the object has no entry for the Pipeline, and\n"
    "so does preview. Kratix makes the entry before it starts the Pipeline, so an object.yaml of your own may do without\n"
    "status.kratix: preview then leaves out what Kratix would record there. In a dry run object.yaml has the real\n"
    "request's status, and Kratix writes to another object: preview starts from the one, and names the other.\n";
constexpr std::string_view diff_details =
    "Compares the previous status, that of object.yaml, with what preview prints. A line that starts with - is in the\n"
    "previous one only, a line that starts with + in the other: a key and its value as JSON. Exits with 0 if there is\n"
    "no difference, with 1 if there is one.\n";

constexpr std::string_view condition_details =
    "A condition is what other tools wait for: kubectl wait --for=condition=DatabaseReady. Kratix merges conditions\n"
    "by type with those that are published. Types that Kratix manages itself are refused.\n";
constexpr std::string_view condition_set_details =
    "Writes all five fields. lastTransitionTime stays while the status is the same, in the file or in what is\n"
    "published; else it is now, or SOURCE_DATE_EPOCH. Options may stand behind the operands.\n";
constexpr std::string_view condition_get_details =
    "FIELD is type, status (default), reason, message or lastTransitionTime, of the file or else of what is\n"
    "published. Exits with 1 if there is none.\n";
constexpr std::string_view condition_unset_details =
    "A condition that is already published stays published: status.yaml only adds and replaces.\n";
constexpr std::string_view condition_list_details =
    "One condition a line, of the file or else published: TYPE, STATUS, REASON and MESSAGE with tabs between. Control\n"
    "characters are shown as \\n or \\x1b; -o json has every field as it is.\n";
constexpr std::string_view suspend_details =
    "Writes workflow-control.yaml, and MESSAGE also into status.yaml, where kubectl get shows it: both or neither.\n"
    "Kratix stops when this Pipeline has ended, not before its later containers have run, and starts it again when\n"
    "the label kratix.io/workflow-suspended is removed. What an earlier retry asked for is replaced.\n"
    "\n"
    "The status is published, but what the Pipeline has left in /kratix/output is not scheduled. Needs Kratix of March\n"
    "2026 or later, in a delete Pipeline of July 2026: older versions ignore the file silently.\n";
constexpr std::string_view retry_details =
    "Like suspend, but Kratix starts the Pipeline again after DURATION: 30s, 1h30m, 1.5h as in Go, and days and\n"
    "weeks, 1d or 1w2d, which are written in hours. Kratix counts whole seconds, so less than one is refused. Needs\n"
    "the same versions of Kratix as suspend.\n"
    "\n"
    "A script that must not go on ends with the exit code of retry:\n"
    "\n"
    "    kratix-status retry --max-attempts 48 --then-suspend \"Nobody has decided\" 30m \"Waiting for approval\"\n"
    "    exit $?\n"
    "\n"
    "A Pipeline that ends with 0 and without a control file tells Kratix to go on, so never exit with 0 after an error.\n"
    "Without --then-suspend, exit code 1 says that the attempts are used up; every other code but 0 is an error.\n"
    "\n"
    "A delete Pipeline that has used up its retries and just ends lets Kratix delete the resource: suspend then, or exit\n"
    "with another code than 0. Only the first delete Pipeline of a workflow runs.\n";
constexpr std::string_view resume_details =
    "Removes workflow-control.yaml, if it is there, and nothing else. A container that failed runs again beside the\n"
    "files of its first run, so a script that no longer wants to wait says so.\n";
constexpr std::string_view suspended_details =
    "Exits with 0 if workflow-control.yaml makes Kratix suspend or retry, else with 1. Prints nothing.\n";

constexpr std::string_view run_details =
    "Runs COMMAND, without a shell, and ends as it ends: with its exit code, or with 128 + N if signal N ended it. As in\n"
    "shells, 127 says that COMMAND was not found, and 126 that it cannot be executed. Standard input and both outputs are\n"
    "those of COMMAND, and signals are passed on to it. Fit to be the ENTRYPOINT of an image: it reaps orphans.\n"
    "\n"
    "If COMMAND fails, the platform user sees why, as with fail: what kratix-status fail or the script's own message has\n"
    "said, and how COMMAND ended, or TEXT. When the container runs again, that message is gone. Where it cannot be\n"
    "published, a warning says so; the exit code is that of COMMAND all the same. Outside of a Pod nothing is published.\n"
    "\n"
    "    ENTRYPOINT [\"kratix-status\", \"run\", \"--\"]\n"
    "    CMD [\"/pipeline/run\"]\n"
    "\n"
    "With --stderr, standard error reaches its reader through a pipe, at once and unchanged. Its last three lines that\n"
    "are not empty become part of the message: use it only if COMMAND writes no secrets there.\n";

constexpr std::string_view completion_details =
    "Completes commands, options, the keys of the effective status, types of conditions and files. To switch it on:\n"
    "in ~/.bashrc, . <(kratix-status completion bash)\n"
    "in ~/.zshrc, behind compinit, . <(kratix-status completion zsh)\n"
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

constexpr std::string_view validate_details =
    "Says what Kratix would make of files written by hand: by default the files of the metadata directory that Kratix\n"
    "reads, and those whose names look like them. Each finding has file:line:column, the name of its rule, the line\n"
    "and a hint. An error fails the Pod or loses what was written; a warning is legal, and yet hardly what was meant.\n"
    "Exits with 1 if there is an error, or with --strict any finding.\n"
    "\n"
    "Of more than 100 findings in a file the errors are listed first, and then those that come first in it; a last line\n"
    "says how many more there are. With -o json the last of them says it, as \"more\".\n"
    "\n"
    "A FILE whose name holds workflow-control is read as such a file, one that holds destination-selectors likewise,\n"
    "and any other, or - for standard input, as a status. KRATIX_WORKFLOW_TYPE=promise judges the status of a\n"
    "Promise.\n";

constexpr Command table[] = {
    {"set", set_usages, key_and_text, "Set a key, or several", set_options, set_details, run_set},
    {"append", append_usages, key_and_text, "Add to a list", append_options, append_details, run_append},
    {"unset", unset_usages, several_keys, "Remove keys", unset_options, unset_details, run_unset},
    {"merge", merge_usages, one_file, "Merge a YAML or JSON map", merge_options, merge_details, run_merge},
    {"get", get_usages, one_key, "Print a value", get_options, get_details, run_get},
    {"exists", exists_usages, one_key, "Tell whether a key is there", source_options, exists_details, run_exists},
    {"keys", keys_usages, one_key, "List the keys of a map", source_options, keys_details, run_keys},
    {"quote", quote_usages, one_text, "Print any text as a segment of a KEY", no_options, quote_details, run_quote,
     OptionPlace::nowhere},
    {"condition", no_usages, no_operands, "Set and read conditions", no_options, condition_details, nullptr,
     OptionPlace::before_operands, condition_table},
    {"publish", publish_usages, no_operands, "Show the status to the platform user now", publish_options,
     publish_details, run_publish},
    {"fail", fail_usages, one_text, "Say why the Pipeline fails, and exit with 1", fail_options, fail_details,
     run_fail},
    {"suspend", suspend_usages, one_text, "Let Kratix stop the workflow here", suspend_options, suspend_details,
     run_suspend},
    {"retry", retry_usages, two_texts, "Let Kratix start the Pipeline again later", retry_options, retry_details,
     run_retry},
    {"resume", resume_usages, no_operands, "Take back suspend or retry", no_options, resume_details, run_resume},
    {"suspended", suspended_usages, no_operands, "Tell whether Kratix stops here", no_options, suspended_details,
     run_suspended},
    {"run", run_usages, program, "Run a command, and publish why it fails", run_options, run_details, run_run},
    {"preview", preview_usages, no_operands, "Show what the platform user will see", preview_options, preview_details,
     run_preview},
    {"diff", diff_usages, no_operands, "Show what changes for the platform user", diff_options, diff_details, run_diff},
    {"validate", validate_usages, several_files, "Check files written by hand", validate_options, validate_details,
     run_validate},
    {"completion", completion_usages, shell, "Print a script that completes command lines", completion_options,
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
    {"KRATIX_METADATA_DIR", "Directory of status.yaml and workflow-control.yaml"},
    {"KRATIX_INPUT_DIR", "Directory of object.yaml; it must exist"},
    {"KRATIX_WORKFLOW_TYPE", "resource or promise, set by Kratix: whose status it is"},
    {"KRATIX_WORKFLOW_ACTION", "configure or delete, set by Kratix"},
    {"KRATIX_PIPELINE_NAME", "Set by Kratix: whose attempts --max-attempts counts"},
    {"KRATIX_OBJECT_NAME", "Set by Kratix: the name that preview shows where object.yaml has none"},
    {"KRATIX_DRY_RUN", "true in Kratix's dry runs, where it writes a message of its own"},
    {"KRATIX_OBJECT_GROUP, KRATIX_OBJECT_VERSION, KRATIX_OBJECT_NAMESPACE, KRATIX_CRD_PLURAL, KRATIX_CLUSTER_SCOPED",
     "Set by Kratix: which object publish, fail and --live mean"},
    {"KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT, KUBERNETES_PORT_443_TCP_ADDR",
     "Set by Kubernetes: where the API server is"},
    {"KRATIX_STATUS_SERVICE_ACCOUNT_DIR", "Directory of the service account's token and ca.crt; for tests"},
    {"KRATIX_STATUS_PUBLISH",
     "print where there is no cluster: what would be published is printed on standard error; for tests"},
    {"SOURCE_DATE_EPOCH", "The time that conditions get in place of now, in seconds since 1970"},
};

constexpr std::string_view codes[] = {
    "done, or yes",
    "a negative answer: nothing there, a difference, a finding, no more retries",
    "usage: the command line is wrong",
    "refused: Kratix would not publish this key or value as given",
    "malformed: an existing file is not what Kratix can read; it was left as it was",
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
