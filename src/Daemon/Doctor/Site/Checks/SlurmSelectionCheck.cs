namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>How Slurm gives out cards, processors and memory: a new place for a job is only as good as what is counted there.</summary>
internal static class SlurmSelectionCheck
{
    public static readonly SiteCheck Check = new(Themes.Slurm, "selection", static facts => facts.Slurm?.Settings is { } settings ? Judge(settings["SelectType"], settings["SelectTypeParameters"], settings["GresTypes"]) : []);

    private static IEnumerable<Finding> Judge(string select, string parameters, string gres)
    {
        if (select != "select/cons_tres")
            yield return Finding.Warning($"SelectType={select}: cards are not given out one by one, so that every job of a node counts as holding each of them", "SelectType=select/cons_tres");
        if (gres.Length == 0)
            yield return Finding.Warning("GresTypes is empty: Slurm knows of no cards, and a device cannot be tied to a job", "GresTypes=gpu and a gres.conf with File=; docs/moving-work.md");
        // CR_Core, CR_CPU: memory is not counted, so that Slurm would start a job where none is left.
        if (!parameters.Contains("MEMORY", StringComparison.OrdinalIgnoreCase))
            yield return Finding.Note($"SelectTypeParameters={parameters}: memory is not counted, so that a place may be chosen that has too little of it", "CR_Core_Memory, where nodes are shared");
        else if (select == "select/cons_tres" && gres.Length > 0)
            yield return Finding.Ok($"{select}, {parameters}, GresTypes={gres}");
    }
}
