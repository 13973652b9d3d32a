// Applies changes to the map in status.yaml, checks the result, and writes it as YAML.
#include "kratix/status_change.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

#include "kratix/condition_list.h"
#include "kratix/limits.h"
#include "kratix/managed.h"
#include "kratix/merge.h"
#include "kratix/status_checks.h"
#include "kratix_status/finding.h"
#include "kratix_status/yaml.h"
#include "value/message.h"
#include "value/position.h"
#include "value/removal.h"

namespace kratix_status {

namespace {

Error trailing_text(std::string_view text, const std::string& name, const Finding& finding) {
  return malformed(location(name, finding.at), finding.message,
                   "make it one document: move these lines into the map above, or remove them",
                   excerpt(text, finding.at.line, finding.at.column));
}

// A number that another integer may have been rounded to.
bool holds_large_number(const Value& value) {
  if (value.is_list()) return std::any_of(value.as_list().begin(), value.as_list().end(), holds_large_number);
  if (value.is_map()) {
    return std::any_of(value.as_map().begin(), value.as_map().end(),
                       [](const Map::Entry& entry) { return holds_large_number(entry.value); });
  }
  constexpr auto limit = static_cast<double>(max_exact_integer);
  if (value.kind() == Value::Kind::integer) return std::abs(value.as_integer()) == max_exact_integer;
  return value.kind() == Value::Kind::floating && std::fabs(value.as_float()) > limit;
}

class StatusChange {
 public:
  explicit StatusChange(const ChangeContext& context) : context_(context) {}

  Outcome read(std::string_view text) {
    Result<Document> document = read_yaml(text, context_.name);
    if (!document) {
      document.error().fix = "the file is unchanged: fix it, or remove it to start again";
      return document.error();
    }
    for (const Finding& finding : document->findings) {
      if (is_dropped_text(finding.rule)) return trailing_text(text, context_.name, finding);
      warnings_.push_back(location(context_.name, finding.at) + ": " + finding.message);
    }
    more_warnings_ = document->findings.more();
    text_is_clean_ = document->findings.empty();
    status_ = std::move(document->value.as_map());
    return Done{};
  }

  Outcome apply(const Change& change) {
    if (change.path) {
      if (Outcome writable = check_writable(*change.path); !writable) return writable;
    }
    if (change.kind != Change::Kind::remove) settle_removals();
    switch (change.kind) {
      case Change::Kind::merge: return merge(change.value.as_map());
      case Change::Kind::remove: return remove(*change.path);
      case Change::Kind::remove_condition: return remove(change.condition);
      case Change::Kind::set_condition:
        remember("conditions");
        return set_condition(status_, context_.previous, change.condition, context_.now, context_.workflow);
      case Change::Kind::set_once:
        if (find_managed_key(change.path->top(), context_.workflow) == nullptr &&
            has_effective(context_.previous, status_, *change.path, context_.resets_message)) {
          return Done{};
        }
        break;
      case Change::Kind::set:
      case Change::Kind::append:
      case Change::Kind::append_unique: break;
    }
    touch(change.path->top());
    if (change.path->segments().size() > 1) {
      if (Outcome outcome = bring_for(*change.path); !outcome) return outcome;
    }
    if (change.kind == Change::Kind::append || change.kind == Change::Kind::append_unique) {
      return append(root_, *change.path, change.value, change.kind == Change::Kind::append_unique);
    }
    return put(root_, *change.path, change.value);
  }

  // What was asked for must be right; what was wrong before is only reported.
  Outcome check() {
    settle_removals();
    for (const auto& [key, value] : status_) {
      Outcome outcome = check_key(key, value, context_.workflow);
      const bool ours = touched_.find(key) != touched_.end();
      if (!outcome && ours) return outcome;
      if (!outcome)
        warnings_.push_back(context_.name + " holds " + outcome.error().context + ": " + outcome.error().cause);
      if (ours && context_.workflow == WorkflowType::promise && key != "message" && key != "conditions") {
        warnings_.push_back(
            "key " + key +
            ": the status of a Promise has no such field, so Kubernetes will drop it; only message is kept");
      }
    }
    return check_size(status_, warnings_);
  }

  Result<ChangedStatus> finish() {
    ChangedStatus changed{std::nullopt, {}, std::move(warnings_), more_warnings_};
    if (!text_is_clean_ || has_changed()) {
      Result<std::string> text = write_yaml(root_, max_file_bytes);
      if (!text) return text.error();
      changed.text = std::move(*text);
    }
    changed.status = std::move(status_);
    return changed;
  }

 private:
  // Keeps the value of a top-level key as it was before the first change to it.
  void remember(std::string_view key) {
    if (before_.find(key) != before_.end()) return;
    const Value* value = status_.find(key);
    before_.emplace(key, value == nullptr ? std::optional<Value>() : std::optional(*value));
  }

  void touch(const std::string& key) {
    remember(key);
    touched_.insert(key);
  }

  bool has_changed() const {
    return std::any_of(before_.begin(), before_.end(), [this](const auto& entry) {
      const Value* now = status_.find(entry.first);
      return now == nullptr ? entry.second.has_value() : !entry.second || *now != *entry.second;
    });
  }

  Outcome bring(const std::string& key) {
    const bool managed = find_managed_key(key, context_.workflow) != nullptr;
    if (context_.fresh || managed || status_.find(key) != nullptr) return Done{};
    remember(key);
    bring_from_previous(status_, context_.previous, key);
    const Value* brought = status_.find(key);
    if (!context_.previous_is_rounded || brought == nullptr || !holds_large_number(*brought)) return Done{};
    return refused("key " + key, "the published status holds a number below it that a 64-bit float would round",
                   "set the whole key, with that number as a string, or give --fresh");
  }

  // For a value below a top-level key.
  Outcome bring_for(const KeyPath& path) {
    const Value* published = context_.previous.find(path.top());
    const bool scalar = published != nullptr && !published->is_null() && !published->is_map() && !published->is_list();
    if (!scalar || context_.fresh || path.top() == "message" || status_.find(path.top()) != nullptr)
      return bring(path.top());
    const std::string top = path.text(1);
    return refused(
        "key " + path.text(),
        top + " is published as " + std::string(describe(published->kind())) + ", which cannot have keys below it",
        "choose another key, or give --fresh to put a map in its place");
  }

  Outcome merge(const Map& from) {
    for (const auto& [key, value] : from) {
      touch(key);
      if (value.is_map()) {
        if (Outcome outcome = bring(key); !outcome) return outcome;
      }
      // As in a whole object that was pasted; `set` takes the key in quotes only.
      if (key == "status" && context_.workflow == WorkflowType::resource) {
        warnings_.push_back(
            "key status: status.yaml already holds what is below status; this key will be status.status");
      }
    }
    deep_merge(status_, from);
    return Done{};
  }

  // Below a top-level key the removals are collected, since each one from a list moves the items behind it.
  Outcome remove(const KeyPath& path) {
    if (path.segments().size() > 1) return remove_below(path);
    remember(path.top());
    status_.erase(path.top());
    removals_.erase(path.top());
    if (context_.previous.find(path.top()) != nullptr && path.top() != "message") {
      warnings_.push_back("key " + path.text() +
                          ": already published, and Kratix keeps it: status.yaml can overwrite a top-level key, not "
                          "remove it" +
                          overwriting(path));
    }
    return Done{};
  }

  Outcome remove_below(const KeyPath& path) {
    if (find(context_.previous, path) != nullptr) {
      if (Outcome outcome = bring(path.top()); !outcome) return outcome;
    }
    if (status_.find(path.top()) == nullptr) return Done{};
    // Conditions that are right stay so without one of them.
    const bool whole_condition = path.top() == "conditions" && path.segments().size() == 2;
    if (!whole_condition && judged_.insert(path.top()).second) {
      settle_removals();
      if (is_right(path.top())) touched_.insert(path.top());
    }
    remember(path.top());
    removals_[path.top()].push_back({&path, 1});
    return Done{};
  }

  void settle_removals() {
    for (const auto& [key, removals] : removals_) {
      if (Value* value = status_.find(key)) remove_all(*value, removals);
    }
    removals_.clear();
  }

  Outcome remove(const NewCondition& condition) {
    remember("conditions");
    remove_condition(status_, condition.type);
    if (find_condition(context_.previous, condition.type) != nullptr) {
      warnings_.push_back(
          "condition " + condition.type +
          ": already published, and Kratix keeps it: status.yaml can replace a condition, not remove it");
    }
    return Done{};
  }

  // How to publish that a top-level key has no value; empty where null would be dropped or refused.
  std::string overwriting(const KeyPath& path) const {
    const std::string key = path.text();
    const bool takes_null =
        context_.workflow == WorkflowType::resource && check_key(path.top(), Value(), context_.workflow);
    if (!takes_null || key.find('\'') != std::string::npos) return {};
    return "; to publish null instead: kratix-status set --json " +
           (key.find('"') == std::string::npos ? key : "'" + key + "'") + " null";
  }

  bool is_right(const std::string& key) const {
    const Value* value = status_.find(key);
    return value != nullptr && check_key(key, *value, context_.workflow).ok();
  }

  const ChangeContext& context_;
  Value root_{Map{}};
  Map& status_ = root_.as_map();
  std::map<std::string, std::optional<Value>, std::less<>> before_;  // of the top-level keys that are changed
  // Kratix reads what the author can only have meant. A file that does not exist is clean, too.
  bool text_is_clean_ = true;
  std::set<std::string, std::less<>> touched_;
  std::map<std::string, std::vector<Removal>> removals_;  // by the top-level key; still to be made
  std::set<std::string> judged_;                          // the keys that were right or wrong before a removal below
  std::vector<std::string> warnings_;
  std::size_t more_warnings_ = 0;
};

}  // namespace

// The switches below have no default, so that the compiler names a new Change::Kind that they lack.
bool changes_key(const Change& change, std::string_view key) {
  switch (change.kind) {
    case Change::Kind::set:
    case Change::Kind::set_once:
    case Change::Kind::append:
    case Change::Kind::append_unique: return change.path->top() == key;
    case Change::Kind::remove: return false;
    case Change::Kind::merge: return change.value.as_map().find(key) != nullptr;
    case Change::Kind::set_condition:
    case Change::Kind::remove_condition: return key == "conditions";
  }
  return false;
}

bool needs_previous(const Change& change, bool fresh) {
  switch (change.kind) {
    case Change::Kind::set_once:
    case Change::Kind::remove:
    case Change::Kind::set_condition:
    case Change::Kind::remove_condition: return true;
    case Change::Kind::merge: return !fresh;
    case Change::Kind::set:
    case Change::Kind::append:
    case Change::Kind::append_unique: return !fresh && change.path->segments().size() > 1;
  }
  return true;
}

Result<ChangedStatus> change_status(std::optional<std::string_view> old_text, const std::vector<Change>& changes,
                                    const ChangeContext& context) {
  StatusChange work(context);
  if (old_text) {
    if (Outcome outcome = work.read(*old_text); !outcome) return outcome.error();
  }
  for (const Change& change : changes) {
    if (Outcome outcome = work.apply(change); !outcome) return outcome.error();
  }
  if (Outcome outcome = work.check(); !outcome) return outcome.error();
  return work.finish();
}

}  // namespace kratix_status
