// What the words of a command line stand for: a value, the text of a file, a format.
//
// What Kratix would not publish is ErrorKind::refused, a word that nobody knows ErrorKind::usage.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "command_line.h"
#include "files/file_system.h"
#include "kratix/status_key.h"
#include "kratix_status/key_path.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status::cli {

// The text of FILE, or of standard input for "-".
Result<std::string> read_operand_file(FileSystem& files, const std::string& path);

// Refuses `text`, that of FILE, if there is nothing in it: that is what a program leaves that has failed.
Outcome check_not_empty(std::string_view text, const std::string& path);

// The document in FILE, which may be JSON or YAML, with any root.
Result<Value> read_operand_document(FileSystem& files, const std::string& path);

// FILE as messages call it.
std::string operand_file_name(const std::string& path);

// A JSON operand for `key`.
Result<Value> parse_json_operand(const std::string& text, const KeyPath& key);

// A string for the key or option `name`, refused if it is not UTF-8.
Result<Value> string_operand(std::string text, std::string_view name);

// Sets `ms` to what the option gives, if it is given: a duration of Go's, or whole seconds; at most a day. Fails with
// ErrorKind::usage.
Outcome read_duration_option(const Options& options, std::string_view name, std::int64_t& ms);

// The value of `-o`, or the first of `formats`. Fails with ErrorKind::usage if it is none of them.
Result<std::string> output_format(const Options& options, std::span<const std::string_view> formats);

}  // namespace kratix_status::cli
