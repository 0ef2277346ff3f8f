#include "libs/letters/markdown.h"

#include <cmark.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "libs/forms/words.h"

namespace pathways::letters {
namespace {

constexpr int kDeepestHeading = 3;

std::vector<std::string> Parts(const std::string& text) { return absl::StrSplit(text, "\n\n"); }

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};

class Reader {
 public:
  ReadMarkdown Read(std::string_view text) {
    const std::unique_ptr<cmark_node, FreeNode> document(cmark_parse_document(
        text.data(), text.size(), CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8));
    for (cmark_node* node = cmark_node_first_child(document.get()); node != nullptr;
         node = cmark_node_next(node)) {
      ReadBlock(node);
    }
    return std::move(read_);
  }

 private:
  void ReadBlock(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HEADING:
        return ReadHeading(node);
      case CMARK_NODE_PARAGRAPH:
        return ReadParagraph(node);
      case CMARK_NODE_LIST:
        return ReadList(node);
      case CMARK_NODE_CODE_BLOCK:
        return Refuse(node, "begin the line without spaces in front");
      default:
        return Refuse(node, "use headings, paragraphs and lists only");
    }
  }

  void ReadHeading(cmark_node* node) {
    const int level = cmark_node_get_heading_level(node);
    if (level > kDeepestHeading) return Refuse(node, "begin a heading with #, ## or ###");
    std::string text = TextOf(node);
    std::ranges::replace(text, '\n', ' ');
    if (!text.empty()) read_.blocks.push_back({BlockKind::kHeading, level, {std::move(text)}});
  }

  // A value with an empty line in it makes two paragraphs.
  void ReadParagraph(cmark_node* node) {
    for (const std::string& part : Parts(TextOf(node))) {
      std::string text = forms::Tidy(part);
      if (!text.empty()) read_.blocks.push_back({BlockKind::kParagraph, 0, {std::move(text)}});
    }
  }

  void ReadList(cmark_node* node) {
    const bool numbered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    Block list{.kind = numbered ? BlockKind::kNumbers : BlockKind::kBullets};
    for (cmark_node* item = cmark_node_first_child(node); item != nullptr;
         item = cmark_node_next(item)) {
      if (std::string text = ItemOf(item); !text.empty()) list.texts.push_back(std::move(text));
    }
    if (!list.texts.empty()) read_.blocks.push_back(std::move(list));
  }

  std::string ItemOf(cmark_node* item) {
    std::string text;
    for (cmark_node* node = cmark_node_first_child(item); node != nullptr;
         node = cmark_node_next(node)) {
      if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH) {
        Refuse(node, "write plain words in a list");
        continue;
      }
      if (!text.empty()) text += '\n';
      text += TextOf(node);
    }
    return text;
  }

  std::string TextOf(cmark_node* block) {
    std::string text;
    for (cmark_node* node = cmark_node_first_child(block); node != nullptr;
         node = cmark_node_next(node)) {
      switch (cmark_node_get_type(node)) {
        case CMARK_NODE_TEXT:
          text += cmark_node_get_literal(node);
          break;
        case CMARK_NODE_SOFTBREAK:
        case CMARK_NODE_LINEBREAK:
          text += '\n';
          break;
        default:
          Refuse(block, "write plain words: letters have no bold, links, pictures or HTML");
      }
    }
    return forms::Tidy(text);
  }

  void Refuse(cmark_node* node, std::string_view advice) {
    std::string said =
        absl::StrCat("Line ", cmark_node_get_start_line(node), ": ", std::string(advice));
    if (std::ranges::find(read_.wrong, said) == read_.wrong.end()) {
      read_.wrong.push_back(std::move(said));
    }
  }

  ReadMarkdown read_;
};

}  // namespace

ReadMarkdown ReadBlocks(std::string_view text) { return Reader().Read(text); }

std::string AsPlainText(const std::string& value) {
  std::string plain;
  bool at_start = true;
  for (const char c : forms::Tidy(value)) {
    if (at_start && (c == ' ' || c == '\t')) continue;
    at_start = c == '\n';
    // Markdown lets every sign of ASCII be said with a backslash, and the end of a line, too.
    if (at_start || std::ispunct(static_cast<unsigned char>(c)) != 0) plain += '\\';
    plain += c == '\t' ? ' ' : c;
  }
  return plain;
}

}  // namespace pathways::letters
