// A page of what happened with a pupil, as every service that has a part of it answers it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/access/access_log.h"
#include "libs/education/identifiers.h"
#include "libs/service/call.h"
#include "libs/service/paging.h"
#include "libs/service/status.h"
#include "libs/storage/run_in_transaction.h"

namespace pathways::service {

// `detail`: for the access log. `read`(transaction, pupil, offset, limit): entries that the caller
// may see, newest first, each with `urn`; `fill`(entry, message). A timeline of which nothing may
// be seen is no record of the child; what is seen is recorded with the school of the newest entry.
template <typename Request, typename Response, typename Read, typename Fill>
absl::Status ListTimeline(storage::Pool& pool, const storage::RowScope& scope, const Call& call,
                          const Request& request, Response* response, const std::string& detail,
                          Read read, Fill fill) {
  const auto pupil = ReadId<education::PupilId>("pupil_id", request.pupil_id());
  if (!pupil.ok()) return pupil.status();
  const auto page =
      OffsetPage::Read(request.page_size(), request.page_token(), {.otherwise = 50, .most = 200});
  if (!page.ok()) return page.status();
  return storage::RunInTransaction(
      pool, scope, call.deadline(), [&](storage::Transaction& transaction) -> absl::Status {
        // One more than asked for tells whether there is another page.
        auto entries = read(transaction, *pupil, page->offset, page->size + 1);
        if (!entries.ok()) return entries.status();
        response->Clear();
        if (entries->empty()) return absl::OkStatus();
        const access::AccessEntry read_now{.action = access::Action::kRead,
                                           .subject_kind = access::SubjectKind::kPupil,
                                           .subject_id = pupil->ToString(),
                                           .urn = entries->front().urn,
                                           .authority = std::nullopt,
                                           .detail = detail};
        const auto recorded =
            access::RecordAccess(transaction, call.AccessContext(), std::span(&read_now, 1));
        if (!recorded.ok()) return recorded;
        const bool more = entries->size() > static_cast<std::size_t>(page->size);
        if (more) entries->pop_back();
        for (const auto& entry : *entries) fill(entry, response->add_entries());
        if (more) response->set_next_page_token(page->TokenAfter(entries->size()));
        return absl::OkStatus();
      });
}

}  // namespace pathways::service
