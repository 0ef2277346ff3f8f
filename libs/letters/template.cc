#include "libs/letters/template.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "libs/forms/words.h"
#include "libs/letters/markdown.h"
#include "libs/letters/tags.h"

namespace pathways::letters {
namespace {

using forms::Problem;

constexpr std::string_view kField = "text";

void Add(std::vector<Problem>& problems, std::string words) {
  problems.push_back({std::string(kField), std::move(words)});
}

std::string Braced(std::string_view name) { return absl::StrCat("{{", std::string(name), "}}"); }

// Nothing but its own condition decides whether it is in the letter.
bool Says(const Tags::Use& use, std::string_view name) {
  return !use.condition && use.name == name &&
         std::ranges::all_of(use.only_where, [&](const std::string& in) { return in == name; });
}

void CheckNames(const LetterKind& kind, const Tags& tags, std::vector<Problem>& problems) {
  std::set<std::string> told;
  for (const Tags::Use& use : tags.uses) {
    if (FindPlaceholder(kind, use.name) != nullptr || !told.insert(use.name).second) continue;
    Add(problems, absl::StrCat("This letter has no placeholder ", Braced(use.name),
                               ": take one from the list"));
  }
}

void CheckRequired(const LetterKind& kind, const Tags& tags, std::vector<Problem>& problems) {
  for (const Required& required : kind.required) {
    const auto says = [&](const Tags::Use& use) { return Says(use, required.placeholder); };
    if (std::ranges::any_of(tags.uses, says)) continue;
    Add(problems,
        absl::StrCat("The letter must say ", std::string(required.words), ": put ",
                     Braced(required.placeholder), " in it (", std::string(required.source), ")"));
  }
}

void CheckSubject(const Blocks& blocks, std::vector<Problem>& problems) {
  const auto is_subject = [](const Block& b) {
    return b.kind == BlockKind::kHeading && b.level == 1;
  };
  if (std::ranges::count_if(blocks, is_subject) == 1) return;
  Add(problems, "Give the letter one subject: a line that begins with # and a space");
}

Values Samples(const LetterKind& kind) {
  Values values;
  for (const Placeholder& placeholder : kind.placeholders) {
    values.emplace(placeholder.name, placeholder.sample);
  }
  return values;
}

// Nothing below it before the next heading of its rank or a higher one.
bool IsLeftAlone(const Blocks& blocks, std::size_t at) {
  if (blocks[at].kind != BlockKind::kHeading || blocks[at].level == 1) return false;
  if (at + 1 == blocks.size()) return true;
  const Block& next = blocks[at + 1];
  return next.kind == BlockKind::kHeading && next.level <= blocks[at].level;
}

// From the end, so that a heading goes, too, whose only headings below it went.
void DropHeadingsLeftAlone(Blocks& blocks) {
  for (std::size_t at = blocks.size(); at-- > 0;) {
    if (IsLeftAlone(blocks, at)) blocks.erase(blocks.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

}  // namespace

std::vector<Problem> CheckTemplate(const LetterKind& kind, std::string_view text) {
  if (auto problem = forms::CheckWords(kField, text, 1, kLongestTemplate)) return {*problem};
  std::vector<Problem> problems;
  const Tags tags = ReadTags(text);
  for (const std::string& wrong : tags.wrong) Add(problems, wrong);
  if (!tags.wrong.empty()) return problems;
  CheckNames(kind, tags, problems);
  CheckRequired(kind, tags, problems);
  // As written, so that the lines named are the writer's own.
  for (std::string& wrong : ReadBlocks(text).wrong) Add(problems, std::move(wrong));
  const ReadMarkdown read = ReadBlocks(FillTags(text, Samples(kind)));
  if (!read.wrong.empty() && problems.empty()) Add(problems, read.wrong.front());
  CheckSubject(read.blocks, problems);
  return problems;
}

absl::StatusOr<Blocks> Merge(const LetterKind& kind, std::string_view text, const Values& values) {
  if (const auto problems = CheckTemplate(kind, text); !problems.empty()) {
    return absl::FailedPreconditionError("The template needs mending: " + problems.front().words);
  }
  for (const Placeholder& placeholder : kind.placeholders) {
    if (values.contains(placeholder.name)) continue;
    return absl::InternalError("no value for the placeholder " + std::string(placeholder.name));
  }
  ReadMarkdown read = ReadBlocks(FillTags(text, values));
  if (!read.wrong.empty()) return absl::InternalError("a value became more than text");
  DropHeadingsLeftAlone(read.blocks);
  return std::move(read.blocks);
}

absl::StatusOr<Blocks> MergeSamples(const LetterKind& kind, std::string_view text) {
  return Merge(kind, text, Samples(kind));
}

}  // namespace pathways::letters
