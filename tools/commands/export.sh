# export: writes figures as CSV, to check with a spreadsheet
# Its own program explains its options: ./pathways export --help.

command_help() { :; }

run() { exec_cli export "$@"; }
