using Forewarn.Daemon.Doctor.Examination;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether the library could be asked at all, and which of its calls hung or crashed.</summary>
internal static class ExaminationCheck
{
    public static readonly SourceCheck Check = new("calls", source => Judge(source.Facts));

    public static IEnumerable<Finding> Judge(SourceFacts facts)
    {
        foreach (var call in facts.Failed)
        {
            var device = call.Device == SourceFacts.Whole ? "the library" : call.Device;
            yield return Finding.Problem(
                $"{device}: call '{call.Call}' {call.What}; asked in a process of its own, which was given up",
                "look for the driver's words: dmesg | tail; a card that stays so needs a reset or the node a reboot: drain it first");
        }

        if (facts is { NotDone: { } hindered, Remedy: { } remedy }) yield return Finding.Warning($"the library was not asked: {hindered}", remedy);
        else if (facts.NotDone is { } why) yield return Finding.Note($"the library was not asked, or not to the end: {why}", "see agent's view above");
        else if (facts.Failed.Count == 0) yield return Finding.Ok("every call of the examination returned");
    }
}
