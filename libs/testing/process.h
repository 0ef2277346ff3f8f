// Private to this library: starting and ending the servers of a test run.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace pathways::testing {

// Starts a program with its output in `log`; it ends when this process ends, however that happens.
// Throws std::runtime_error when it cannot be started.
pid_t Spawn(const std::vector<std::string>& command, const std::filesystem::path& log);

// Runs a program to its end. Throws std::runtime_error with its output unless it exits with 0.
void Run(const std::vector<std::string>& command, const std::filesystem::path& log);

// Sends the signal and waits until the process is gone.
void End(pid_t process, int signal);

bool IsRunning(pid_t process);

// As text, for error messages.
std::string ReadText(const std::filesystem::path& file);

// A TCP port of the loopback address that is free now.
int FreePort();

// A new folder below the system's temporary one.
std::filesystem::path MakeTemporaryDirectory(const std::string& prefix);

}  // namespace pathways::testing
