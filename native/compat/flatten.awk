# What `nvidia-smi -q` prints, one row a line with the sections that it stands in: `00000000:18:00.0/PCI/Bus=0x18`.
/^GPU [0-9A-F]+:/ { card = $2; delete path; next }
card == "" || /^[[:space:]]*$/ { next }
{
    match($0, /^ */)
    depth = RLENGTH / 4
    text = substr($0, RLENGTH + 1)
    colon = index(text, " : ")
    name = colon ? substr(text, 1, colon - 1) : text
    sub(/ +$/, "", name)
    path[depth] = name
    if (!colon) next
    row = card
    for (i = 1; i <= depth; i++) row = row "/" path[i]
    print row "=" substr(text, colon + 3)
}
