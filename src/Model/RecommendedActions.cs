namespace Forewarn.Model;

/// <summary>What to do, for the work and for the device.</summary>
/// <param name="Work">For the work.</param>
/// <param name="Repair">For the device.</param>
public readonly record struct RecommendedActions(WorkAction Work, RepairAction Repair)
{
    /// <summary>Nothing at all.</summary>
    public static RecommendedActions None => default;

    /// <summary>Both of each kind the stronger: what two findings ask for together.</summary>
    public RecommendedActions And(RecommendedActions other)
        => new((WorkAction)Math.Max((byte)Work, (byte)other.Work), (RepairAction)Math.Max((byte)Repair, (byte)other.Repair));
}
