// Compares two statuses key by key.
#include "kratix/status_diff.h"

#include <algorithm>
#include <optional>

#include "kratix_status/json.h"
#include "kratix_status/key_path.h"
#include "value/ascii.h"
#include "value/message.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

// Below this many segments values are shown whole: paths that long say nothing, and would be repeated on each line.
constexpr int longest_path = 32;

std::string key_below(const std::string& parent, const std::string& key) {
  const std::string segment = key_text(key);
  return parent.empty() ? segment : parent + "." + segment;
}

void append_unit(std::string& out, char32_t unit) { append_code_escape(out, "\\u", unit, 4); }

// show_json() with the invisible characters beyond U+FFFF escaped as well: no program reads these lines.
std::string shown_json(const Value& value) {
  const std::string text = show_json(value);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_code_point(text, at);
    if (c > 0xFFFF && is_invisible(c)) {
      append_unit(out, 0xD800 + ((c - 0x10000) >> 10));
      append_unit(out, 0xDC00 + (c & 0x3FF));
    } else {
      out.append(text, start, at - start);
    }
  }
  return out;
}

class Lines {
 public:
  void compare(const Value& from, const Value& to, const std::string& path, int length) {
    if (from.is_map() && to.is_map() && length < longest_path)
      return compare_maps(from.as_map(), to.as_map(), path, length);
    if (from.is_list() && to.is_list() && length < longest_path)
      return compare_lists(from.as_list(), to.as_list(), path, length);
    if (from == to) return;
    add('-', path, from);
    add('+', path, to);
  }

  void compare_maps(const Map& from, const Map& to, const std::string& path, int length) {
    for (const auto& [key, value] : from) {
      const Value* theirs = to.find(key);
      if (theirs == nullptr)
        add('-', key_below(path, key), value);
      else
        compare(value, *theirs, key_below(path, key), length + 1);
    }
    for (const auto& [key, value] : to) {
      if (from.find(key) == nullptr) add('+', key_below(path, key), value);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void compare_lists(const List& from, const List& to, const std::string& path, int length) {
    const auto item = [&](std::size_t i) { return path + "[" + std::to_string(i) + "]"; };
    const std::size_t both = std::min(from.size(), to.size());
    for (std::size_t i = 0; i < both; ++i) compare(from[i], to[i], item(i), length + 1);
    for (std::size_t i = both; i < from.size(); ++i) add('-', item(i), from[i]);
    for (std::size_t i = both; i < to.size(); ++i) add('+', item(i), to[i]);
  }

  void add(char sign, const std::string& path, const Value& value) {
    text_ += sign;
    text_ += " " + without_log_commands(path) + ": " + shown_json(value) + "\n";
  }

  std::string text_;
};

class Patch {
 public:
  explicit Patch(std::vector<std::string>& warnings) : warnings_(warnings) {}

  Map between(const Map& from, const Map& to, const std::string& path) {
    Map patch;
    for (const auto& [key, value] : from) {
      if (to.find(key) == nullptr) patch.set(key, Value());
    }
    for (const auto& [key, value] : to) {
      std::optional<Value> change = change_to(from.find(key), value, key_below(path, key));
      if (change) patch.set(key, std::move(*change));
    }
    return patch;
  }

 private:
  // nullopt if there is nothing to change, or no way to say it. REQUIRES: `from` is nullptr if there is no value.
  std::optional<Value> change_to(const Value* from, const Value& to, const std::string& path) {
    if (to.is_null()) {
      if (from == nullptr || !from->is_null())
        warnings_.push_back("key " + path + ": is null, and a merge patch cannot set null: it is left out");
      return std::nullopt;
    }
    if (!to.is_map()) return from != nullptr && *from == to ? std::nullopt : std::optional(to);
    // A patch for something else than a map starts from an empty one.
    const bool both_maps = from != nullptr && from->is_map();
    Map patch = between(both_maps ? from->as_map() : Map{}, to.as_map(), path);
    if (both_maps && patch.empty()) return std::nullopt;
    return Value(std::move(patch));
  }

  std::vector<std::string>& warnings_;
};

}  // namespace

std::string diff_lines(const Map& from, const Map& to) {
  Lines lines;
  lines.compare_maps(from, to, "", 0);
  return lines.take();
}

Map merge_patch(const Map& from, const Map& to, std::vector<std::string>& warnings) {
  return Patch(warnings).between(from, to, "");
}

}  // namespace kratix_status
