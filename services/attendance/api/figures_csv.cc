#include "services/attendance/api/figures_csv.h"

#include <algorithm>
#include <tuple>

#include "libs/education/percent.h"

namespace pathways::attendance {
namespace {

using education::Percent;

std::string PercentOf(std::int64_t part, std::int64_t whole) {
  return Percent{part, whole}.ToFiveDecimals();
}

}  // namespace

FiguresCsv::FiguresCsv(std::string* out, education::Day from, education::Day to,
                       std::optional<education::BreakdownTopic> topic)
    : writer_(out), from_(from.ToIso()), to_(to.ToIso()), topic_(topic) {
  writer_.WriteRecord({"from",
                       "to",
                       "geographic_level",
                       "old_la_code",
                       "urn",
                       "upn",
                       "breakdown_topic",
                       "breakdown",
                       "enrolments",
                       "sess_possible",
                       "sess_attended",
                       "sess_authorised",
                       "sess_unauthorised",
                       "sess_overall",
                       "sess_overall_percent",
                       "sess_authorised_percent",
                       "sess_unauthorised_percent",
                       "enrolments_pa_10_exact",
                       "enrolments_pa_10_exact_percent",
                       "enrolments_pa_50_exact",
                       "enrolments_pa_50_exact_percent"});
}

void FiguresCsv::AddPupils(const std::vector<EnrolmentFigures>& figures,
                           const absl::flat_hash_map<education::EnrolmentId, std::string>& upns) {
  struct Line {
    const EnrolmentFigures* figures;
    std::string upn;
    std::string value;
  };
  std::vector<Line> lines;
  for (const EnrolmentFigures& one : figures) {
    const auto upn = upns.find(one.enrolment);
    lines.push_back({&one, upn == upns.end() ? std::string() : upn->second,
                     topic_ ? education::BreakdownValue(*topic_, one.characteristics)
                            : std::string(education::kTotal)});
  }
  std::sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
    return std::tie(a.figures->school.urn, a.upn, a.value, a.figures->enrolment) <
           std::tie(b.figures->school.urn, b.upn, b.value, b.figures->enrolment);
  });
  for (const Line& line : lines) {
    education::GroupMeasure one;
    one.Add(line.figures->sums);
    Write({"Pupil", line.figures->school.la_code, line.figures->school.urn.ToString(), line.upn},
          line.value, one);
  }
}

void FiguresCsv::AddSchool(const SchoolKey& school, const Breakdown& groups) {
  for (const auto& [value, group] : groups)
    Write({"School", school.la_code, school.urn.ToString(), ""}, value, group);
}

void FiguresCsv::AddAuthority(education::LaCode authority, const Breakdown& groups) {
  for (const auto& [value, group] : groups)
    Write({"Local authority", authority, "", ""}, value, group);
}

void FiguresCsv::Write(const Place& place, const std::string& value,
                       const education::GroupMeasure& group) {
  const auto count = [](std::int64_t number) { return std::to_string(number); };
  writer_.WriteRecord({from_,
                       to_,
                       place.level,
                       place.authority.ToString(),
                       place.urn,
                       place.upn,
                       topic_ ? education::ToString(*topic_) : education::kTotal,
                       value,
                       count(group.enrolments),
                       count(group.possible),
                       count(group.attended),
                       count(group.authorised),
                       count(group.unauthorised),
                       count(group.absent()),
                       PercentOf(group.absent(), group.possible),
                       PercentOf(group.authorised, group.possible),
                       PercentOf(group.unauthorised, group.possible),
                       count(group.persistent),
                       PercentOf(group.persistent, group.enrolments),
                       count(group.severe),
                       PercentOf(group.severe, group.enrolments)});
}

}  // namespace pathways::attendance
