usage="logs: shows what a part has written

Usage: ./pathways logs PART [-f] [-n LINES]

  -f         stay and show new lines as they come
  -n LINES   how many of the last lines (200)

Parts: postgres, kafka, idp, registry, attendance, referrals, web. Logs hold no personal data.
Exit status: 0 shown; 2 there is no such log."

logs_known() { find "$run_logs" -name '*.log' -printf '%f\n' 2>/dev/null | sed 's/\.log$//' | sort | paste -sd ' '; }

run() {
  local name='' follow=() lines=200
  while (($#)); do
    case $1 in
      -f) follow=(-F) ;;
      -n)
        lines=${2:-}
        [[ $lines =~ ^[0-9]+$ ]] || die "-n takes a number of lines"
        shift
        ;;
      -*) refuse_arguments logs "$1" ;;
      *) name=$1 ;;
    esac
    shift
  done
  [[ -n $name ]] || die "which part? One of: $(stack_parts | paste -sd ' ')"
  [[ $name =~ ^[a-z-]+$ && -f $run_logs/$name.log ]] ||
    die "there is no log of '$name'. There are: $(logs_known)"
  exec tail -n "$lines" "${follow[@]}" "$run_logs/$name.log"
}
