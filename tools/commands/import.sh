# import: reads schools, calendars, pupils and registers from files
# Its own program explains its options: ./pathways import --help.

command_help() { :; }

run() { exec_cli import "$@"; }
