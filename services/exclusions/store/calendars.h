// School calendars, as kept here from the registry's events.
#pragma once

#include "libs/education/school_key.h"
#include "libs/rolls/calendar_copies.h"

namespace pathways::exclusions {

using education::SchoolKey;
using rolls::Calendar;
using rolls::CalendarCache;
using rolls::CalendarsBySchool;
using rolls::CalendarVersions;
using rolls::KeepSeen;
using rolls::ReadCalendars;
using rolls::SchoolsBehind;

}  // namespace pathways::exclusions
