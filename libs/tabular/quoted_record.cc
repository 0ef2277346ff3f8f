#include "libs/tabular/quoted_record.h"

namespace pathways::tabular {
namespace {

constexpr size_t kGrowBy = 16 * 1024;

int IsSpace(unsigned char c) { return c == ' '; }

}  // namespace

QuotedRecord::QuotedRecord() {
  csv_init(&parser_, CSV_STRICT);
  csv_set_blk_size(&parser_, kGrowBy);
  // libcsv also trims tabs by itself; a tab may be our delimiter, and is never padding.
  csv_set_space_func(&parser_, IsSpace);
}

QuotedRecord::~QuotedRecord() { csv_free(&parser_); }

QuotedRecord::State QuotedRecord::Feed(std::string_view line) {
  csv_parse(&parser_, line.data(), line.size(), OnField, OnRecord, this);
  if (csv_error(&parser_) != CSV_SUCCESS) return State::kBroken;
  return done_ ? State::kDone : State::kOpen;
}

std::span<const std::string_view> QuotedRecord::fields() {
  fields_.clear();
  size_t start = 0;
  for (const size_t end : ends_) {
    fields_.push_back(std::string_view(text_).substr(start, end - start));
    start = end;
  }
  return fields_;
}

void QuotedRecord::Reset() {
  csv_fini(&parser_, nullptr, nullptr, nullptr);
  done_ = false;
  text_.clear();
  ends_.clear();
}

void QuotedRecord::OnField(void* data, size_t size, void* self) {
  auto* record = static_cast<QuotedRecord*>(self);
  record->text_.append(static_cast<const char*>(data), size);
  record->ends_.push_back(record->text_.size());
}

void QuotedRecord::OnRecord(int /*terminator*/, void* self) {
  static_cast<QuotedRecord*>(self)->done_ = true;
}

}  // namespace pathways::tabular
