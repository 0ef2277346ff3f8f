#include "libs/tabular/split.h"

#include <cstring>

namespace pathways::tabular {
namespace {

std::string_view TrimSpaces(const char* begin, const char* end) {
  while (begin < end && *begin == ' ') ++begin;
  while (begin < end && end[-1] == ' ') --end;
  return {begin, static_cast<size_t>(end - begin)};
}

bool Contains(std::string_view text, char byte) {
  return text.find(byte) != std::string_view::npos;
}

}  // namespace

void SplitPlain(std::string_view body, char delimiter, std::vector<std::string_view>* fields) {
  fields->clear();
  const char* begin = body.data();
  const char* const end = begin + body.size();
  while (begin < end) {
    const auto* cut =
        static_cast<const char*>(std::memchr(begin, delimiter, static_cast<size_t>(end - begin)));
    if (cut == nullptr) break;
    fields->push_back(TrimSpaces(begin, cut));
    begin = cut + 1;
  }
  fields->push_back(TrimSpaces(begin, end));
}

std::string_view StripLineEnd(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

Line InspectLine(std::string_view text) {
  return {.text = text,
          .has_quote = Contains(text, '"'),
          .has_nul = Contains(text, '\0'),
          .has_non_ascii = FirstNonAscii(text) < text.size()};
}

}  // namespace pathways::tabular
