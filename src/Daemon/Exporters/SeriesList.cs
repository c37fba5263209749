using System.Collections.Immutable;

namespace Forewarn.Daemon.Exporters;

/// <summary>
/// Keeps the series of each thing in step with a list of things that grows, shrinks and reorders: what was built for a thing
/// is kept for as long as the thing is there, and nothing is allocated while the list stays as it is.
/// </summary>
internal sealed class SeriesList<TThing, TSeries>(Func<TThing, TSeries> build, Func<TSeries, TThing, bool> belongs) where TSeries : class
{
    private TSeries[] _series = [];

    public ReadOnlySpan<TSeries> Series => _series;

    /// <summary>The series of these things, in their order.</summary>
    public ReadOnlySpan<TSeries> Follow(ImmutableArray<TThing> things)
    {
        var same = things.Length == _series.Length;
        for (var i = 0; same && i < things.Length; i++) same = belongs(_series[i], things[i]);
        if (!same) _series = [.. things.Select(thing => Array.Find(_series, known => belongs(known, thing)) ?? build(thing))];
        return _series;
    }
}
