// How readers other than Kratix's type a plain scalar: YAML 1.1 as in PyYAML (and so kratix-sdk for Python) and Ruby's
// Psych, and the core schema of YAML 1.2, as in yq.
#pragma once

#include <cstdint>
#include <string_view>

namespace kratix_status {

enum class ScalarKind : std::uint8_t { null, boolean, number, time, text };

// https://yaml.org/type, with PyYAML's resolver.py where the two differ.
ScalarKind kind_in_yaml_1_1(std::string_view text);

// YAML 1.2.2, section 10.3.2.
ScalarKind kind_in_yaml_1_2(std::string_view text);

// Whether `text` is an integer with a leading zero: octal in YAML 1.1 and for Kratix, decimal in YAML 1.2.
bool has_leading_zero(std::string_view text);

}  // namespace kratix_status
