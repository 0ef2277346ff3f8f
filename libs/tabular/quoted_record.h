#pragma once

#include <csv.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pathways::tabular {

/// One record that holds quotation marks, cut by libcsv in its strict mode. Fed line by line until
/// it is done, because only the quotes can tell whether a line break ends the record.
class QuotedRecord {
 public:
  enum class State {
    kOpen,    ///< the line ended inside quotes: feed the next one
    kDone,    ///< fields() are ready
    kBroken,  ///< a quotation mark where none may be
  };

  QuotedRecord();
  ~QuotedRecord();
  QuotedRecord(const QuotedRecord&) = delete;
  QuotedRecord& operator=(const QuotedRecord&) = delete;

  void set_delimiter(char delimiter) {
    csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
  }

  /// Takes the next line, its line end included. Only after kOpen, or first of all.
  State Feed(std::string_view line);

  /// The cells, after kDone, until Reset. Spaces around unquoted cells are gone.
  std::span<const std::string_view> fields();

  /// How many cells were complete when the record broke or stayed open.
  size_t fields_seen() const { return ends_.size(); }

  /// Ready for the next record.
  void Reset();

 private:
  static void OnField(void* data, size_t size, void* self);
  static void OnRecord(int terminator, void* self);

  csv_parser parser_;
  bool done_ = false;
  std::string text_;
  std::vector<size_t> ends_;  // of each cell, in text_
  std::vector<std::string_view> fields_;
};

}  // namespace pathways::tabular
