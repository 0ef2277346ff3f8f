# shellcheck shell=bash
# The list of services: a new one is one line here.

service_names=(
  registry
  attendance
  referrals
  exclusions
  panel
)

# The web keeps its sessions in a database of its own.
database_names=("${service_names[@]}" web)

# Each service listens for calls on one port and shows its metrics on another.
for index in "${!service_names[@]}"; do
  port_defaults[${service_names[index]^^}]=$((25051 + index))
  port_defaults[${service_names[index]^^}_METRICS]=$((25151 + index))
done

service_exists() { [[ -f $PATHWAYS_ROOT/services/$1/main.cpp ]]; }
service_binary() { build_path "services/$1/pathways-$1"; }

# addresses_environment: where everything is; any part of the stack and any tool may know it.
addresses_environment() {
  local name
  printf '%s\n' "PATHWAYS_ENV=development" "PATHWAYS_KAFKA_BROKERS=$(address_of KAFKA)" \
    "PATHWAYS_OIDC_ISSUER=$(idp_url)" "PATHWAYS_OIDC_CLIENT_ID=pathways-web"
  for name in "${service_names[@]}"; do
    printf 'PATHWAYS_%s_ADDRESS=%s\n' "${name^^}" "$(address_of "${name^^}")"
  done
}

# operator_environment: for tools run by whoever runs the stack.
operator_environment() {
  addresses_environment
  printf 'PATHWAYS_OPERATOR_SECRET_FILE=%s\n' "$(secret_file operator)"
}

service_environment() {
  local name=$1
  addresses_environment
  printf '%s\n' "PATHWAYS_DATABASE_URL=$(postgres_uri "${name}_app" "$name")" \
    "PATHWAYS_MIGRATION_DATABASE_URL=$(postgres_uri "${name}_owner" "$name")" \
    "PATHWAYS_LISTEN=$(address_of "${name^^}")" "PATHWAYS_METRICS_LISTEN=$(address_of "${name^^}_METRICS")"
  if [[ $name == registry ]]; then
    printf '%s\n' "PATHWAYS_SIGNING_KEY_FILE=$run_secrets/signing-key.json" \
      "PATHWAYS_OPERATOR_SECRET_FILE=$(secret_file operator)"
  fi
}

idp_url() { printf 'http://127.0.0.1:%s\n' "$(port_of IDP)"; }
web_url() { printf 'http://127.0.0.1:%s\n' "$(port_of WEB)"; }

idp_environment() {
  printf '%s\n' "PATHWAYS_ENV=development" "PATHWAYS_IDP_LISTEN=$(address_of IDP)" "PATHWAYS_OIDC_ISSUER=$(idp_url)" \
    "PATHWAYS_WEB_URL=$(web_url)" "PATHWAYS_OIDC_CLIENT_ID=pathways-web" \
    "PATHWAYS_OIDC_CLIENT_SECRET_FILE=$(secret_file oidc-client)"
}

# The session store makes its own table, so the web signs in as the owner of its database; it holds nothing else.
web_environment() {
  addresses_environment
  printf '%s\n' "PATHWAYS_WEB_LISTEN=$(address_of WEB)" "PATHWAYS_WEB_URL=$(web_url)" \
    "PATHWAYS_WEB_DATABASE_URL=$(postgres_uri web_owner web)" \
    "PATHWAYS_WEB_SESSION_SECRET_FILE=$(secret_file session)" \
    "PATHWAYS_OIDC_CLIENT_SECRET_FILE=$(secret_file oidc-client)"
}
