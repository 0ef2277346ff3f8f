# events: lists, replays or discards events that were set aside
# Its own program explains its options: ./pathways events --help.

command_help() { :; }

run() { exec_cli events "$@"; }
