# Checks that count: `ok`, `FAIL` or `skip`, a line each.
failures=0 passed=0 skipped=0

expect() { # WHAT PATTERN FILE
    if grep -Eq -- "$2" "$3"; then
        echo "ok    $profile: $1"
        passed=$((passed + 1))
    else
        echo "FAIL  $profile: $1: nothing matches '$2'"
        failures=$((failures + 1))
    fi
}

same() { # WHAT ACTUAL EXPECTED
    if [ "$2" = "$3" ]; then
        echo "ok    $profile: $1"
        passed=$((passed + 1))
    else
        echo "FAIL  $profile: $1: '$2' instead of '$3'"
        failures=$((failures + 1))
    fi
}

skip() { # WHAT WHY
    echo "skip  $profile: $1: $2"
    skipped=$((skipped + 1))
}

# Runs a program and keeps what it printed. It must end well: one that breaks off halfway is a difference, whatever it has shown.
capture() { # FILE COMMAND…
    local file=$1 status=0
    shift
    timeout 60 "$@" >"$file" 2>&1 || status=$?
    same "$(basename "$1") ${*:2} ends with 0" "$status" 0
}

# A text as a pattern that matches itself.
literal() { printf '%s' "$1" | sed 's/[][().*+?^$|{}\\]/\\&/g'; }

finish() {
    echo "$passed agree, $failures differences, $skipped skipped"
    [ "$failures" = 0 ]
}
