#include "libs/access/permission.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "libs/access/caller.h"

namespace pathways::access {
namespace {

std::set<std::string> AllowedTo(Role role) {
  std::set<std::string> names;
  for (int i = 1; i < kPermissionCount; ++i) {
    const auto permission = static_cast<Permission>(i);
    if (Grants(role, permission)) names.emplace(PermissionName(permission));
  }
  return names;
}

bool Writes(const std::string& name) {
  return name.starts_with("write_") || name.starts_with("import_") ||
         name.starts_with("correct_") || name.starts_with("triage_") ||
         name.starts_with("record_") || name.starts_with("manage_") || name.starts_with("sit_") ||
         name.starts_with("sign_off_");
}

TEST(Permission, ManagerWritesNothing) {
  for (const std::string& name : AllowedTo(Role::kManager)) EXPECT_FALSE(Writes(name)) << name;
  EXPECT_TRUE(Grants(Role::kManager, Permission::kReadAggregates));
  EXPECT_TRUE(Grants(Role::kManager, Permission::kReadRequest));
}

TEST(Permission, WhoWeighsRiskDecidesAboutNoPupil) {
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    const bool officer = role == Role::kInclusionOfficer || role == Role::kOperator;
    const bool manager = role == Role::kManager || role == Role::kOperator;
    EXPECT_EQ(Grants(role, Permission::kDecideRisk), officer) << RoleName(role);
    EXPECT_EQ(Grants(role, Permission::kReadRisk), officer || role == Role::kSchool)
        << RoleName(role);
    EXPECT_EQ(Grants(role, Permission::kSetRiskWeights), manager) << RoleName(role);
    EXPECT_EQ(Grants(role, Permission::kAuditRisk), officer || manager) << RoleName(role);
  }
}

TEST(Permission, ManagersAndAdministratorsSetWhatTheirAuthorityMay) {
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    const bool expected =
        role == Role::kManager || role == Role::kAdministrator || role == Role::kOperator;
    EXPECT_EQ(Grants(role, Permission::kSetAuthoritySettings), expected) << RoleName(role);
  }
}

TEST(Permission, OnlyTheOfficerAndTheOperatorReadAccessHistories) {
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    const bool expected = role == Role::kDataProtectionOfficer || role == Role::kOperator;
    EXPECT_EQ(Grants(role, Permission::kReadAccessHistory), expected) << RoleName(role);
  }
}

TEST(Permission, OnlyAdministratorAndOperatorManagePeople) {
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    const bool expected = role == Role::kAdministrator || role == Role::kOperator;
    EXPECT_EQ(Grants(role, Permission::kManagePeople), expected) << RoleName(role);
  }
}

TEST(Permission, SchoolImportsItsRegisterButTriagesNothing) {
  EXPECT_TRUE(Grants(Role::kSchool, Permission::kImportRegister));
  EXPECT_TRUE(Grants(Role::kSchool, Permission::kWriteRequest));
  EXPECT_FALSE(Grants(Role::kSchool, Permission::kTriageRequest));
  EXPECT_FALSE(Grants(Role::kSchool, Permission::kImportSchools));
}

TEST(Permission, OnlySchoolOfficerAndOperatorRecordExclusions) {
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    const bool expected =
        role == Role::kSchool || role == Role::kInclusionOfficer || role == Role::kOperator;
    EXPECT_EQ(Grants(role, Permission::kRecordExclusion), expected) << RoleName(role);
  }
}

TEST(Permission, WhoeverRecordsExclusionsReadsThem) {
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    const bool reads = Grants(role, Permission::kReadExclusion);
    if (Grants(role, Permission::kRecordExclusion)) {
      EXPECT_TRUE(reads) << RoleName(role);
    }
    if (role == Role::kDataProtectionOfficer || role == Role::kAdministrator) {
      EXPECT_FALSE(reads) << RoleName(role);
    }
  }
}

TEST(Permission, AdministratorSeesNoChild) {
  EXPECT_FALSE(Grants(Role::kAdministrator, Permission::kReadPupil));
  EXPECT_FALSE(Grants(Role::kAdministrator, Permission::kReadAttendance));
  EXPECT_FALSE(Grants(Role::kAdministrator, Permission::kReadExclusion));
}

TEST(Permission, OnlyChairAndOperatorSignOffWhatThePanelDecided) {
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    const bool expected = role == Role::kPanelChair || role == Role::kOperator;
    EXPECT_EQ(Grants(role, Permission::kSignOffDecision), expected) << RoleName(role);
  }
}

TEST(Permission, ProviderKnowsOfPlacementsAndOfNoCase) {
  EXPECT_TRUE(Grants(Role::kProvider, Permission::kReadPlacement));
  EXPECT_FALSE(Grants(Role::kProvider, Permission::kReadPanel));
  EXPECT_FALSE(Grants(Role::kProvider, Permission::kReadAttendance));
}

TEST(Permission, EveryNameIsItsOwn) {
  std::set<std::string_view> names;
  for (int i = 0; i < kPermissionCount; ++i) {
    names.insert(PermissionName(static_cast<Permission>(i)));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kPermissionCount));
  EXPECT_FALSE(names.contains(""));
}

TEST(Role, NamesReadBack) {
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    EXPECT_EQ(RoleFromName(RoleName(role)), role);
  }
  EXPECT_EQ(RoleFromName("headmaster"), std::nullopt);
}

TEST(Caller, WithoutRoleMayDoNothingAndSeesNothing) {
  Caller nobody;
  nobody.scope.everything = true;
  EXPECT_TRUE(nobody.May(Permission::kAnyone));
  EXPECT_FALSE(nobody.May(Permission::kReadSchool));
  EXPECT_FALSE(nobody.ToRowScope().everything);
}

TEST(Caller, ScopeCoversItsSchoolsAndAuthorities) {
  const auto bedford = *education::LaCode::FromInt(822);
  const auto luton = *education::LaCode::FromInt(821);
  const auto school = *education::Urn::FromInt(109001);
  const auto other = *education::Urn::FromInt(109002);
  Scope scope;
  EXPECT_FALSE(scope.CoversSchool(school, bedford));
  scope.schools = {school};
  EXPECT_TRUE(scope.CoversSchool(school, bedford));
  EXPECT_FALSE(scope.CoversSchool(other, bedford));
  EXPECT_FALSE(scope.CoversAuthority(bedford));
  scope.authorities = {bedford};
  EXPECT_TRUE(scope.CoversSchool(other, bedford));
  EXPECT_FALSE(scope.CoversSchool(other, luton));
}

TEST(Caller, RowScopeCarriesRoleUsedAndTrace) {
  Caller caller;
  caller.person = *education::PersonId::Parse("00000000-0000-4000-8000-000000000001");
  caller.roles = {Role::kSchool, Role::kDataProtectionOfficer};
  caller.scope.schools = {*education::Urn::FromInt(109001)};
  caller.trace_id = "0af7651916cd43dd8448eb211c80319c";
  const auto role = caller.RoleFor(Permission::kReadAccessHistory);
  ASSERT_EQ(role, Role::kDataProtectionOfficer);
  const storage::RowScope rows = caller.ToRowScope(*role);
  EXPECT_EQ(rows.person, "00000000-0000-4000-8000-000000000001");
  EXPECT_EQ(rows.role, "data_protection_officer");
  EXPECT_EQ(rows.schools, std::vector<std::int32_t>{109001});
  EXPECT_EQ(rows.trace_id, caller.trace_id);
}

}  // namespace
}  // namespace pathways::access
