// The text of a statement.
#pragma once

#include <string_view>

namespace pathways::storage {

// Made from literals only, checked by the compiler: text put together from what people typed cannot
// reach the database.
//
//   constexpr Sql kFindSchool = "select name from school where urn = $1";
//
// Each connection prepares such a statement the first time it meets it.
class Sql {
 public:
  consteval Sql(const char* literal) : text_(literal) {}  // NOLINT(google-explicit-constructor)

  // For statements whose table or column names are chosen by our own code. Not prepared. The text
  // must outlive the call.
  static constexpr Sql Composed(std::string_view text) { return Sql(text, false); }

  constexpr std::string_view text() const { return text_; }
  constexpr bool is_literal() const { return is_literal_; }

 private:
  constexpr Sql(std::string_view text, bool is_literal) : text_(text), is_literal_(is_literal) {}

  std::string_view text_;
  bool is_literal_ = true;
};

}  // namespace pathways::storage
