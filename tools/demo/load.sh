#!/usr/bin/env bash
# Loads a written borough through the same imports as real files.
# Usage: load.sh PATHWAYS_CLI FOLDER. Exit status: 0 all good, 1 part refused, 2 a file was not taken.
set -euo pipefail

cli=$1
folder=$2
worst=0

import() {
  local status=0
  "$cli" import "$@" || status=$?
  # What comes later builds on a file that was not taken at all.
  if ((status > 1)); then exit 2; fi
  if ((status > worst)); then worst=$status; fi
}

import schools "$folder/schools.csv"
import calendar "$folder/calendar.csv"
import pupils "$folder/pupils.csv"
if [[ -f $folder/people.csv ]]; then import people "$folder/people.csv"; fi
import register "$folder"/registers/*.csv
import register "$folder/amendments.csv"
exit "$worst"
