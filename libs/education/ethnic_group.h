// Ethnic groups as national statistics on exclusions divide pupils, by the ethnicity codes of the
// school census (Common Basic Data Set, CS058).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace pathways::education {

enum class EthnicGroup : std::uint8_t { kAsian, kBlack, kMixed, kWhite, kOther };
inline constexpr std::array kEthnicGroups = {EthnicGroup::kAsian, EthnicGroup::kBlack,
                                             EthnicGroup::kMixed, EthnicGroup::kWhite,
                                             EthnicGroup::kOther};
std::string_view ToString(EthnicGroup group);  // "asian", as stored and published
std::optional<EthnicGroup> EthnicGroupFromName(std::string_view name);

// The group of a main or extended code in upper case (WBRI, APKA). Chinese is Asian, as in the
// census of 2021. Nothing for REFU (refused), NOBT (not yet obtained) and what is no such code.
std::optional<EthnicGroup> EthnicGroupOf(std::string_view code);

}  // namespace pathways::education
