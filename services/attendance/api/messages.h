// Figures as messages.
#pragma once

#include <string>
#include <string_view>

#include "libs/access/access_log.h"
#include "libs/education/session_sums.h"
#include "pathways/attendance/v1/service.pb.h"
#include "services/attendance/domain/school_key.h"
#include "services/attendance/store/crossing_store.h"

namespace pathways::attendance {

void Fill(const education::SessionSums& from, v1::SessionSums* to);
void Fill(const education::GroupMeasure& from, std::string_view topic, std::string_view value,
          v1::GroupSums* to);
void Fill(const CrossingRow& from, v1::Crossing* to);

// What the access log says of looking at a school's figures.
access::AccessEntry SchoolEntry(access::Action action, const SchoolKey& school, std::string detail);

// "attendance, 2026-09-01 to 2026-10-01"
std::string SpanDetail(std::string_view what, education::Day from, education::Day to);

}  // namespace pathways::attendance
