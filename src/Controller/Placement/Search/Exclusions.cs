namespace Forewarn.Controller.Placement.Search;

/// <summary>How many candidates were not asked, by the reason.</summary>
internal sealed class Exclusions
{
    public int Troubled { get; set; }

    public int Quarantined { get; set; }

    public int OfTheJob { get; set; }

    public int OtherClass { get; set; }

    public int TooFewCards { get; set; }

    public int OverQuota { get; set; }

    /// <summary>The reasons that occurred, in words.</summary>
    public IEnumerable<string> Words()
    {
        if (Troubled > 0) yield return $"{Troubled} failed or suspect";
        if (Quarantined > 0) yield return $"{Quarantined} in quarantine";
        if (OfTheJob > 0) yield return $"{OfTheJob} of the job itself";
        if (OtherClass > 0) yield return $"{OtherClass} of a class that the job does not accept";
        if (TooFewCards > 0) yield return $"{TooFewCards} with too few free cards";
        if (OverQuota > 0) yield return $"{OverQuota} beyond the quota";
    }
}
