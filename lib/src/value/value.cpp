// Maps that keep the order of their keys: a vector, with a hash index once it is large.
#include "kratix_status/value.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <utility>

namespace kratix_status {

namespace {
// Below this a walk over the entries beats a hash table, and most statuses stay below it.
constexpr std::size_t index_from = 16;
}  // namespace

struct Map::Index {
  std::unordered_map<std::string, std::size_t> slots{};
  std::vector<bool> erased{};  // for each slot; shorter if those behind are not
  std::size_t erased_count = 0;
};

Map::Map() = default;
Map::Map(Map&&) noexcept = default;
Map& Map::operator=(Map&&) noexcept = default;
Map::~Map() = default;

Map::Map(const Map& other) : entries_(other.begin(), other.end()) { build_index(); }

Map& Map::operator=(const Map& other) {
  if (this != &other) *this = Map(other);
  return *this;
}

std::size_t Map::size() const { return entries_.size() - (index_ ? index_->erased_count : 0); }
bool Map::empty() const { return size() == 0; }
Map::iterator Map::begin() { return {*this, next_slot(0)}; }
Map::iterator Map::end() { return {*this, entries_.size()}; }
Map::const_iterator Map::begin() const { return {*this, next_slot(0)}; }
Map::const_iterator Map::end() const { return {*this, entries_.size()}; }

void Map::reserve(std::size_t entries) { entries_.reserve(entries); }

std::size_t Map::slot(std::string_view key) const {
  if (index_) {
    const auto found = index_->slots.find(std::string(key));
    return found == index_->slots.end() ? entries_.size() : found->second;
  }
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.key == key; });
  return static_cast<std::size_t>(found - entries_.begin());
}

// The first slot from `from` on that is not empty.
std::size_t Map::next_slot(std::size_t from) const {
  if (!index_) return from;
  while (from < index_->erased.size() && index_->erased[from]) ++from;
  return from;
}

std::size_t Map::position(std::string_view key) const {
  const std::size_t at = slot(key);
  if (!index_ || index_->erased_count == 0) return at;
  const auto& erased = index_->erased;
  const auto end = erased.begin() + static_cast<std::ptrdiff_t>(std::min(at, erased.size()));
  return at - static_cast<std::size_t>(std::count(erased.begin(), end, true));
}

void Map::build_index() {
  index_.reset();
  if (entries_.size() < index_from) return;
  index_ = std::make_unique<Index>();
  for (std::size_t i = 0; i < entries_.size(); ++i) index_->slots.emplace(entries_[i].key, i);
}

const Value* Map::find(std::string_view key) const {
  const std::size_t at = slot(key);
  return at == entries_.size() ? nullptr : &entries_[at].value;
}

Value* Map::find(std::string_view key) { return const_cast<Value*>(std::as_const(*this).find(key)); }

Value& Map::set(std::string key, Value value) {
  const std::size_t at = slot(key);
  if (at < entries_.size()) return entries_[at].value = std::move(value);
  if (index_) index_->slots.emplace(key, at);
  entries_.push_back({std::move(key), std::move(value)});
  if (!index_ && entries_.size() == index_from) build_index();
  return entries_.back().value;
}

bool Map::erase(std::string_view key) {
  const std::size_t at = slot(key);
  if (at == entries_.size()) return false;
  if (!index_) {
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at));
    return true;
  }
  index_->slots.erase(entries_[at].key);
  entries_[at] = {};
  if (index_->erased.size() <= at) index_->erased.resize(entries_.size());
  index_->erased[at] = true;
  if (++index_->erased_count > entries_.size() / 2) drop_erased();
  return true;
}

void Map::drop_erased() {
  std::vector<Entry> left;
  left.reserve(size());
  for (Entry& entry : *this) left.push_back(std::move(entry));
  entries_ = std::move(left);
  build_index();
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

const std::string* string_in(const Map& parent, std::string_view key) {
  const Value* value = parent.find(key);
  return value != nullptr && value->is_string() ? &value->as_string() : nullptr;
}

const std::string* string_in(const Value& parent, std::string_view key) {
  return parent.is_map() ? string_in(parent.as_map(), key) : nullptr;
}

const List* list_in(const Map& parent, std::string_view key) {
  const Value* value = parent.find(key);
  return value != nullptr && value->is_list() ? &value->as_list() : nullptr;
}

List* list_in(Map& parent, std::string_view key) { return const_cast<List*>(list_in(std::as_const(parent), key)); }

const Map* map_in(const Map& parent, std::string_view key) {
  const Value* value = parent.find(key);
  return value != nullptr && value->is_map() ? &value->as_map() : nullptr;
}

Map* map_in(Map& parent, std::string_view key) { return const_cast<Map*>(map_in(std::as_const(parent), key)); }

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
