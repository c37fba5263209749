using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Interop;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether the vendor's library is found, is what it says, and gets on with the driver.</summary>
internal static class LibraryCheck
{
    public static readonly SourceCheck Check = new("library", source => source.Facts.Of(FactKeys.Load) is null
        ? [] : Judge(source.Facts, source.Name, source.Options.Library, source.OnBus.Count, source.IsSimulated));

    public static IEnumerable<Finding> Judge(SourceFacts facts, string name, string library, int onBus, bool isSimulated)
    {
        var detail = facts.Of(FactKeys.LoadDetail) ?? "";
        var todo = $"install the driver's own {Path.GetFileName(library)}, or name its file: [Source.{name}] Library=PATH";
        switch (facts.Of(FactKeys.Load))
        {
            case nameof(LibraryLoadReason.LibraryMissing) when onBus == 0:
                yield return Finding.Note($"{detail}; none of its devices is here either", $"[Source.{name}] Enabled=no silences this source");
                yield break;
            case nameof(LibraryLoadReason.LibraryMissing):
                yield return Finding.Problem(detail, todo);
                yield break;
            case nameof(LibraryLoadReason.SymbolMissing):
                yield return Finding.Problem($"{detail}: it cannot be used", todo + "; the driver may be too old");
                yield break;
        }

        var version = facts.Of(FactKeys.LibraryVersion) is { } said ? $"{said}, " : "";
        yield return Finding.Ok($"{version}{facts.Of(FactKeys.File) ?? library}");
        if (facts.Of(FactKeys.Simulated) is not null && !isSimulated)
            yield return Finding.Problem("it is the SIMULATED library: its readings are invented", $"remove it, and check [Source.{name}] Library");
    }
}
