// A file as the pieces of a server stream.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "libs/service/endpoint.h"

namespace pathways::service {

inline constexpr std::size_t kFilePieceBytes = std::size_t{64} << 10;

// Sends `text` in pieces of that size at most, nothing for an empty text. `Chunk` is a message with
// bytes `data`. The status of the first piece that could not be written.
template <typename Chunk>
absl::Status SendFile(std::string_view text, Writer<Chunk>& out) {
  Chunk chunk;
  for (; !text.empty(); text.remove_prefix(std::min(text.size(), kFilePieceBytes))) {
    const std::string_view piece = text.substr(0, kFilePieceBytes);
    chunk.set_data(piece.data(), piece.size());
    if (absl::Status status = out.Write(chunk); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace pathways::service
