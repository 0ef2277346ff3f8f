#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pathways::access {

// What a person works as. Held by the registry, carried in the access token.
enum class Role : std::uint8_t {
  kSchool,                 // staff of a school: own schools only
  kInclusionOfficer,       // the authority's Inclusion team
  kEarlyHelpWorker,        // an Early Help team
  kManager,                // aggregates and cases, writes nothing about a child
  kDataProtectionOfficer,  // access histories
  kAdministrator,          // people and their roles
  kOperator,               // the command line on the machine that runs Pathways
  kService,                // a service acting for nobody, e.g. a consumer of events
  kPanelClerk,             // prepares the Securing Education Panel and what follows from it
  kPanelChair,             // chairs it and signs off
  kPanelMember,            // sits on it: cases on the agendas of their own sittings only
  kProvider,               // staff of an alternative provider: placements there only
};
inline constexpr int kRoleCount = 12;

// The role's name in tokens, in the database and in events, e.g. "inclusion_officer".
std::string_view RoleName(Role role);
std::optional<Role> RoleFromName(std::string_view name);

// What a method asks of its caller. Which schools and pupils it may touch is the scope's matter
// (caller.h).
enum class Permission : std::uint8_t {
  kAnyone,  // no token needed: signing in, public keys. Keep these few; a test lists them.
  kReadSchool,
  kReadPupil,
  kReadAttendance,
  kReadAggregates,
  kReadRequest,
  kWriteRequest,   // a school drafts and submits a request for Early Help
  kTriageRequest,  // Early Help accepts, redirects, declines, allocates
  kReadExclusion,
  kRecordExclusion,  // a school, or the authority for it: also changes it, and what came of it
  kImportSchools,
  kImportCalendar,
  kImportPupils,
  kImportRegister,
  kCorrectRegister,
  kExportFigures,
  kReadAccessHistory,
  kReadPeople,  // names and roles of those who use Pathways
  kManagePeople,
  kManageEvents,  // dead letters: list, replay, discard
  kReadPanel,
  kWritePanelCase,   // refers a pupil to the panel and completes the case
  kManagePanel,      // sittings, agendas, packs, providers
  kSitOnPanel,       // opens packs, declares interests, votes
  kSignOffDecision,  // makes a panel's decision final
  kReadPlacement,
  kWritePlacement,        // offers, starts, reviews; each side its own part
  kReadRisk,              // proposals of help before an exclusion, with their working
  kDecideRisk,            // decides about them
  kAuditRisk,             // their weights, rehearsals, and whom they reach; no single pupil
  kSetRiskWeights,        // drafts weights and switches them on
  kSetAuthoritySettings,  // numbers an authority sets for itself, such as how long a decision takes
};
inline constexpr int kPermissionCount = 32;

// The table of permission.cc: may this role do that? Everyone may do what kAnyone marks.
bool Grants(Role role, Permission permission);

// For logs, e.g. "read_pupil".
std::string_view PermissionName(Permission permission);

}  // namespace pathways::access
