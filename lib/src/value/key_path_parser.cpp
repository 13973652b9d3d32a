// Parses KEY: bare and quoted segments, indexes, and selectors.
#include "value/key_path_parser.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "value/ascii.h"
#include "value/json_string.h"
#include "value/message.h"
#include "value/position.h"
#include "value/utf8.h"

namespace kratix_status {

namespace {

bool is_bare(char c) { return is_alphanumeric(c) || c == '_' || c == '-'; }
bool is_blank_or_letter(char c) { return is_bare(c) || c == ' ' || static_cast<unsigned char>(c) >= 0x80; }
bool is_bare_value(char c) { return is_bare(c) || c == '.' || c == '/' || c == ':'; }

bool all(std::string_view text, bool (*holds)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), holds);
}

constexpr std::string_view segment_hint = "quote a segment that holds other characters";
constexpr std::string_view escapes_hint =
    "a quoted segment is a JSON string; its escapes are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX";

class Parser {
 public:
  Parser(std::string_view text, bool any_root) : text_(text), any_root_(any_root) {}

  Result<std::vector<KeySegment>> parse() {
    if (const std::size_t bad = find_invalid_utf8(text_); bad != std::string_view::npos) {
      refuse(bad, "is not valid UTF-8", "");
      return error_;
    }
    if (any_root_ && text_ == ".") return std::move(segments_);
    if (!parse_first()) return error_;
    while (at_ < text_.size()) {
      const bool dotted = text_[at_] == '.';
      if (!dotted && text_[at_] != '[') {
        refuse(at_, "unexpected " + shown(at_), quoting_hint());
        return error_;
      }
      if (dotted) ++at_;
      if (!parse_segment(dotted)) return error_;
    }
    return std::move(segments_);
  }

 private:
  // Returns false, for the functions below that do.
  bool refuse(std::size_t at, std::string_view cause, std::string_view fix) {
    error_ = refused("key \"" + std::string(text_) + "\"", std::string(cause), std::string(fix));
    const bool one_line = position_at(text_, text_.size()).line == 1;
    if (one_line && !text_.empty()) error_.excerpt = excerpt(text_, 1, 1 + count_characters(text_.substr(0, at)));
    return false;
  }

  std::string shown(std::size_t at) const {
    std::size_t end = at;
    char32_t c = 0;
    return decode_utf8(text_, end, c) ? "'" + std::string(text_.substr(at, end - at)) + "'" : "a byte";
  }

  // For the character at `at_`. It names a KEY only if blanks or letters such as é are all that is wrong with the last
  // segment: after '/', '=' or '*' nobody knows where the segment that was meant begins, or whether one was meant.
  std::string quoting_hint() const {
    std::size_t start = at_;
    while (start > 0 && is_bare(text_[start - 1])) --start;
    const std::string_view last = text_.substr(start);
    const bool begins_segment = start == 0 || text_[start - 1] == '.';
    if (!begins_segment || !all(last, is_blank_or_letter) || last.front() == ' ' || last.back() == ' ')
      return std::string(segment_hint) + ", as in labels.\"app.kubernetes.io/name\"";
    return std::string(segment_hint) + ": '" + printable(text_.substr(0, start)) + quoted_key_text(last) + "'";
  }

  bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }

  bool parse_first() {
    if (text_.empty()) return refuse(0, "the key is empty", "");
    if (text_.front() == '.') ++at_;
    if (!parse_segment(true)) return false;
    const KeySegment& first = segments_.front();
    if (any_root_ || !(first.is_index || first.is_selector())) return true;
    if (first.is_index) {
      return refuse(text_.find('['), "starts with an index, but a status is a map", "name the list first: ports[0]");
    }
    return refuse(text_.find('['), "starts with a selector, but a status is a map",
                  "name the list first: conditions[type=Ready]");
  }

  bool parse_segment(bool dotted) {
    // As in yq and jq, a dot may precede a bracket.
    if (dotted && is_at('[')) dotted = false;
    if (dotted && is_at('"')) return parse_quoted();
    if (dotted) return parse_bare();
    ++at_;  // '['
    if (starts_selector()) return parse_selector() && close_bracket();
    if (is_at('"')) return parse_quoted() && close_bracket();
    return parse_index() && close_bracket();
  }

  std::string_view bare_run(std::size_t start) const {
    std::size_t end = start;
    while (end < text_.size() && is_bare(text_[end])) ++end;
    return text_.substr(start, end - start);
  }

  bool parse_bare() {
    const std::string_view run = bare_run(at_);
    if (!run.empty()) {
      at_ += run.size();
      segments_.push_back({.key = std::string(run)});
      return true;
    }
    if (at_ == text_.size()) return refuse(at_, "ends where a segment is expected", "");
    if (text_[at_] == '.') return refuse(at_, "has an empty segment", "write an empty key as \"\"");
    return refuse(at_, "unexpected " + shown(at_), quoting_hint());
  }

  // `text` gets what is in the quotes.
  bool read_quoted(std::string& text) {
    const std::size_t start = at_;
    JsonString string = read_json_string(text_, at_);
    at_ = string.end;
    if (string.fault == JsonString::Fault::not_closed) return refuse(start, "the quote is not closed", "");
    if (string.fault != JsonString::Fault::none) {
      return refuse(at_, describe(string.fault), escapes_hint);
    }
    if (string.half_pair != std::string_view::npos) {
      return refuse(string.half_pair, half_pair_cause, "");
    }
    text = std::move(string.text);
    return true;
  }

  bool parse_quoted() {
    std::string key;
    if (!read_quoted(key)) return false;
    segments_.push_back({.key = std::move(key), .quoted = true});
    return true;
  }

  bool parse_index() {
    KeySegment segment{.is_index = true};
    const char* const first = text_.data() + at_;
    const auto [end, error] = std::from_chars(first, text_.data() + text_.size(), segment.index);
    if (end == first) {
      return refuse(at_, "an index is expected", "write [0], [-1] or [\"key\"]; to read, also [name=web]");
    }
    if (error != std::errc()) return refuse(at_, "the index is too large", "");
    at_ += static_cast<std::size_t>(end - first);
    segments_.push_back(std::move(segment));
    return true;
  }

  // Whether keys with points between them stand here, and then '='.
  bool starts_selector() const {
    for (std::size_t at = at_; at < text_.size(); ++at) {
      if (text_[at] == '"') {
        const JsonString string = read_json_string(text_, at);
        if (string.fault != JsonString::Fault::none) return false;
        at = string.end;
      } else {
        const std::string_view run = bare_run(at);
        if (run.empty()) return false;
        at += run.size();
      }
      if (at == text_.size() || text_[at] != '.') return at < text_.size() && text_[at] == '=';
    }
    return false;
  }

  // REQUIRES: starts_selector()
  bool parse_selector() {
    KeySegment selector;
    do {
      std::string& key = selector.field.emplace_back();
      if (is_at('"')) {
        if (!read_quoted(key)) return false;
      } else {
        key = bare_run(at_);
        at_ += key.size();
      }
    } while (text_[at_++] == '.');
    if (!parse_selected_value(selector)) return false;
    segments_.push_back(std::move(selector));
    return true;
  }

  bool parse_selected_value(KeySegment& selector) {
    selector.quoted = is_at('"');
    if (selector.quoted) return read_quoted(selector.key);
    const std::size_t start = at_;
    while (at_ < text_.size() && is_bare_value(text_[at_])) ++at_;
    selector.key = text_.substr(start, at_ - start);
    if (at_ == start) return refuse(at_, "a value is expected", "write [name=web], or in quotes [name=\"a b\"]");
    if (at_ == text_.size() || is_at(']')) return true;
    return refuse(at_, "unexpected " + shown(at_), "quote a value that holds other characters: [name=\"a b\"]");
  }

  bool close_bracket() {
    if (!is_at(']')) return refuse(at_, "']' is expected", "");
    ++at_;
    return true;
  }

  std::string_view text_;
  bool any_root_;
  std::size_t at_ = 0;
  std::vector<KeySegment> segments_;
  Error error_;
};

}  // namespace

bool is_bare_key(std::string_view text) { return all(text, is_bare); }
bool is_bare_selected_value(std::string_view text) { return all(text, is_bare_value); }

Result<std::vector<KeySegment>> parse_key_segments(std::string_view text, bool any_root) {
  return Parser(text, any_root).parse();
}

}  // namespace kratix_status
