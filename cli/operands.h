// What the words of a command line stand for: a key, a value, the text of a file, a format.
//
// What Kratix would not publish is ErrorKind::refused, a word that nobody knows ErrorKind::usage.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "arguments.h"
#include "kratix_status/file_system.h"
#include "kratix_status/key_path.h"
#include "kratix_status/result.h"
#include "kratix_status/value.h"

namespace kratix_status::cli {

// KEY as an operand: `status.` in front is a habit from yq, and refused, but where the whole object is meant.
Result<KeyPath> parse_status_key(const std::string& text);

// The text of FILE, or of standard input for "-".
Result<std::string> read_operand_file(FileSystem& files, const std::string& path);

// A JSON operand for `key`.
Result<Value> parse_json_operand(const std::string& text, const KeyPath& key);

// A string for `key`, refused if it is not UTF-8.
Result<Value> string_operand(std::string text, const KeyPath& key);

// The value of `-o`, or the first of `formats`. Fails with ErrorKind::usage if it is none of them.
Result<std::string> output_format(const Options& options, std::span<const std::string_view> formats);

}  // namespace kratix_status::cli
