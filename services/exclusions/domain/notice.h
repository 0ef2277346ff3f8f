// When a notice counts as given, and an application as made.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "libs/education/day.h"
#include "libs/education/working_calendar.h"

namespace pathways::exclusions {

enum class Delivery : std::uint8_t { kUnknown, kDelivered, kPost, kEmail, kInPerson };
std::string_view DeliveryName(Delivery how);  // "", delivered, post, email, in_person
std::optional<Delivery> DeliveryFromName(std::string_view name);

// On delivery; by first-class post on the second working day after posting. Source: SI 2012/1033
// Sch. 1 para. 1(2) for applications; (practice) for other notices.
education::Day GivenOn(education::Day sent, Delivery how,
                       const education::WorkingCalendar& calendar);

}  // namespace pathways::exclusions
