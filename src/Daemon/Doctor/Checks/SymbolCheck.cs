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
        var missing = facts.All(FactKeys.MissingSymbol).Select(symbol => (Symbol: symbol, Loss: lossOf(symbol))).ToArray();
        foreach (var (symbol, loss) in missing.Where(one => one.Loss is not { IsNothing: true }))
        {
            yield return Finding.Note(
                $"no {symbol}: not read: {loss?.ToString() ?? "what needs it"}", "a newer driver has it; nothing else is lost");
        }

        var idle = missing.Count(one => one.Loss is { IsNothing: true });
        if (idle == missing.Length)
            yield return Finding.Ok(idle == 0 ? "all that can be used are there" : $"all that readings need are there; {idle} others are not");
    }
}
