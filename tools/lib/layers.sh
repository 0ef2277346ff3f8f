# shellcheck shell=bash
# The arrows of the house, as the includes show them: libs know no service, a service knows no other service, domain
# knows neither storage nor wire, and third-party headers stop at the library that owns them.

# layers_forbid WHERE PATTERN WHY [EXCEPT]: no C++ file below WHERE may include PATTERN, except below EXCEPT.
layers_forbid() {
  local where=$1 pattern=$2 why=$3 except=${4:-} found
  [[ -e $where ]] || return 0
  found=$(grep -rnE --include='*.h' --include='*.cc' --include='*.cpp' "^#include [\"<]($pattern)" "$where" || true)
  [[ -z $except ]] || found=$(grep -vE "^($except)" <<<"$found" || true)
  [[ -n $found ]] || return 0
  printf '%s:\n%s\n' "$why" "$found"
  return 1
}

layers_check() {
  local service name status=0
  layers_forbid libs 'services/' "a library includes a service" || status=1
  layers_forbid . 'pqxx/' "only libs/storage uses libpqxx" '\./(libs/storage|libs/testing|tests|build)/' || status=1
  layers_forbid . 'librdkafka/' "only libs/events uses librdkafka" '\./(libs/events|libs/testing|tests|build)/' || status=1
  for service in services/*/; do
    name=$(basename "$service")
    layers_forbid "$service" 'services/' "$name includes another service" "[^:]*:[0-9]+:#include \"services/$name/" ||
      status=1
    if [[ -d ${service}domain ]]; then
      layers_forbid "${service}domain" 'libs/(storage|events|service|access)/|pqxx/|grpc|google/protobuf|pathways/.*\.pb\.h' \
        "the rules of $name must stay pure" || status=1
    fi
  done
  return "$status"
}
