#include "libs/access/permission.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>
#include <vector>

namespace pathways::access {
namespace {

using P = Permission;

struct RoleRow {
  Role role;
  std::string_view name;
  std::vector<Permission> may;
};

// Who may do what. The one place to look, and to change.
const std::array<RoleRow, kRoleCount>& Table() {
  static const auto& table = *new std::array<RoleRow, kRoleCount>{{
      {Role::kSchool,
       "school",
       {P::kReadSchool, P::kReadPupil, P::kReadAttendance, P::kReadAggregates, P::kReadRequest,
        P::kReadExclusion, P::kRecordExclusion, P::kWriteRequest, P::kImportPupils,
        P::kImportRegister, P::kCorrectRegister, P::kExportFigures, P::kReadPeople, P::kReadPanel,
        P::kWritePanelCase, P::kReadPlacement, P::kReadRisk}},
      {Role::kInclusionOfficer,
       "inclusion_officer",
       {P::kReadSchool,     P::kReadPupil,       P::kReadAttendance,  P::kReadAggregates,
        P::kReadRequest,    P::kReadExclusion,   P::kRecordExclusion, P::kWriteRequest,
        P::kTriageRequest,  P::kImportSchools,   P::kImportCalendar,  P::kImportPupils,
        P::kImportRegister, P::kCorrectRegister, P::kExportFigures,   P::kReadPeople,
        P::kReadPanel,      P::kWritePanelCase,  P::kReadPlacement,   P::kWritePlacement,
        P::kReadRisk,       P::kDecideRisk,      P::kAuditRisk}},
      {Role::kEarlyHelpWorker,
       "early_help_worker",
       {P::kReadSchool, P::kReadPupil, P::kReadAttendance, P::kReadAggregates, P::kReadRequest,
        P::kReadExclusion, P::kTriageRequest, P::kReadPeople}},
      // Aggregates and the cases behind them; writes nothing about a child. How facts are weighed
      // is theirs to decide, about no single pupil.
      {Role::kManager,
       "manager",
       {P::kReadSchool, P::kReadPupil, P::kReadAttendance, P::kReadAggregates, P::kReadRequest,
        P::kReadExclusion, P::kExportFigures, P::kReadPeople, P::kReadPanel, P::kReadPlacement,
        P::kAuditRisk, P::kSetRiskWeights, P::kSetAuthoritySettings}},
      // Finds a child, to show who saw the record; not the record itself.
      {Role::kDataProtectionOfficer,
       "data_protection_officer",
       {P::kReadSchool, P::kReadPupil, P::kReadAccessHistory, P::kReadPeople}},
      {Role::kAdministrator,
       "administrator",
       {P::kReadSchool, P::kReadPeople, P::kManagePeople, P::kImportSchools, P::kImportCalendar,
        P::kSetAuthoritySettings}},
      // The command line on the machine that runs Pathways: everything, and every use is in the
      // access log.
      {Role::kOperator,
       "operator",
       {P::kReadSchool,          P::kReadPupil,       P::kReadAttendance,
        P::kReadAggregates,      P::kReadRequest,     P::kReadExclusion,
        P::kRecordExclusion,     P::kWriteRequest,    P::kTriageRequest,
        P::kImportSchools,       P::kImportCalendar,  P::kImportPupils,
        P::kImportRegister,      P::kCorrectRegister, P::kExportFigures,
        P::kReadAccessHistory,   P::kReadPeople,      P::kManagePeople,
        P::kManageEvents,        P::kReadPanel,       P::kWritePanelCase,
        P::kManagePanel,         P::kSitOnPanel,      P::kSignOffDecision,
        P::kReadPlacement,       P::kWritePlacement,  P::kReadRisk,
        P::kDecideRisk,          P::kAuditRisk,       P::kSetRiskWeights,
        P::kSetAuthoritySettings}},
      {Role::kService,
       "service",
       {P::kReadSchool, P::kReadPupil, P::kReadAttendance, P::kReadAggregates, P::kReadRequest,
        P::kReadExclusion, P::kReadPeople}},
      {Role::kPanelClerk,
       "panel_clerk",
       {P::kReadSchool, P::kReadPupil, P::kReadPeople, P::kReadPanel, P::kWritePanelCase,
        P::kManagePanel, P::kSitOnPanel, P::kReadPlacement, P::kWritePlacement}},
      {Role::kPanelChair,
       "panel_chair",
       {P::kReadSchool, P::kReadPupil, P::kReadAttendance, P::kReadPeople, P::kReadPanel,
        P::kManagePanel, P::kSitOnPanel, P::kSignOffDecision, P::kReadPlacement}},
      {Role::kPanelMember,
       "panel_member",
       {P::kReadSchool, P::kReadPupil, P::kReadPeople, P::kReadPanel, P::kSitOnPanel}},
      {Role::kProvider,
       "provider",
       {P::kReadSchool, P::kReadPupil, P::kReadPeople, P::kReadPlacement, P::kWritePlacement}},
  }};
  return table;
}

const RoleRow& RowOf(Role role) { return Table()[static_cast<std::size_t>(role)]; }

constexpr std::array<std::string_view, kPermissionCount> kPermissionNames = {
    "anyone",
    "read_school",
    "read_pupil",
    "read_attendance",
    "read_aggregates",
    "read_request",
    "write_request",
    "triage_request",
    "read_exclusion",
    "record_exclusion",
    "import_schools",
    "import_calendar",
    "import_pupils",
    "import_register",
    "correct_register",
    "export_figures",
    "read_access_history",
    "read_people",
    "manage_people",
    "manage_events",
    "read_panel",
    "write_panel_case",
    "manage_panel",
    "sit_on_panel",
    "sign_off_decision",
    "read_placement",
    "write_placement",
    "read_risk",
    "decide_risk",
    "audit_risk",
    "set_risk_weights",
    "set_authority_settings",
};

}  // namespace

std::string_view RoleName(Role role) { return RowOf(role).name; }

std::optional<Role> RoleFromName(std::string_view name) {
  for (const RoleRow& row : Table()) {
    if (row.name == name) return row.role;
  }
  return std::nullopt;
}

bool Grants(Role role, Permission permission) {
  if (permission == Permission::kAnyone) return true;
  const auto& may = RowOf(role).may;
  return std::find(may.begin(), may.end(), permission) != may.end();
}

std::string_view PermissionName(Permission permission) {
  return kPermissionNames[static_cast<std::size_t>(permission)];
}

}  // namespace pathways::access
