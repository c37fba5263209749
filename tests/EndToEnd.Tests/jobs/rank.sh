#!/bin/bash
# One rank of train.sh. Rank 0 counts the steps, all of them save; they speak to each other through files in the job's folder, which every node has.
#   rank.sh FOLDER FLAVOUR EVERY STEP
set -u
work=$1 flavour=$2 every=$3 step=$4
saves=$work/checkpoints
asked='' answered=''
request=$FOREWARN_NODES/$SLURMD_NODENAME/jobs/$SLURM_JOB_ID/request

# Every rank gets it, and one that did not catch it would end the job.
[[ $flavour != pause ]] || trap 'asked=yes' USR2

# The eight bytes of a number, the lowest first.
eight() {
  local number=$1 bytes='' i
  for ((i = 0; i < 8; i++)); do
    bytes+=$(printf '\\x%02x' $((number & 255)))
    ((number >>= 8))
  done
  printf '%b' "$bytes"
}

# A safetensors file with one number in it.
part() {
  local header='{"step":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}'
  eight ${#header}
  printf '%s' "$header"
  eight "$1"
}

# As a program ends whose card gives it an error.
run_on() {
  [[ ! -e $work/broken || $(<"$work/broken") != "$SLURMD_NODENAME" ]] || exit 1
}

# This rank's part, under its own name once it is whole.
save_part() { # STEP
  local folder=$saves/step_$1.tmp
  part "$1" >"$folder/rank$SLURM_PROCID.part"
  mv "$folder/rank$SLURM_PROCID.part" "$folder/rank$SLURM_PROCID.safetensors"
}

# The folder gets its name when every rank's part is in it; until then its name says that it is being written.
save() {
  local folder=$saves/step_$step i
  rm -rf "$folder" "$folder.tmp"
  mkdir "$folder.tmp"
  echo "$step" >"$work/saving.new"
  mv "$work/saving.new" "$work/saving"
  save_part "$step"
  for ((i = 1; i < SLURM_NTASKS; i++)); do
    until [[ -e $folder.tmp/rank$i.safetensors ]]; do sleep 0.05; done
  done
  mv "$folder.tmp" "$folder"
}

# Whether a checkpoint is asked for that was not written yet.
is_asked() {
  case $flavour in
    exit) [[ -e $work/asked ]] ;;
    pause) [[ $asked ]] ;;
    continue)
      [[ -e $request ]] || return
      local at
      # shellcheck disable=SC1090
      at=$(. "$request" 2>/dev/null && echo "$AT") || return # it may be taken away this moment
      [[ $at != "$answered" ]] || return
      answered=$at
      ;;
    *) false ;;
  esac
}

answer() {
  case $flavour in
    exit)
      touch "$work/ended"
      exit 0
      ;;
    pause)
      local end=$((SECONDS + 120))
      while ((SECONDS < end)); do sleep 0.5; done # a signal ends a sleep
      asked=''
      ;;
  esac
}

lead() {
  while true; do
    run_on
    ((step++))
    echo "step $step" >>"$work/log"
    sleep 0.2
    if is_asked; then
      save
      answer
    elif [[ $flavour != undeclared ]] && ((step % every == 0)); then
      save
    fi
  done
}

follow() {
  local saved='' wanted
  until [[ -e $work/ended ]]; do
    run_on
    if [[ -e $work/saving ]] && read -r wanted <"$work/saving" && [[ $wanted != "$saved" ]]; then
      save_part "$wanted"
      saved=$wanted
    fi
    sleep 0.2
  done
}

if [[ $SLURM_PROCID == 0 ]]; then lead; else follow; fi
