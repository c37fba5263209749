# pynvml, the binding that most tools in Python use.
check_pynvml() {
    PYTHONPATH=$work/root/usr/lib/python3/dist-packages capture "$work/pynvml" /usr/bin/python3 "$here/compat/pynvml_reader.py"
    expect "pynvml: driver" "^driver $(literal "$version")\$" "$work/pynvml"
    local index uuid temperature power memory gpu pid rest name gi ci
    while read -r _ index _ uuid _ _ temperature power _ memory; do
        power=${power#power=} temperature=${temperature#temperature=} memory=${memory#memory=}
        expect "pynvml: gpu $index" "^gpu $index $uuid $(literal "$product") temperature=$temperature power=${power%.*}[0-9]{3} memory=$memory\$" "$work/pynvml"
        expect "pynvml: fields of gpu $index" "^field $index links=${links:-0} energy=[0-9]+\$" "$work/pynvml"
    done < <(grep '^gpu ' "$work/status")
    while read -r _ gpu index uuid name gi ci; do
        expect "pynvml: MIG device $gpu/$index" "^mig $gpu $index $uuid $(literal "$product MIG $name") $gi $ci\$" "$work/pynvml"
    done < <(grep '^mig ' "$work/status")
    while read -r _ gpu pid memory rest; do
        case "$rest" in gi=*) rest=" ${rest% *}" ;; *) rest= ;; esac
        expect "pynvml: process $pid" "^process $gpu $pid $memory$rest\$" "$work/pynvml"
    done < <(grep '^process ' "$work/status")
    same "pynvml: number of processes" "$(grep -c '^process ' "$work/pynvml")" "$(grep -c '^process ' "$work/status")"
    same "pynvml: number of MIG devices" "$(grep -c '^mig ' "$work/pynvml")" "$(grep -c '^mig ' "$work/status")"
}
