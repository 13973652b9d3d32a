// Value: what a status.yaml holds, as Kratix sees it once it has read the file.
//
// Kratix reads every number as a 64-bit float (sigs.k8s.io/yaml goes through JSON), so an integer here never
// exceeds 2^53: beyond that digits would be lost, and Value::number() keeps such a number as a float.
// Maps keep the order in which keys were added; comparison ignores it.
// Values own all they hold. No function here fails or throws, except for lack of memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kratix_status {

class Value;
using List = std::vector<Value>;

// Nesting beyond this is refused in files and values alike: deeper than any status, shallow enough to recurse.
inline constexpr int max_depth = 1200;

// Of a document, in keys and values, aliases written out. Each takes 100 to 200 bytes of memory while a file is read,
// which is why a file of 4 MiB is refused that holds nothing but `{},`. In a status of max_status_bytes that is 4 bytes
// each, in an object.yaml 2 bytes of the 1.5 MiB that etcd takes.
inline constexpr std::size_t max_nodes = std::size_t{256} << 10;
inline constexpr std::size_t max_object_nodes = 3 * max_nodes;

// The largest integer that a 64-bit float holds together with all below it.
inline constexpr std::int64_t max_exact_integer = std::int64_t{1} << 53;

class Map {
 public:
  struct Entry;
  // Goes over the entries in order, past the erased ones.
  template <typename Owner, typename Item>
  class Iterator;
  using iterator = Iterator<Map, Entry>;
  using const_iterator = Iterator<const Map, const Entry>;

  Map();
  Map(const Map& other);
  Map(Map&&) noexcept;
  Map& operator=(const Map& other);
  Map& operator=(Map&&) noexcept;
  ~Map();

  std::size_t size() const;
  bool empty() const;
  iterator begin();
  iterator end();
  const_iterator begin() const;
  const_iterator end() const;

  // Makes room for `entries` in all, so that adding them moves nothing.
  void reserve(std::size_t entries);

  // The number of the entry with `key`; size() if there is none. Linear in a map from which keys were erased.
  std::size_t position(std::string_view key) const;

  // nullptr if there is no such key. The pointer is good until the map changes.
  Value* find(std::string_view key);
  const Value* find(std::string_view key) const;

  // Replaces the value of `key` in its place, or adds it at the end.
  Value& set(std::string key, Value value);

  // False if there was no such key. All keys together are erased in time linear in their number.
  bool erase(std::string_view key);

  bool operator==(const Map& other) const;

 private:
  struct Index;
  std::size_t slot(std::string_view key) const;
  std::size_t next_slot(std::size_t from) const;
  void build_index();
  void drop_erased();

  // An entry stays in its slot when it is erased, until half of the slots are empty.
  std::vector<Entry> entries_;
  std::unique_ptr<Index> index_;  // only for maps large enough that a walk would cost more; no others have empty slots
};

class Value {
 public:
  enum class Kind { null, boolean, integer, floating, string, list, map };

  Value() = default;
  Value(bool value) : data_(value) {}
  Value(std::string value) : data_(std::move(value)) {}
  Value(const char* value) : data_(std::string(value)) {}
  Value(List value) : data_(std::move(value)) {}
  Value(Map value) : data_(std::move(value)) {}

  // REQUIRES: |value| <= max_exact_integer
  static Value integer(std::int64_t value);
  // An integer if `value` is one that a float holds exactly (but not -0.0), else a float.
  // REQUIRES: `value` is finite
  static Value number(double value);

  Kind kind() const { return static_cast<Kind>(data_.index()); }
  bool is_null() const { return kind() == Kind::null; }
  bool is_string() const { return kind() == Kind::string; }
  bool is_list() const { return kind() == Kind::list; }
  bool is_map() const { return kind() == Kind::map; }

  // REQUIRES: the kind asked for
  bool as_boolean() const { return std::get<bool>(data_); }
  std::int64_t as_integer() const { return std::get<std::int64_t>(data_); }
  double as_float() const { return std::get<double>(data_); }
  const std::string& as_string() const { return std::get<std::string>(data_); }
  List& as_list() { return std::get<List>(data_); }
  const List& as_list() const { return std::get<List>(data_); }
  Map& as_map() { return std::get<Map>(data_); }
  const Map& as_map() const { return std::get<Map>(data_); }

  bool operator==(const Value& other) const;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Map> data_;
};

struct Map::Entry {
  std::string key;
  Value value;
};

template <typename Owner, typename Item>
class Map::Iterator {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = Entry;
  using difference_type = std::ptrdiff_t;
  using pointer = Item*;
  using reference = Item&;

  Iterator() = default;
  Iterator(Owner& map, std::size_t slot) : map_(&map), slot_(slot) {}

  reference operator*() const { return map_->entries_[slot_]; }
  pointer operator->() const { return &map_->entries_[slot_]; }
  Iterator& operator++() {
    slot_ = map_->next_slot(slot_ + 1);
    return *this;
  }
  Iterator operator++(int) {
    const Iterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const Iterator& other) const { return slot_ == other.slot_; }

 private:
  Owner* map_ = nullptr;
  std::size_t slot_ = 0;
};

// What is under `key`, if it is of that kind; else nullptr. A `parent` that is no map holds nothing.
const std::string* string_in(const Map& parent, std::string_view key);
const std::string* string_in(const Value& parent, std::string_view key);
const List* list_in(const Map& parent, std::string_view key);
List* list_in(Map& parent, std::string_view key);
const Map* map_in(const Map& parent, std::string_view key);
Map* map_in(Map& parent, std::string_view key);

// "a string", "a list", ...: for messages.
std::string_view describe(Value::Kind kind);

}  // namespace kratix_status
