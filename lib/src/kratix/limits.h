// How large a status and its files may get.
#pragma once

#include <cstddef>

namespace kratix_status {

// Sizes of a status as JSON, in bytes. Kubernetes stores the object, with its spec and metadata, in etcd, which takes
// 1.5 MiB a request.
inline constexpr std::size_t max_status_bytes = std::size_t{1} << 20;
inline constexpr std::size_t large_status_bytes = std::size_t{256} << 10;

// Of a file, in bytes: a status of max_status_bytes can grow by its escapes and its indentation.
inline constexpr std::size_t max_file_bytes = std::size_t{4} << 20;
// Of object.yaml, in bytes: etcd takes 1.5 MiB a request, and YAML is wider than what is stored.
inline constexpr std::size_t max_object_bytes = std::size_t{16} << 20;

}  // namespace kratix_status
