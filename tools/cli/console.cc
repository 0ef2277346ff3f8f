#include "tools/cli/console.h"

#include <algorithm>
#include <map>

#include "absl/strings/str_cat.h"
#include "libs/service/status.h"

namespace pathways::cli {
namespace {

// Characters, not bytes: names have accents.
std::size_t Width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string Harmless(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, '?');
  return text;
}

void AppendLine(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                std::string* text) {
  std::string line;
  for (std::size_t column = 0; column < cells.size(); ++column) {
    const std::string cell = Harmless(cells[column]);
    line += cell + std::string(widths[column] - Width(cell) + 2, ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  *text += line + "\n";
}

std::string OptionOf(const std::string& field) {
  static const auto& options = *new std::map<std::string, std::string>{
      {"start.urn", "--school"}, {"start.import_id", "--import-id"}};
  const auto found = options.find(field);
  if (found != options.end()) return found->second;
  std::string option = "--" + field;
  std::ranges::replace(option, '_', '-');
  return option;
}

}  // namespace

std::string WithCommas(std::int64_t number) {
  std::string text = std::to_string(number);
  const std::size_t first = number < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > first + 3;) text.insert(at -= 3, ",");
  return text;
}

std::string Count(std::int64_t number, std::string_view word, std::string_view plural) {
  std::string text = WithCommas(number) + " ";
  if (number != 1 && !plural.empty()) return text.append(plural);
  return text.append(word).append(number == 1 ? "" : "s");
}

std::string FormatTable(const std::vector<std::string>& names,
                        const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(names.size());
  const auto widen = [&](const std::vector<std::string>& cells) {
    for (std::size_t column = 0; column < cells.size(); ++column)
      widths[column] = std::max(widths[column], Width(cells[column]));
  };
  widen(names);
  for (const auto& row : rows) widen(row);
  std::string text;
  AppendLine(names, widths, &text);
  for (const auto& row : rows) AppendLine(row, widths, &text);
  return text;
}

std::string Explain(const absl::Status& status) {
  std::string text;
  for (const service::FieldViolation& violation : service::ViolationsOf(status)) {
    absl::StrAppend(&text, text.empty() ? "" : "\n", OptionOf(violation.field), ": ",
                    violation.description);
  }
  return text.empty() ? std::string(status.message()) : text;
}

void Complain(Console& console, std::string_view subject, const absl::Status& status) {
  console.err << "error: " << subject << (subject.empty() ? "" : ": ") << Explain(status) << "\n";
}

}  // namespace pathways::cli
