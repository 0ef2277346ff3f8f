// The two methods of a setting, which are the same everywhere: Get tells it with its history, Set
// changes it.
#pragma once

#include <functional>
#include <string>

#include "libs/education/clock.h"
#include "libs/service/endpoint.h"
#include "libs/settings/settings_store.h"
#include "libs/storage/pool.h"
#include "pathways/common/v1/settings.pb.h"

namespace pathways::settings {

struct SettingParts {
  storage::Pool* pool;  // must outlive the endpoint, as the clock
  const education::Clock* clock;
  Setting setting;
  // What hangs on the setting, worked out anew in the transaction that changes it; may be empty.
  std::function<absl::Status(storage::Transaction&, const service::Call&, education::LaCode)>
      changed = {};
};

struct Wish {
  education::LaCode la_code;
  int value = 0;
  std::int64_t version = 0;  // that was seen
};

// INVALID_ARGUMENT for what is no code, NOT_FOUND outside the caller's scope.
absl::StatusOr<education::LaCode> ReadAuthority(const service::Call& call, std::int32_t la_code);
absl::Status GetSetting(const SettingParts& parts, const service::Call& call,
                        education::LaCode la_code, common::v1::AuthoritySetting* setting);
// INVALID_ARGUMENT for a value outside the bounds, ABORTED when somebody else changed it since.
absl::Status SetSetting(const SettingParts& parts, const service::Call& call, const Wish& wish,
                        common::v1::AuthoritySetting* setting);

// Registers Get<name> and Set<name>, of whose messages every package has its own in the same shape:
// la_code; la_code, value, version; setting.
template <typename GetRequest, typename GetResponse, typename SetRequest, typename SetResponse>
void AddSetting(service::Endpoint& endpoint, const std::string& name, const SettingParts& parts) {
  constexpr auto kPermission = access::Permission::kSetAuthoritySettings;
  endpoint
      .Unary<GetRequest, GetResponse>(
          "Get" + name, kPermission,
          [parts](service::Call& call, const GetRequest& request, GetResponse* response) {
            const auto la_code = ReadAuthority(call, request.la_code());
            if (!la_code.ok()) return la_code.status();
            return GetSetting(parts, call, *la_code, response->mutable_setting());
          })
      .template Unary<SetRequest, SetResponse>(
          "Set" + name, kPermission,
          [parts](service::Call& call, const SetRequest& request, SetResponse* response) {
            const auto la_code = ReadAuthority(call, request.la_code());
            if (!la_code.ok()) return la_code.status();
            return SetSetting(parts, call, {*la_code, request.value(), request.version()},
                              response->mutable_setting());
          });
}

}  // namespace pathways::settings
