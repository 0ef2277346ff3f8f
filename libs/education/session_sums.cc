#include "libs/education/session_sums.h"

namespace pathways::education {

void GroupMeasure::Add(const SessionSums& sums) {
  if (sums.possible == 0) return;
  enrolments += 1;
  possible += sums.possible;
  attended += sums.attended;
  authorised += sums.authorised;
  unauthorised += sums.unauthorised;
  persistent += IsPersistent(sums);
  severe += IsSevere(sums);
}

GroupMeasure& GroupMeasure::operator+=(const GroupMeasure& other) {
  enrolments += other.enrolments;
  possible += other.possible;
  attended += other.attended;
  authorised += other.authorised;
  unauthorised += other.unauthorised;
  persistent += other.persistent;
  severe += other.severe;
  return *this;
}

}  // namespace pathways::education
