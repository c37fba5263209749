using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Daemon.Sources;
using Forewarn.Interop;
using Forewarn.Model;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>
/// Functions that this library lacks, and what is not read for it: in one note what is newer than the driver, and apart from it what the
/// driver is new enough for.
/// </summary>
internal static class SymbolCheck
{
    public static readonly SourceCheck Check = new("functions", source => source.Entry.Doctor is { } doctor
        && source.Facts.Of(FactKeys.Load) == nameof(LibraryLoadReason.Loaded) ? Judge(source.Facts, doctor.LossOf, source.Options.Profiling) : []);

    // What nearly every family begins with is said once.
    private const string Prefix = "forewarn_device_";

    public static IEnumerable<Finding> Judge(SourceFacts facts, Func<string, SymbolLoss?> lossOf, bool isProfiling)
    {
        var driver = Version.TryParse(facts.Of(FactKeys.DriverVersion), out var version) ? version : null;
        var symbols = facts.All(FactKeys.MissingSymbol).ToArray();
        var missing = symbols
            .Select(symbol => (Symbol: symbol, Loss: lossOf(symbol)?.Among(symbols) ?? new("what needs it") { Since = new(int.MaxValue, 0) }))
            .Where(one => isProfiling || !one.Loss.OfProfiling)
            .ToArray();
        var lost = missing.Where(one => !one.Loss.IsNothing).ToLookup(one => driver is not null && (one.Loss.Since is null || one.Loss.Since <= driver));
        var (broken, newer) = (lost[true].ToArray(), lost[false].ToArray());
        foreach (var loss in broken.GroupBy(one => $"{one.Loss}"))
        {
            yield return Finding.Warning(
                $"no {string.Join(", ", loss.Select(one => one.Symbol))}, though driver {facts.Of(FactKeys.DriverVersion)} has "
                    + $"{(loss.Count() == 1 ? "it" : "them")}: not read: {loss.Key}",
                "the library is not whole, or not the driver's: reinstall it; library above says which file it is");
        }

        if (newer.Length > 0)
        {
            yield return Finding.Note(
                $"{Counted(newer.Length)} newer than {(driver is null ? "this library" : $"driver {facts.Of(FactKeys.DriverVersion)}")}: "
                    + $"not read: {Briefly([.. newer.Select(one => one.Loss)])}",
                "a newer driver has what is missing, and nothing else is lost; --json names every function and series") with
            {
                Details = [.. newer.Select(one => $"{one.Symbol}: {one.Loss}")],
            };
        }

        var idle = missing.Length - broken.Length - newer.Length;
        if (idle == missing.Length)
            yield return Finding.Ok(idle == 0 ? "all that can be used are there" : $"all that readings need are there; {idle} others are not");
    }

    private static string Counted(int functions) => functions == 1 ? "1 function is" : $"{functions} functions are";

    /// <summary>The families of the signals, of which some series may be read none the less, then the rest.</summary>
    private static string Briefly(SymbolLoss[] losses)
    {
        var families = losses.SelectMany(loss => loss.Signals).Select(id => SignalCatalog.Of(id).Family.Name).Distinct()
            .Select(name => name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name).ToArray();
        var others = losses.Select(loss => loss.Other).OfType<string>().Distinct().ToArray();
        var series = families.Length == 0 ? "" : $"series of {Prefix}…: {string.Join(", ", families)}";
        return string.Join("; ", ((string[])[series, string.Join(", ", others)]).Where(part => part.Length > 0));
    }
}
