using System.Globalization;
using Forewarn.Daemon.Doctor;
using Forewarn.Daemon.Doctor.Examination;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>Modes of the cards that make monitoring weaker: persistence off, ECC off, a change that waits for a reset.</summary>
internal static class NvmlModeCheck
{
    public static readonly SourceCheck Persistence = new("persistence", source => JudgePersistence(source.Facts));

    public static readonly SourceCheck Ecc = new("ecc", source => JudgePair(
        source.Facts, NvmlFacts.Ecc, NvmlFacts.EccPending, "ECC", new("ECC is off: memory errors are neither mended nor counted", "nvidia-smi -e 1")));

    public static readonly SourceCheck Mig = new("mig", source =>
        JudgePair(source.Facts, NvmlFacts.Mig, NvmlFacts.MigPending, "MIG", null).Concat(JudgeParts(source.Facts)));

    public static IEnumerable<Finding> JudgePersistence(SourceFacts facts)
    {
        var (off, on) = (Cards(facts, NvmlFacts.Persistence, "0"), Cards(facts, NvmlFacts.Persistence, "1"));
        if (off.Count > 0)
        {
            yield return Finding.Warning(
                $"off on {Named(off, off.Count + on.Count)}: an idle card is initialised anew for every reader, and its counters restart",
                "systemctl enable --now nvidia-persistenced");
        }
        else if (on.Count > 0)
        {
            yield return Finding.Ok($"on, on all {on.Count} cards");
        }
    }

    public static IEnumerable<Finding> JudgePair(SourceFacts facts, string key, string pendingKey, string what, OffMode? whenOff)
    {
        var cards = facts.Devices.Where(card => facts.Of(card, key) is not null).ToList();
        if (cards.Count == 0) yield break;
        var off = Cards(facts, key, "0");
        var waits = cards.Where(card => facts.Of(card, pendingKey) is { } pending && pending != facts.Of(card, key)).ToList();
        if (whenOff is not null && off.Count > 0)
        {
            yield return Finding.Warning(
                $"{Named(off, cards.Count)}: {whenOff.Text}", $"{whenOff.Command}{Only(off, facts)}; it takes effect with a reset of the card: drain it first");
        }

        if (waits.Count > 0)
        {
            yield return Finding.Warning(
                $"{what} will change on {Named(waits, cards.Count)} with the next reset",
                $"drain the node, then: forewarn release; nvidia-smi -r{Only(waits, facts)}; forewarn resume");
        }
        else if (whenOff is null || off.Count == 0)
        {
            yield return Finding.Ok(off.Count == 0 ? $"on, on all {cards.Count} cards"
                : off.Count == cards.Count ? $"off on all {cards.Count} cards" : $"on, on {cards.Count - off.Count} of {cards.Count} cards");
        }
    }

    public static IEnumerable<Finding> JudgeParts(SourceFacts facts)
    {
        var on = Cards(facts, NvmlFacts.Mig, "1").Where(card => facts.Of(card, NvmlFacts.Parts) is not null).ToList();
        var empty = on.Where(card => facts.Of(card, NvmlFacts.Parts) == "0").ToList();
        if (empty.Count > 0)
        {
            yield return Finding.Note(
                $"MIG is on and nothing is cut on {Named(empty, facts.Devices.Count())}: no job can run there",
                $"nvidia-smi mig -lgip shows the sizes, nvidia-smi mig{Only(empty, facts)} -cgi SIZE -C cuts; "
                    + $"or, the cards drained, nvidia-smi -mig 0{Only(empty, facts)}");
        }

        if (on.Count > empty.Count)
        {
            var parts = on.Sum(card => int.TryParse(facts.Of(card, NvmlFacts.Parts), CultureInfo.InvariantCulture, out var number) ? number : 0);
            yield return Finding.Ok($"{parts} parts on {on.Count - empty.Count} cards");
        }
    }

    /// <summary>What is lost by a mode that is off, and the command that switches it on for the cards that are named to it.</summary>
    public sealed record OffMode(string Text, string Command);

    private static List<string> Cards(SourceFacts facts, string key, string value) =>
        [.. facts.Devices.Where(card => facts.Of(card, key) == value)];

    /// <summary>The option that names these cards; without it nvidia-smi takes all that there are.</summary>
    private static string Only(List<string> cards, SourceFacts facts) => cards.Count == facts.Devices.Count() ? "" : $" -i {string.Join(',', cards)}";

    private static string Named(List<string> cards, int of) => cards.Count == of ? $"all {of} cards" : string.Join(", ", cards);
}
