// The characters that a terminal obeys, that show nothing, or that reorder the text around them.
#include <algorithm>
#include <iterator>

#include "value/message.h"

namespace kratix_status {

namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode 15.1: the general categories Cc, Zl, Zp and Cf (UnicodeData.txt), the property Default_Ignorable_Code_Point
// (DerivedCoreProperties.txt), and the noncharacters U+FFFE and U+FFFF, which YAML escapes as well. Left out are the
// format characters that have a visible form of their own (Prepended_Concatenation_Mark, PropList.txt), such as U+0600.
constexpr Range invisible_ranges[] = {
    {0x0000, 0x001F},    // C0 controls
    {0x007F, 0x009F},    // DEL and the C1 controls
    {0x00AD, 0x00AD},    // soft hyphen
    {0x034F, 0x034F},    // combining grapheme joiner
    {0x061C, 0x061C},    // Arabic letter mark
    {0x115F, 0x1160},    // Hangul fillers
    {0x17B4, 0x17B5},    // Khmer inherent vowels
    {0x180B, 0x180F},    // Mongolian variation selectors and vowel separator
    {0x200B, 0x200F},    // zero-width characters, directional marks
    {0x2028, 0x202E},    // line and paragraph separators, directional embeddings and overrides
    {0x2060, 0x206F},    // word joiner, invisible operators, directional isolates
    {0x3164, 0x3164},    // Hangul filler
    {0xFE00, 0xFE0F},    // variation selectors
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFA0, 0xFFA0},    // halfwidth Hangul filler
    {0xFFF0, 0xFFFB},    // reserved, interlinear annotations
    {0xFFFE, 0xFFFF},    // noncharacters
    {0x13430, 0x1343F},  // joiners of Egyptian hieroglyphs
    {0x1BCA0, 0x1BCA3},  // shorthand format controls
    {0x1D173, 0x1D17A},  // beams and slurs of musical symbols
    {0xE0000, 0xE0FFF},  // tags, more variation selectors
};

}  // namespace

bool is_invisible(char32_t c) {
  const auto* range = std::lower_bound(std::begin(invisible_ranges), std::end(invisible_ranges), c,
                                       [](const Range& each, char32_t wanted) { return each.last < wanted; });
  return range != std::end(invisible_ranges) && range->first <= c;
}

}  // namespace kratix_status
