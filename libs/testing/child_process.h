// A test in a process of its own, for what ends the process: see libs/events/crash_point.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pathways::testing {

// Exit status of a process that ended at a crash point, as after kill -9.
inline constexpr int kKilled = 137;

// Runs this program again with that test only ("CrashChild.DISABLED_Imports"; disabled, so that it
// runs in no other way) and with these variables only ("NAME=value"). Its exit status; -1 when it
// did not end by itself.
int RunChildTest(std::string_view test, const std::vector<std::string>& variables);

// A variable given to RunChildTest(); empty without one.
std::string Variable(const char* name);

}  // namespace pathways::testing
