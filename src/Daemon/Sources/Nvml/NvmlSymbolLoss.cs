using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>
/// What hangs on which function of the library, its topics in the files beside this one; tests hold it in step with what is bound and with
/// what is read.
/// </summary>
internal static partial class NvmlSymbolLoss
{
    private static readonly Dictionary<string, SymbolLoss> BySymbol = new([.. OfCard, .. OfState, .. OfHealth, .. OfLinks, .. OfWork]);

    /// <summary>Null for a function that has no row: one that was bound without a thought for this table.</summary>
    public static SymbolLoss? Of(string symbol) => BySymbol.TryGetValue(symbol, out var loss)
        ? loss with { Since = SinceDriver.GetValueOrDefault(symbol) } : null;

    /// <summary>What the source reads in a call group, whatever the driver.</summary>
    private static SignalId[] All(string group, Func<NvmlReader, IEnumerable<SignalId>> of) =>
        [.. NvmlSource.AllReaders.Where(reader => reader.Name == group).SelectMany(of)];
}
