// Decides whether a text is a name that Kubernetes allows.
#include "kratix/kubernetes_names.h"

#include <algorithm>

#include "value/ascii.h"

namespace kratix_status {

namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

bool all_of(std::string_view text, bool (*is_fine)(char)) { return std::all_of(text.begin(), text.end(), is_fine); }

// [a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*
bool is_dns_subdomain(std::string_view text) {
  while (true) {
    const std::string_view label = text.substr(0, text.find('.'));
    const auto is_end = [](char c) { return is_lower(c) || is_digit(c); };
    const auto is_inner = [](char c) { return is_lower(c) || is_digit(c) || c == '-'; };
    if (label.empty() || !is_end(label.front()) || !is_end(label.back()) || !all_of(label, is_inner)) return false;
    if (label.size() == text.size()) return true;
    text.remove_prefix(label.size() + 1);
  }
}

// [A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?
bool is_plain_name(std::string_view text) {
  const auto is_inner = [](char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; };
  return !text.empty() && is_alphanumeric(text.front()) && is_alphanumeric(text.back()) && all_of(text, is_inner);
}

}  // namespace

bool is_qualified_name(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return is_plain_name(text);
  return is_dns_subdomain(text.substr(0, slash)) && is_plain_name(text.substr(slash + 1));
}

bool is_label_name(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::size_t prefix = slash == std::string_view::npos ? 0 : slash;
  const std::size_t name = slash == std::string_view::npos ? text.size() : text.size() - slash - 1;
  return prefix <= max_label_prefix && name <= max_label_part && is_qualified_name(text);
}

bool is_label_value(std::string_view text) {
  return text.empty() || (text.size() <= max_label_part && is_plain_name(text));
}

}  // namespace kratix_status
