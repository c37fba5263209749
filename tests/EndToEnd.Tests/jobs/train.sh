#!/bin/bash
# A job that trains, as its owner would submit it: it goes on from its newest complete checkpoint, counts steps on all its nodes, and saves.
#   sbatch … train.sh FOLDER FLAVOUR EVERY
#     FOLDER    its own, on a file system that every node has: checkpoints/, and log, a line for each beginning and each step
#     FLAVOUR   what it does when it is asked for a checkpoint, and how it is asked:
#               exit        by USR1 to this script; saves and ends
#               pause       by USR2 to its steps; saves, stands still for two minutes, goes on
#               continue    by the request's file alone; saves and goes on
#               undeclared  it cannot be asked, saves nothing, and any signal ends it
#     EVERY     steps between two checkpoints for which nobody asks
# FOREWARN is the program, FOREWARN_JOBS the folder of this script, and FOREWARN_NODES/NODE what is /run/forewarn on a real node.
set -u
work=$1 flavour=$2 every=$3

[[ $flavour != exit ]] || trap 'touch "$work/asked"' USR1
mkdir -p "$work/checkpoints"
rm -f "$work"/{asked,ended,saving}

step=0
if [[ $flavour != undeclared ]]; then
  # Nobody writes any more when a job begins.
  checkpoint=$("$FOREWARN" checkpoint latest "$work/checkpoints" --settle 0s)
  case $? in
    0) step=${checkpoint##*_} ;;
    4) ;; # none yet
    *) exit 1 ;;
  esac
fi
echo "begin ${SLURM_RESTART_COUNT:-0} $step $(scontrol show hostnames | paste -sd,)" >>"$work/log"

# Where one rank ends with an error the others do as well, as those of a collective library.
srun --kill-on-bad-exit=1 bash "$FOREWARN_JOBS/rank.sh" "$work" "$flavour" "$every" "$step" &
steps=$! status=0
# A signal that is caught ends the wait, not what is waited for.
while kill -0 "$steps" 2>/dev/null; do
  wait "$steps"
  status=$?
done
exit "$status"
