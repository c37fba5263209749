using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// How many events there were since the agent started, by kind and code. Bounded: whoever can write to the log could else make a series for each number.
/// </summary>
internal sealed class EventCounts
{
    /// <summary>Own figure: all codes that all makers have published are some 1,200, a bad node shows a dozen.</summary>
    public const int MostCodes = 200;

    /// <summary>Stands for the code of whatever came after the room was used up.</summary>
    public const long Other = -1;

    private ImmutableSortedDictionary<(HealthEventKind Kind, long Code), long> _counts = ImmutableSortedDictionary<(HealthEventKind, long), long>.Empty;

    /// <summary>By kind and code; changes by reference.</summary>
    public ImmutableSortedDictionary<(HealthEventKind Kind, long Code), long> All => Volatile.Read(ref _counts);

    /// <summary>Counts so many of an event; one that goes on counts by what it grew.</summary>
    public void Count(HealthEventKind kind, long code, long times) => ImmutableInterlocked.Update(ref _counts, static (all, one) =>
    {
        var key = all.ContainsKey((one.Kind, one.Code)) || all.Count < MostCodes ? (one.Kind, one.Code) : (one.Kind, Other);
        return all.SetItem(key, all.GetValueOrDefault(key) + one.Times);
    }, (Kind: kind, Code: code, Times: times));
}
