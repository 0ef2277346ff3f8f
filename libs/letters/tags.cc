#include "libs/letters/tags.h"

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "absl/strings/str_cat.h"
#include "libs/letters/markdown.h"

namespace pathways::letters {
namespace {

namespace mustache = kainjow::mustache;
using Component = mustache::component<std::string>;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Tags Read() {
    mustache::context<std::string> nothing;
    mustache::context_internal<std::string> context(nothing);
    Component root;
    std::string error;
    const mustache::parser<std::string> parser(text_, context, root, error);
    if (!error.empty()) {
      tags_.wrong.push_back(
          "A double brace is not closed, or a condition {{#name}} has no {{/name}}: " + error);
      return std::move(tags_);
    }
    Walk(root.children);
    return std::move(tags_);
  }

 private:
  void Walk(const std::vector<Component>& components) {
    for (const Component& component : components) {
      if (!component.is_text()) Visit(component);
    }
  }

  void Visit(const Component& component) {
    using mustache::tag_type;
    const std::string& name = component.tag.name;
    switch (component.tag.type) {
      case tag_type::variable:
        tags_.uses.push_back({name, around_, false});
        return;
      case tag_type::section_begin:
        return Enter(name, name, component);
      case tag_type::section_begin_inverted:
        return Enter(name, "^" + name, component);
      case tag_type::comment:
        return;
      default:
        tags_.wrong.push_back(
            absl::StrCat("Line ", LineOf(component.position), ": write placeholders as {{name}}"));
    }
  }

  void Enter(const std::string& name, const std::string& condition, const Component& component) {
    tags_.uses.push_back({name, around_, true});
    around_.push_back(condition);
    Walk(component.children);
    around_.pop_back();
  }

  std::ptrdiff_t LineOf(std::size_t position) const {
    const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(position, text_.size()));
    return std::count(text_.begin(), end, '\n') + 1;
  }

  std::string text_;
  std::vector<std::string> around_;
  Tags tags_;
};

}  // namespace

Tags ReadTags(std::string_view text) { return Reader(text).Read(); }

std::string FillTags(std::string_view text, const Values& values) {
  mustache::data data{mustache::data::type::object};
  for (const auto& [name, value] : values) {
    // An empty text would be something; only "false" is nothing.
    data.set(name, value.empty() ? mustache::data(mustache::data::type::bool_false)
                                 : mustache::data(value));
  }
  mustache::mustache filled{std::string(text)};
  filled.set_custom_escape(AsPlainText);
  return filled.render(data);
}

}  // namespace pathways::letters
