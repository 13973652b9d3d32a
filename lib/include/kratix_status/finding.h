// What is wrong in a text, and where.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace kratix_status {

// A place in a text, from 1; the column counts code points.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
};

// What is legal to Kratix, and yet not what the author can have meant.
struct Finding {
  enum class Rule {
    duplicate_key,   // the last one wins, silently
    trailing_text,   // Kratix stops reading before it
    rounded_number,  // more digits than a 64-bit float keeps
    flow_colon,      // [C:, x]: text to Kratix, a key without a value to other readers
  };
  Rule rule;
  Position at;
  std::string message;
};

// What was found in one document, in the order of the text; of each rule the first hundred, the others only counted.
class Findings {
 public:
  void add(Finding finding);

  bool empty() const { return kept_.empty(); }
  std::size_t size() const { return kept_.size(); }
  const Finding& front() const { return kept_.front(); }
  std::vector<Finding>::const_iterator begin() const { return kept_.begin(); }
  std::vector<Finding>::const_iterator end() const { return kept_.end(); }

  // How many there are beside those.
  std::size_t more() const { return more_; }

 private:
  std::vector<Finding> kept_;
  std::array<std::size_t, 4> kept_of_rule_{};
  std::size_t more_ = 0;
};

}  // namespace kratix_status
