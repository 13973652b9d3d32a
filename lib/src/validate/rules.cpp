// The table of rules, with the authority for each.
#include "validate/rules.h"

#include <array>
#include <iterator>

#include "value/text_column.h"

namespace kratix_status {

namespace {

constexpr Severity error = Severity::error;
constexpr Severity warning = Severity::warning;

// The sources of the rules. Kratix's files are given by their path in its repository.
constexpr std::string_view status_writer = "work-creator/cmd/update_status.go";
constexpr std::string_view updater = "work-creator/lib/status_updater.go";
constexpr std::string_view control = "work-creator/lib/workflow_control.go";
constexpr std::string_view selectors = "work-creator/lib/work_creator.go, ParseDestinationSelectors";
constexpr std::string_view schema = "internal/controller/promise_controller.go, setStatusFieldsOnCRD";
constexpr std::string_view go_yaml = "go-yaml v2.4, decode.go";
constexpr std::string_view scanner = "go-yaml v2.4, scannerc.go";
constexpr std::string_view resolver = "go-yaml v2.4, resolve.go";
constexpr std::string_view sigs_yaml = "sigs.k8s.io/yaml, yaml.go";
constexpr std::string_view metav1 = "k8s.io/apimachinery, metav1.Condition";
constexpr std::string_view etcd = "etcd, 1.5 MiB a request";
constexpr std::string_view ours = "kratix-status";
constexpr std::string_view pod = "the Pod: its status-writer runs as uid 65532";

using Id = RuleId;

constexpr Rule table[] = {
    {Id::yaml_syntax, error, "yaml-syntax", "Kratix cannot read the text as YAML, and the Pod fails.",
     "quote values that hold ': ', ' #', quotes or backslashes, or write the file with kratix-status", scanner},
    {Id::invalid_encoding, error, "invalid-encoding", "The file is neither UTF-8 nor UTF-16, and the Pod fails.",
     "convert it first, with iconv or base64", "go-yaml v2.4, readerc.go"},
    {Id::control_character, error, "control-character", "A raw control character, even in a comment, fails the Pod.",
     "escape it in double quotes, as the message shows", "go-yaml v2.4, readerc.go"},
    {Id::byte_order_mark, error, "byte-order-mark",
     "A byte order mark in the middle becomes an invisible part of the next key, or makes Kratix drop text.",
     "remove it; two files were probably joined with cat", scanner},
    {Id::bad_alias, error, "bad-alias", "An alias without an anchor, or within its own anchor, fails the Pod.",
     "quote a value that starts with '*'", go_yaml},
    {Id::too_many_values, error, "too-many-values",
     "The file holds more keys and values than kratix-status reads. Each use of an alias counts.",
     "keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status", ours},
    {Id::too_many_directives, error, "too-many-directives",
     "The file starts with more directives such as %TAG than kratix-status reads.", "remove them; a status needs none",
     ours},
    {Id::alias_budget, error, "alias-budget", "Aliases expand to more than Kratix's reader accepts.",
     "write the values out, or keep them elsewhere", go_yaml},
    {Id::too_deep, error, "too-deep", "The file nests deeper than kratix-status reads.", "nest it less deeply", ours},
    {Id::bad_tag, error, "bad-tag", "The value does not fit its tag, such as !!int or !!binary, and the Pod fails.",
     "remove the tag, and quote the value if it is text", go_yaml},
    {Id::not_a_number, error, "not-a-number", "JSON has no infinity and no not-a-number, and the Pod fails.",
     "quote it, or leave the key out", sigs_yaml},
    {Id::bad_key, error, "bad-key", "A key that is null, a list, a map or an integer of 2^63 or more fails the Pod.",
     "quote the key", sigs_yaml},
    {Id::key_collision, error, "key-collision",
     "Keys of different types become the same text, and Kratix keeps one of them at random.",
     "quote the keys, or remove one of them", sigs_yaml},
    {Id::bad_merge_key, error, "bad-merge-key", "The merge key << accepts only maps; anything else fails the Pod.",
     "quote a key that is really called <<", go_yaml},
    {Id::not_a_map, error, "not-a-map", "The file holds a list or a scalar where Kratix expects a map.",
     "write key: value", status_writer},
    {Id::trailing_text, error, "trailing-text", "Kratix stops reading where the first value ends, and drops the rest.",
     "make it one map: put the lines from here on inside, or remove them", scanner},
    {Id::second_document, error, "second-document", "Kratix reads the first document only, and drops the rest.",
     "make it one document: remove the ---", go_yaml},
    {Id::duplicate_key, warning, "duplicate-key", "The same key appears twice, and Kratix keeps the last value.",
     "remove one of them; kratix-status set replaces a key", go_yaml},
    {Id::rounded_number, error, "rounded-number", "Kratix reads numbers as 64-bit floats, and this one loses digits.",
     "quote it, to publish it as text", sigs_yaml},

    {Id::boolean_word, warning, "boolean-word",
     "Kratix reads y, n, yes, no, on and off as booleans; YAML 1.2 readers read text.",
     "quote it if it is text, or write true or false", resolver},
    {Id::ambiguous_number, warning, "ambiguous-number",
     "Kratix reads a number here; other YAML readers read text or another number.",
     "quote it if it is text, or write the number in plain decimal digits", resolver},
    {Id::lost_spelling, warning, "lost-spelling", "Kratix keeps the number but not its spelling: 1.10 becomes 1.1.",
     "quote it if it is a version, a telephone number or other text", sigs_yaml},
    {Id::ambiguous_text, warning, "ambiguous-text",
     "Kratix reads text here; other YAML readers read a number: 1:30 is 90 in YAML 1.1.", "quote it", resolver},
    {Id::timestamp, warning, "timestamp",
     "Kratix reads text here; YAML 1.1 readers, such as kratix-sdk for Python, read a date or time.", "quote it",
     resolver},
    {Id::boolean_key, warning, "boolean-key", "Kratix reads the key as a boolean, and it becomes true or false.",
     "quote the key", sigs_yaml},
    {Id::number_key, warning, "number-key", "Kratix reads the key as a number, and it becomes different text.",
     "quote the key", sigs_yaml},
    {Id::empty_value, warning, "empty-value",
     "A key without a value is null, and the status holds null under a key of your own.",
     "write \"\" for empty text, or null if you mean it; a variable was probably empty", sigs_yaml},
    {Id::null_text, warning, "null-text", "The value is the text null, which yq and jq -r print for a missing value.",
     "ask for the key with kratix-status get, which exits with 1 if there is none", ours},
    {Id::comment_in_text, warning, "comment-in-text", "Kratix reads the text from ' #' on as a comment.",
     "quote the value; if you mean a comment, put a blank after the #", scanner},
    {Id::flow_colon, warning, "flow-colon",
     "Within [] and {}, Kratix reads a ':' before ',', ']' or '}' as part of the text; other readers end a key there.",
     "quote the text, or give the key a value after a blank", scanner},
    {Id::unknown_tag, warning, "unknown-tag", "Text that starts with ! is a tag, and Kratix drops it.",
     "quote the value", go_yaml},
    {Id::anchor_with_colon, warning, "anchor-with-colon",
     "For Kratix a ':' ends the name of an anchor and begins the text; in YAML 1.2 it is part of the name.",
     "name the anchor with letters and digits", scanner},

    {Id::managed_key, error, "managed-key",
     "Kratix writes this key itself: `kratix` fails the Pod; Kratix overwrites others, or takes them for its own.",
     "choose a key of your own", "work-creator/cmd/update_status.go"},
    {Id::message_not_a_string, error, "message-not-a-string",
     "message must be a string; otherwise Kubernetes refuses the whole status.", "quote it", schema},
    {Id::message_null, error, "message-null", "message is null; Kubernetes drops it, and the user sees no message.",
     "leave the key out, or give it a text", schema},
    {Id::conditions_not_a_list, error, "conditions-not-a-list",
     "conditions must be a list. Anything else replaces Kratix's conditions, and Kubernetes refuses it.",
     "give a list of maps with type, status, reason, message and lastTransitionTime", updater},
    {Id::condition_not_a_map, error, "condition-not-a-map", "An item of conditions must be a map.",
     "give each condition type, status, reason, message and lastTransitionTime", updater},
    {Id::condition_field_missing, error, "condition-field-missing", "A field of a condition is missing.",
     "give each condition type, status, reason, message and lastTransitionTime", metav1},
    {Id::condition_field_not_a_string, error, "condition-field-not-a-string",
     "A field of a condition must be a string; otherwise Kubernetes refuses the whole status.",
     "quote it: status: \"True\"", schema},
    {Id::condition_type, error, "condition-type", "The type of a condition is not a valid name.",
     "use letters, digits, '-', '_' and '.', as in DatabaseReady", metav1},
    {Id::condition_status, error, "condition-status", "The status of a condition must be True, False or Unknown.",
     "write \"True\", \"False\" or \"Unknown\"", metav1},
    {Id::condition_reason, error, "condition-reason", "The reason of a condition is not a single word.",
     "use one word in CamelCase, and put sentences into message", metav1},
    {Id::condition_time, error, "condition-time",
     "lastTransitionTime is not an RFC 3339 time; Kubernetes refuses the whole status.",
     "use date -u +%Y-%m-%dT%H:%M:%SZ", schema},
    {Id::condition_too_long, error, "condition-too-long",
     "A field of a condition is longer than Kubernetes' conventions allow.", "shorten it", metav1},
    {Id::condition_field_unknown, error, "condition-field-unknown",
     "A condition has five fields, and Kubernetes drops any other.", "put it into message, or into a key of your own",
     schema},
    {Id::condition_type_reserved, error, "condition-type-reserved", "The condition is one of Kratix's own.",
     "choose a type of your own", "lib/resourceutil/util.go"},
    {Id::condition_type_duplicate, error, "condition-type-duplicate",
     "Two conditions have the same type, and Kratix keeps one.", "remove one of them", updater},
    {Id::status_too_large, error, "status-too-large", "The status is larger than Kubernetes stores.",
     "keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status", etcd},
    {Id::status_large, warning, "status-large", "The status is so large that it slows every reader of the object.",
     "keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status", etcd},
    {Id::status_wrapper, warning, "status-wrapper",
     "status.yaml already holds what is below status; this key becomes status.status.",
     "remove status, and put its keys at the top", updater},
    {Id::promise_key, warning, "promise-key",
     "The status of a Promise has no such field, so Kubernetes drops it; only message is kept.", "put it into message",
     "api/v1alpha1/promise_types.go"},

    {Id::suspend_not_a_boolean, error, "suspend-not-a-boolean", "suspend must be a boolean; otherwise the Pod fails.",
     "write suspend: true, without quotes", control},
    {Id::retry_after_not_a_duration, error, "retry-after-not-a-duration",
     "retryAfter is not a Go duration, and the Pod fails.", "write 30s, 5m or 1h30m; a day is 24h", control},
    {Id::retry_after_not_positive, error, "retry-after-not-positive",
     "Kratix accepts a retryAfter below a second, even a negative one, and runs the workflow again at once, endlessly.",
     "write a duration such as 30s", control},
    {Id::control_message_not_a_string, error, "control-message-not-a-string",
     "The message of workflow-control.yaml must be text; otherwise the Pod fails.", "quote it", control},
    {Id::control_field_unknown, warning, "control-field-unknown",
     "Kratix reads suspend, message and retryAfter, and silently ignores any other field.",
     "correct the name, or remove the field", control},
    {Id::control_field_case, warning, "control-field-case",
     "Kratix reads the field despite its spelling, because Go ignores the case of names. Do not rely on it.",
     "write suspend, message or retryAfter", "encoding/json"},
    {Id::max_attempts, warning, "max-attempts",
     "Some guides mention maxAttempts, but Kratix ignores it and retries the workflow endlessly.",
     "use kratix-status retry --max-attempts", control},
    {Id::suspend_and_retry, warning, "suspend-and-retry",
     "retryAfter overrides suspend, and Kratix retries the workflow.", "remove one of them", control},
    {Id::control_without_effect, warning, "control-without-effect",
     "The file neither suspends the workflow nor retries it.", "set suspend: true or retryAfter, or remove the file",
     control},

    {Id::selectors_not_a_list, error, "selectors-not-a-list",
     "destination-selectors.yaml must be a list, and the Pod fails otherwise.",
     "write a list of maps with matchLabels, or use kratix-status destination set", selectors},
    {Id::selector_not_a_map, error, "selector-not-a-map",
     "An item of destination-selectors.yaml must be a map, and the Pod fails otherwise.",
     "write a map with matchLabels, and directory if it is not for all of the output", selectors},
    {Id::selector_without_labels, error, "selector-without-labels", "An entry without matchLabels fails the Pod.",
     "give it matchLabels, or remove the entry", selectors},
    {Id::selector_label, error, "selector-label",
     "No Destination can have such a label, so that nothing is scheduled; a list or a map in its place fails the Pod.",
     "write name: value as Kubernetes allows it, at most 63 characters each", "k8s.io/apimachinery, content"},
    {Id::selector_directory, error, "selector-directory",
     "directory must name a directory of /kratix/output itself; one further down fails the Pod.",
     "name a directory without '/', or leave it out for all of the output", selectors},
    {Id::selector_directory_twice, error, "selector-directory-twice",
     "Two entries for the same directory fail the Pod; no directory and . are the same.",
     "put the labels into one entry; kratix-status destination set replaces it when a container runs again", selectors},
    {Id::selector_field_unknown, warning, "selector-field-unknown",
     "Kratix reads directory and matchLabels, and silently ignores any other field.",
     "correct the name, or remove the field", selectors},
    {Id::selector_field_case, warning, "selector-field-case",
     "Kratix reads the field despite its spelling, because Go ignores the case of names. Do not rely on it.",
     "write directory or matchLabels", "encoding/json"},

    {Id::secret, error, "secret",
     "The text shows a secret by its form (docs/secrets.md), and everybody who may read the resource sees it.",
     "keep it in a Secret, and write the Secret's name; give --allow-secret if everybody may see it", ours},

    {Id::file_too_large, error, "file-too-large", "The file is larger than any status that Kubernetes stores.",
     "keep large data elsewhere, in a ConfigMap or a Secret, and its name in the status", etcd},
    {Id::file_unreadable, error, "file-unreadable",
     "Kratix reads the file as uid 65532, and the file's mode does not allow that.",
     "run chmod 0644 in the container that writes it", pod},
    {Id::directory_unsearchable, error, "directory-unsearchable",
     "uid 65532 cannot search the directory, so Kratix silently treats the file as missing.",
     "run chmod o+x on the directory", pod},
    {Id::symbolic_link, error, "symbolic-link",
     "Kratix mounts the directory elsewhere and does not find the link's target.", "write the file itself",
     status_writer},
    {Id::not_a_regular_file, error, "not-a-regular-file",
     "A directory, FIFO or socket is not a file that Kratix can read.", "remove it, and write a file", status_writer},
    {Id::misspelt_file_name, warning, "misspelt-file-name", "Kratix does not look for a file of this name.",
     "rename it", status_writer},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < std::size(table); ++i) {
    if (static_cast<std::size_t>(table[i].id) != i) return false;
  }
  return std::size(table) == rule_count;
}
static_assert(is_in_order(), "the table has one row for each RuleId, in their order");

// What is compiled in, without addresses.
constexpr auto names = text_column<table, &Rule::name>();
constexpr auto meanings = text_column<table, &Rule::meaning>();
constexpr auto fixes = text_column<table, &Rule::fix>();
constexpr auto sources = text_column<table, &Rule::source>();
constexpr auto severities = [] {
  std::array<Severity, rule_count> column{};
  for (std::size_t row = 0; row < rule_count; ++row) column[row] = table[row].severity;
  return column;
}();

}  // namespace

Rule rule(RuleId id) {
  const auto row = static_cast<std::size_t>(id);
  return {id, severities[row], names[row], meanings[row], fixes[row], sources[row]};
}

std::vector<Rule> rules() {
  std::vector<Rule> all;
  for (std::size_t row = 0; row < rule_count; ++row) all.push_back(rule(static_cast<RuleId>(row)));
  return all;
}

std::string_view name_of(Severity severity) { return severity == Severity::error ? "error" : "warning"; }

}  // namespace kratix_status
