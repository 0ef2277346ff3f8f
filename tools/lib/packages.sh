# shellcheck shell=bash
# Debian packages: what tools/packages.txt names and the machine lacks.

# packages_wanted: "name why..." lines. packages_for names what else this command is about to do.
packages_wanted() {
  local name condition why
  while read -r name condition why; do
    [[ -z $name || $name == '#'* ]] && continue
    [[ $condition == unless:* ]] && command -v "${condition#unless:}" >/dev/null && continue
    [[ $condition == for:* && ${condition#for:} != "${packages_for:-}" ]] && continue
    printf '%s %s\n' "$name" "$why"
  done <"$PATHWAYS_ROOT/tools/packages.txt"
}

packages_installed() {
  # shellcheck disable=SC2016  # the fields are dpkg's
  dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u
}

packages_missing() {
  local -x LC_ALL=C
  packages_wanted | sort -k 1,1 | join -v 1 - <(packages_installed)
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    sudo "$@"
  fi
}

# apt_run: no questions, and percentages instead of a flood; the flood is in apt.log.
apt_run() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o APT::Status-Fd=3 \
    -o Dpkg::Options::=--force-confold "$@" 3>&1 >>"$run_logs/apt.log" 2>&1 </dev/null 8>&- 9>&- |
    awk -F: '/^(dl|pm)status:/ {
      what = $1 == "dlstatus" ? "downloading" : "installing"
      share = int($3 / 20) * 20
      if (what share != last) { printf "    %s %d %%\n", what, share; fflush(); last = what share }
    }'
}

# Debian's postgresql package would make and start a system cluster. We never use it, so none is made; whoever wants one
# later gets Debian's usual behaviour, because the setting is put back.
cluster_setting=/etc/postgresql-common/createcluster.conf

packages_without_cluster() {
  local status=0
  apt_run install --no-install-recommends postgresql-common || return
  as_root cp -p "$cluster_setting" "$cluster_setting.pathways"
  printf 'create_main_cluster = false\n' | as_root tee -a "$cluster_setting" >/dev/null
  "$@" || status=$?
  as_root mv "$cluster_setting.pathways" "$cluster_setting"
  return "$status"
}

# packages_mend: what an earlier installation left half-done when it was killed.
packages_mend() {
  if [[ -f $cluster_setting.pathways ]]; then as_root mv "$cluster_setting.pathways" "$cluster_setting"; fi
  if [[ -n $(dpkg --audit) ]]; then
    say_step "finishing an interrupted installation of packages"
    as_root env DEBIAN_FRONTEND=noninteractive dpkg --force-confold --configure -a \
      >>"$run_logs/apt.log" 2>&1 </dev/null 8>&- 9>&- || packages_refused
  fi
}

packages_refused() {
  tail -n 15 "$run_logs/apt.log" >&2
  die "apt-get could not install them; the whole output is in $(show_path "$run_logs/apt.log")"
}

packages_install() {
  local missing=() line start=$EPOCHREALTIME
  [[ -f /etc/debian_version ]] || die "this needs Debian 12: packages are installed with apt-get"
  packages_mend
  mapfile -t missing < <(packages_missing)
  ((${#missing[@]})) || return 0
  say_step "installing what is missing, ${#missing[@]} of the Debian packages in tools/packages.txt:"
  for line in "${missing[@]}"; do printf '    %-26s %s\n' "${line%% *}" "${line#* }"; done
  ((EUID == 0)) || command -v sudo >/dev/null || die "packages need root: run this once as root, or install sudo"
  apt_run update || packages_refused
  if printf '%s\n' "${missing[@]}" | grep -q '^postgresql-15 '; then
    packages_without_cluster apt_run install --no-install-recommends "${missing[@]%% *}" || packages_refused
  else
    apt_run install --no-install-recommends "${missing[@]%% *}" || packages_refused
  fi
  say_detail "done in $(seconds_since "$start")"
}
