#include "libs/storage/copy_writer.h"

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "libs/storage/codec.h"
#include "libs/storage/copy_writer_impl.h"
#include "libs/storage/driver_error.h"

namespace pathways::storage {
namespace {

// A row as COPY reads it. The driver's stream takes only tuples, whose number of fields is fixed
// when compiled, so each row is a tuple of one: the whole line.
struct Line {
  std::string text;
};

void AppendField(const Value& value, std::string& line) {
  if (value.is_null()) {
    line += "\\N";
  } else if (value.format() == Value::Format::kBinary) {
    const std::string hexadecimal = Codec<Bytes>::Encode(Bytes{value.data()});
    line += pqxx::internal::TypedCopyEscaper()(&hexadecimal);
  } else {
    line += pqxx::internal::TypedCopyEscaper()(&value.data());
  }
}

}  // namespace
}  // namespace pathways::storage

// Fields are escaped before they become a line.
template <>
inline std::string pqxx::internal::TypedCopyEscaper::operator()<pathways::storage::Line>(
    const pathways::storage::Line* line) const {
  return line->text;
}

namespace pathways::storage {

CopyWriter::Impl::Impl(Transaction::Impl& transaction, std::string_view table,
                       std::initializer_list<std::string_view> columns)
    : transaction_(transaction),
      stream_(transaction.connection().driver(), std::string(table),
              std::vector<std::string>(columns.begin(), columns.end())),
      columns_(columns.size()) {
  transaction.copying = true;
}

absl::StatusOr<CopyWriter> CopyWriter::Impl::Start(
    Transaction::Impl& transaction, std::string_view table,
    std::initializer_list<std::string_view> columns) {
  if (absl::Status ready = transaction.Ready(); !ready.ok()) return ready;
  try {
    return CopyWriter(std::make_unique<Impl>(transaction, table, columns));
  } catch (const std::exception& error) {
    return transaction.Fail(FromDriver(error));
  }
}

absl::Status CopyWriter::Impl::Write(std::span<const Value> fields) {
  if (failed_) return absl::FailedPreconditionError("a row of this copy has failed");
  if (fields.size() != columns_) return absl::InvalidArgumentError("not one value a column");
  try {
    Line line;
    for (const Value& value : fields) {
      if (&value != fields.data()) line.text += '\t';
      AppendField(value, line.text);
    }
    stream_ << std::tuple<Line>(std::move(line));
    ++rows_;
    return absl::OkStatus();
  } catch (const std::exception& error) {
    failed_ = true;
    return transaction_.Fail(FromDriver(error));
  }
}

absl::StatusOr<std::int64_t> CopyWriter::Impl::Finish() {
  try {
    stream_.complete();
  } catch (const std::exception& error) {
    failed_ = true;
    return transaction_.Fail(FromDriver(error));
  }
  transaction_.copying = false;
  return rows_;
}

CopyWriter::CopyWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CopyWriter::CopyWriter(CopyWriter&&) noexcept = default;
CopyWriter& CopyWriter::operator=(CopyWriter&&) noexcept = default;
CopyWriter::~CopyWriter() = default;

absl::Status CopyWriter::WriteRow(std::span<const Value> fields) { return impl_->Write(fields); }
absl::StatusOr<std::int64_t> CopyWriter::Finish() { return impl_->Finish(); }

}  // namespace pathways::storage
