namespace Forewarn.Bench.Fleet;

/// <summary>
/// Slurm's commands as far as a controller's drains and the first steps of its moves need them: answers that were prepared, and beside them two files with a line for
/// each node that was drained and for each hold. A signal is taken and nobody answers it; whatever else is ordered is refused.
/// </summary>
internal static class SlurmScripts
{
    private const string Mark = """
        FILENAME == "drained" { cut = index($0, "|"); reason[substr($0, 1, cut - 1)] = substr($0, cut + 1); next }
        $4 in reason { sub(/"state_flags":\[]/, "\"state_flags\":[\"DRAIN\"]"); sub(/"reason":""/, "\"reason\":\"" reason[$4] "\"") }
        { print }
        """;

    // All nodes, or one of them in the form %N|%R|%T|%E. A name stands in the fourth place between quotes.
    private const string Sinfo = """
        case $* in
        *--json*) [ -s drained ] || exec cat nodes.json
          exec awk -F'"' -f mark.awk drained nodes.json ;;
        esac
        name=${*##*--nodes=} reason=$(sed -n "s/^${*##*--nodes=}|//p" drained)
        [ -z "$reason" ] && echo "$name|train|allocated|none" || echo "$name|train|draining|$reason"
        """;

    private const string Scontrol = """
        case $* in
        *'show reservation'*) [ -s holds ] && exec cat holds || echo 'No reservations in the system' ;;
        'update nodename='*' state=drain reason='*) echo "${2#nodename=}|${4#reason=}" >>drained ;;
        'create reservation ReservationName='*) echo "$3 $4" >>holds ;;
        'delete ReservationName='*) sed -i "/^$2 /d" holds ;;
        *) echo "this cluster does not do that: $*" >&2; exit 1 ;;
        esac
        """;

    public static void Write(string folder)
    {
        foreach (var empty in (string[])["drained", "holds"]) File.WriteAllText(Path.Join(folder, empty), "");
        File.WriteAllText(Path.Join(folder, "mark.awk"), Mark + "\n");
        WriteScript(folder, "sinfo", Sinfo);
        WriteScript(folder, "squeue", "exec cat jobs.json");
        WriteScript(folder, "scontrol", Scontrol);
        WriteScript(folder, "scancel", "exit 0");
    }

    private static void WriteScript(string folder, string name, string text)
    {
        var path = Path.Join(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\ncd '{folder}' || exit 1\n{text}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
