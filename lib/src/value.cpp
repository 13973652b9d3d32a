#include "kratix_status/value.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kratix_status {

namespace {
// Below this a walk over the entries beats a hash table, and most statuses stay below it.
constexpr std::size_t index_from = 16;
}  // namespace

Map::Map() = default;
Map::Map(Map&&) noexcept = default;
Map& Map::operator=(Map&&) noexcept = default;
Map::~Map() = default;

Map::Map(const Map& other) : entries_(other.entries_) { build_index(); }

Map& Map::operator=(const Map& other) {
  entries_ = other.entries_;
  build_index();
  return *this;
}

std::size_t Map::size() const { return entries_.size(); }
bool Map::empty() const { return entries_.empty(); }
Map::iterator Map::begin() { return entries_.begin(); }
Map::iterator Map::end() { return entries_.end(); }
Map::const_iterator Map::begin() const { return entries_.begin(); }
Map::const_iterator Map::end() const { return entries_.end(); }

std::size_t Map::position(std::string_view key) const {
  if (index_) {
    const auto found = index_->find(std::string(key));
    return found == index_->end() ? entries_.size() : found->second;
  }
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == key; });
  return static_cast<std::size_t>(found - entries_.begin());
}

void Map::build_index() {
  index_.reset();
  if (entries_.size() < index_from) return;
  index_ = std::make_unique<Index>();
  for (std::size_t i = 0; i < entries_.size(); ++i) index_->emplace(entries_[i].key, i);
}

const Value* Map::find(std::string_view key) const {
  const std::size_t at = position(key);
  return at == entries_.size() ? nullptr : &entries_[at].value;
}

Value* Map::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

Value& Map::set(std::string key, Value value) {
  const std::size_t at = position(key);
  if (at < entries_.size()) return entries_[at].value = std::move(value);
  if (index_) index_->emplace(key, at);
  entries_.push_back({std::move(key), std::move(value)});
  if (!index_ && entries_.size() == index_from) build_index();
  return entries_.back().value;
}

bool Map::erase(std::string_view key) {
  const std::size_t at = position(key);
  if (at == entries_.size()) return false;
  entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at));
  if (!index_) return true;
  index_->erase(std::string(key));
  for (auto& [name, position] : *index_) position -= position > at ? 1 : 0;
  return true;
}

bool Map::operator==(const Map& other) const {
  if (size() != other.size()) return false;
  return std::all_of(begin(), end(), [&](const Entry& entry) {
    const Value* theirs = other.find(entry.key);
    return theirs != nullptr && *theirs == entry.value;
  });
}

Value Value::integer(std::int64_t value) {
  Value result;
  result.data_ = value;
  return result;
}

Value Value::number(double value) {
  const bool is_integer = std::nearbyint(value) == value && std::fabs(value) <= static_cast<double>(max_exact_integer);
  if (is_integer && !(value == 0 && std::signbit(value))) return integer(static_cast<std::int64_t>(value));
  Value result;
  result.data_ = value;
  return result;
}

bool Value::operator==(const Value& other) const { return data_ == other.data_; }

std::string_view describe(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::null: return "null";
    case Value::Kind::boolean: return "a boolean";
    case Value::Kind::integer:
    case Value::Kind::floating: return "a number";
    case Value::Kind::string: return "a string";
    case Value::Kind::list: return "a list";
    case Value::Kind::map: return "a map";
  }
  return "a value";
}

}  // namespace kratix_status
