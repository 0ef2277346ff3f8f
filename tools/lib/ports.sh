# shellcheck shell=bash
# Ports of a run, all on 127.0.0.1. A port is kept in ports.env once chosen, so addresses stay the same from day to day;
# PATHWAYS_PORT_<NAME> sets one. Defaults lie below the kernel's range for outgoing connections.

declare -A port_defaults=(
  [WEB]=3000 [IDP]=3001 [POSTGRES]=25432 [KAFKA]=29092 [KAFKA_CONTROLLER]=29093
)
# A test run beside `up` starts its search elsewhere, so that it does not take the ports people have bookmarked.
port_offset=0

# port_taken PORT: whether something on this machine listens there (needs no tool beyond the kernel's table).
port_taken() {
  local hex
  printf -v hex '%04X' "$1"
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v port=":$hex" \
    '$4 == "0A" && substr($2, length($2) - 4) == port { found = 1 } END { exit !found }'
}

port_of() {
  local name=$1 value=
  [[ -f $run_ports ]] && value=$(sed -n "s/^$name=//p" "$run_ports")
  [[ -n $value ]] || return 1
  printf '%s\n' "$value"
}

# port_known PORT: whether another part of this run has it already.
port_known() { [[ -f $run_ports ]] && grep -q "=$1\$" "$run_ports"; }

port_set() {
  touch "$run_ports"
  sed -i "/^$1=/d" "$run_ports"
  printf '%s=%s\n' "$1" "$2" >>"$run_ports"
}

# port_choose NAME: fixes the port for a part that is about to start: what the environment sets, else the one it had,
# else the next free one.
port_choose() {
  local name=$1 variable=PATHWAYS_PORT_$1 port
  if [[ -n ${!variable:-} ]]; then
    port=${!variable}
    [[ $port =~ ^[0-9]+$ ]] && ((port > 0 && port < 65536)) || die "$variable=$port is not a port number"
    port_taken "$port" && die "$variable=$port: something else listens there; choose another or unset it"
    port_set "$name" "$port"
    return
  fi
  if port=$(port_of "$name"); then
    port_taken "$port" || return 0
    say_detail "port $port is taken by another program; choosing another for ${name,,}"
  fi
  port=$((${port_defaults[$name]} + port_offset))
  while port_taken "$port" || port_known "$port"; do ((++port)); done
  port_set "$name" "$port"
}

address_of() { printf '127.0.0.1:%s\n' "$(port_of "$1")"; }
