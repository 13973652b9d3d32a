// The names that Kubernetes allows for labels and conditions (k8s.io/apimachinery, pkg/util/validation).
#pragma once

#include <cstddef>
#include <string_view>

namespace kratix_status {

inline constexpr std::size_t max_label_part = 63;  // of a label's name without its prefix, and of its value; characters
inline constexpr std::size_t max_label_prefix = 253;  // characters

// ([dns-subdomain]/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?, of any length
bool is_qualified_name(std::string_view text);

// The same, no longer than a label's name may be.
bool is_label_name(std::string_view text);

// Empty, or like a name without a prefix; at most max_label_part characters.
bool is_label_value(std::string_view text);

}  // namespace kratix_status
