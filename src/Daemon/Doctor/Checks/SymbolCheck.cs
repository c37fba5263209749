using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Daemon.Sources;
using Forewarn.Interop;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Functions of newer versions that this library lacks, and what is not read for it.</summary>
internal static class SymbolCheck
{
    public static readonly SourceCheck Check = new("functions", source => source.Entry.Doctor is { } doctor
        && source.Facts.Of(FactKeys.Load) == nameof(LibraryLoadReason.Loaded) ? Judge(source.Facts, doctor.LossOf) : []);

    public static IEnumerable<Finding> Judge(SourceFacts facts, Func<string, SymbolLoss?> lossOf)
    {
        var symbols = facts.All(FactKeys.MissingSymbol).ToArray();
        var missing = Array.ConvertAll(symbols, symbol => (Symbol: symbol, Loss: lossOf(symbol)?.Among(symbols)));
        foreach (var loss in missing.Where(one => one.Loss is not { IsNothing: true }).GroupBy(one => one.Loss?.ToString() ?? "what needs it"))
        {
            yield return Finding.Note(
                $"no {string.Join(", ", loss.Select(one => one.Symbol))}: not read: {loss.Key}",
                $"a newer driver has {(loss.Count() == 1 ? "it" : "them")}; nothing else is lost");
        }

        var idle = missing.Count(one => one.Loss is { IsNothing: true });
        if (idle == missing.Length)
            yield return Finding.Ok(idle == 0 ? "all that can be used are there" : $"all that readings need are there; {idle} others are not");
    }
}
