// What Kratix accepts in a status, as tables and the checks that walk them.
//
// Source of each row: Kratix's own code (github.com/syntasso/kratix), in the file that the row names.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status {

// KRATIX_WORKFLOW_TYPE: whose status a Pipeline writes.
enum class WorkflowType { resource, promise };

// A top-level key or a condition type that Kratix writes itself.
struct Managed {
  std::string_view name;
  bool only_on_promises;
  std::string_view effect;  // what happens to a Pipeline's own value
  std::string_view source;  // file of the Kratix repository
};

std::span<const Managed> managed_keys();
std::span<const Managed> managed_condition_types();

// nullptr if the name is free to use in that workflow.
const Managed* find_managed_key(std::string_view key, WorkflowType workflow);
const Managed* find_managed_condition_type(std::string_view type, WorkflowType workflow);

// Sizes of a status as JSON, in bytes. Kubernetes stores the object, with its spec and metadata, in etcd, which takes
// 1.5 MiB a request.
inline constexpr std::size_t max_status_bytes = std::size_t{1} << 20;
inline constexpr std::size_t large_status_bytes = std::size_t{256} << 10;

// Of a file, in bytes: a status of max_status_bytes can grow by its escapes and its indentation.
inline constexpr std::size_t max_file_bytes = std::size_t{4} << 20;
// Of a document, in keys and values, aliases written out. Each takes 100 to 200 bytes of memory while a file is read,
// which is why a file of 4 MiB is refused that holds nothing but `{},`. In a status of max_status_bytes that is 4 bytes
// each, in an object.yaml 2 bytes of the 1.5 MiB that etcd takes.
inline constexpr std::size_t max_status_nodes = std::size_t{256} << 10;
inline constexpr std::size_t max_object_nodes = std::size_t{768} << 10;

// Whether Kratix publishes the top-level `key` with this value, as it is. Fails with ErrorKind::refused.
Outcome check_key(std::string_view key, const Value& value, WorkflowType workflow);

// Fails with ErrorKind::refused on more than max_status_bytes. `warnings` gets one from large_status_bytes on.
Outcome check_size(const Value& status, std::vector<std::string>& warnings);

}  // namespace kratix_status
