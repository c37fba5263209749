using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Cli;

/// <summary>What a source that does not measure, or not everything, has to say.</summary>
internal static class SourceTrouble
{
    public static IEnumerable<string> Sentences(SourceReport source, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (source.State != SourceState.Running)
        {
            var todo = source.State == SourceState.Released ? $"; take it up again with: forewarn resume --source {source.Name}" : "";
            yield return $"source {source.Name} {source.State} since {Quantity.Moment(source.Since, now, zone)} "
                + $"({Quantity.Duration(now - source.Since)}): {source.Detail ?? source.Reason?.ToString() ?? "no reason given"}{todo}";
        }
        else if (source.Found < source.Expected)
        {
            yield return $"source {source.Name}: {source.Found} of {source.Expected} expected devices answer";
        }

        if (source is { State: SourceState.Running, OtherBuild: { } other }) yield return $"source {source.Name}: {other}";
        if (source.AbandonedProcesses > 0)
        {
            yield return $"source {source.Name}: {source.AbandonedProcesses} killed probes cannot be reaped; "
                + "the kernel holds them in D state";
        }
    }
}
