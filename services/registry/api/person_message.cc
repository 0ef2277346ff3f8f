#include "services/registry/api/person_message.h"

#include <algorithm>
#include <string>

namespace pathways::registry {
namespace {

template <typename Field, typename T>
void AddOnce(Field* field, const T& value) {
  if (std::find(field->begin(), field->end(), value) == field->end()) *field->Add() = value;
}

}  // namespace

v1::Person ToMessage(const PersonRecord& person) {
  v1::Person message;
  message.set_person_id(person.id.ToString());
  message.set_name(person.name);
  message.set_title(person.title);
  for (const Assignment& assignment : person.roles) {
    AddOnce(message.mutable_roles(), std::string(access::RoleName(assignment.role)));
    if (assignment.urn != 0) AddOnce(message.mutable_urns(), assignment.urn);
    if (assignment.la_code != 0) AddOnce(message.mutable_la_codes(), assignment.la_code);
  }
  return message;
}

}  // namespace pathways::registry
