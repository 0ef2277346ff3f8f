// Where schools are, and who may read the name of a pupil who is placed, on a real PostgreSQL.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "libs/storage/run_in_transaction.h"
#include "pathways/panel/v1/events.pb.h"
#include "services/registry/reactions/placement_reaction.h"
#include "services/registry/test_registry.h"

namespace pathways::registry {
namespace {

using namespace std::chrono_literals;
using common::v1::ImportReport;

class Places : public RegistryTest {};

TEST_F(Places, OfSchoolsAreKeptWhenAFileDoesNotSay) {
  const std::string gias =
      "URN,LA (code),LA (name),EstablishmentName,Easting,Northing\n"
      "109413,822,Bedford,Cherry Trees Nursery School,504960,249570\n"
      "109414,822,Bedford,\"Peter Pan, Nursery\",,\n"
      "109415,822,Bedford,Nowhere,504960,0\n"
      "109416,822,Bedford,At sea,900000,100\n";
  const ImportReport first = Import("ImportSchools", gias);
  EXPECT_EQ(first.records_new(), 2);
  ASSERT_EQ(first.rows_refused(), 2);
  EXPECT_EQ(first.problems(0).code(), "bad_grid_reference");
  Import("ImportSchools", kSchools);
  v1::GetSchoolRequest request;
  v1::GetSchoolResponse school;
  request.set_urn(109413);
  ASSERT_TRUE(service::CallUnary(*endpoint_, "GetSchool", Operator(), request, &school).ok());
  EXPECT_EQ(school.school().easting(), 504960);
  EXPECT_EQ(school.school().northing(), 249570);
  request.set_urn(109414);
  ASSERT_TRUE(service::CallUnary(*endpoint_, "GetSchool", Operator(), request, &school).ok());
  EXPECT_EQ(school.school().easting(), 0);
  // Varint 504960 in field 8 of the newest event of that school.
  const bool told =
      Count(
          "select count(*) from (select payload from events.outbox where key = '109413' "
          "order by seq desc limit 1) newest "
          "where position('\\x4080e91e'::bytea in payload) > 0") == 1;
  EXPECT_TRUE(told) << "a file that says nothing of places publishes them all the same";
}

TEST_F(Places, GiveTheNamesOfThePupilsThereAndNothingElse) {
  Import("ImportSchools", kSchools);
  Import("ImportPupils", PupilsHeader() + PupilLine(1, 109413) + PupilLine(2, 109413));
  v1::SearchPupilsRequest search;
  search.set_query("surname");
  v1::SearchPupilsResponse all;
  ASSERT_TRUE(service::CallUnary(*endpoint_, "SearchPupils", Operator(), search, &all).ok());
  v1::GetPupilNamesRequest names;
  for (const auto& pupil : all.pupils()) names.add_pupil_ids(pupil.pupil_id());
  access::Caller provider;
  provider.person = testing::MakePersonId(1);
  provider.roles = {access::Role::kProvider};
  provider.scope.authorities = {*education::LaCode::FromInt(822)};
  const auto read = [&](const access::Caller& caller) {
    v1::GetPupilNamesResponse response;
    const auto status = service::CallUnary(*endpoint_, "GetPupilNames", caller, names, &response);
    EXPECT_TRUE(status.ok()) << status;
    return response;
  };
  v1::SearchPupilsResponse found;
  ASSERT_TRUE(service::CallUnary(*endpoint_, "SearchPupils", provider, search, &found).ok());
  EXPECT_EQ(found.pupils_size(), 0) << "whatever authority it works for";
  EXPECT_EQ(read(provider).names_size(), 0);

  PlacementReaction reaction;
  const auto apply = [&](const auto& message) {
    events::Event event(events::EventId::New(ids_));
    event.type = message.GetDescriptor()->full_name();
    event.payload = message.SerializeAsString();
    const std::vector<events::Event> events = {event};
    const auto status = storage::RunInTransaction(
        *pool_, storage::RowScope::System(reaction.spec().name), storage::Deadline::After(5s),
        [&](storage::Transaction& transaction) { return reaction.Apply(transaction, events); });
    ASSERT_TRUE(status.ok()) << status;
  };
  panel::v1::ProviderChanged staff;
  staff.set_provider_id(testing::MakePersonId(900).ToString());
  staff.add_person_ids(provider.person->ToString());
  apply(staff);
  panel::v1::PlacementOffered offered;
  panel::v1::PlacementFacts& facts = *offered.mutable_facts();
  facts.set_placement_id(testing::MakePersonId(901).ToString());
  facts.set_pupil_id(all.pupils(0).pupil_id());
  facts.set_urn(109413);
  facts.set_la_code(822);
  facts.set_provider_id(staff.provider_id());
  apply(offered);
  const auto seen = read(provider);
  ASSERT_EQ(seen.names_size(), 1);
  EXPECT_EQ(seen.names(0).surname(), all.pupils(0).surname());
  EXPECT_EQ(seen.names(0).upn() + seen.names(0).year_group(), "");
  EXPECT_EQ(Count("select count(*) from access.log where role = 'provider' and urn = 109413"), 1);
  v1::GetPupilRequest whole;
  whole.set_pupil_id(facts.pupil_id());
  v1::GetPupilResponse answer;
  EXPECT_TRUE(
      absl::IsNotFound(service::CallUnary(*endpoint_, "GetPupil", provider, whole, &answer)));
  access::Caller stranger = provider;
  stranger.person = testing::MakePersonId(2);
  EXPECT_EQ(read(stranger).names_size(), 0);

  // The school the pupil comes to, once that is agreed; not when it is given up again.
  EXPECT_EQ(read(SchoolStaff(109414)).names_size(), 0);
  panel::v1::ReintegrationPlanned planned;
  *planned.mutable_facts() = facts;
  planned.set_to_urn(109414);
  apply(planned);
  EXPECT_EQ(read(SchoolStaff(109414)).names_size(), 1);
  planned.set_to_urn(0);
  apply(planned);
  EXPECT_EQ(read(SchoolStaff(109414)).names_size(), 0);
  panel::v1::PlacementAnswered declined;
  *declined.mutable_facts() = facts;
  declined.set_answer("declined");
  apply(declined);
  EXPECT_EQ(read(provider).names_size(), 0);
}

}  // namespace
}  // namespace pathways::registry
