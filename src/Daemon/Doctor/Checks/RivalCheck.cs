using Forewarn.Daemon.Sources;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Other programs that ask the same driver.</summary>
internal static class RivalCheck
{
    public static readonly SourceCheck Check = new("other monitors", source => source.Entry.Doctor is { } doctor
        ? Judge(doctor.Rivals, source.Processes) : []);

    public static IEnumerable<Finding> Judge(IReadOnlyList<Rival> rivals, IReadOnlyList<NamedProcess> processes)
    {
        var found = (from process in processes
                     from rival in rivals
                     where process.Name == rival.Process
                         && (rival.Argument is null || process.Arguments().Any(word => word.StartsWith(rival.Argument, StringComparison.Ordinal)))
                     select (process.Pid, process.Name, rival.Advice)).DistinctBy(one => one.Pid).ToArray();
        foreach (var (pid, name, advice) in found)
            yield return Finding.Note($"{name} (pid {pid}) asks the same driver", advice);
        if (found.Length == 0) yield return Finding.Ok("none seen");
    }
}
