namespace Forewarn.Predict.Catalogs;

/// <summary>One code of the NVIDIA driver.</summary>
/// <param name="Code">The number.</param>
/// <param name="Name">NVIDIA's mnemonic, without its prefix ROBUST_CHANNEL_.</param>
/// <param name="Meaning">What happened, for a person.</param>
/// <param name="Class">Where its cause most likely lies.</param>
/// <param name="Immediate">NVIDIA's bucket of what to do at once.</param>
/// <param name="Investigate">NVIDIA's bucket of what to look into, in its words; "" where it has none.</param>
/// <param name="Drain">What becomes of new work.</param>
/// <param name="Chips">On which products it can come.</param>
/// <param name="Advised">From driver R565 on an Xid 154 follows with the driver's own advice, which outranks this row ("Xid 154 linkage").</param>
public sealed record XidRow(
    int Code, string Name, string Meaning, ErrorClass Class, Bucket Immediate, string Investigate, Drain Drain, Chips Chips, bool Advised)
{
    private readonly Remedy? _remedy;

    /// <summary>What follows from it when nothing else is known.</summary>
    public Remedy Remedy
    {
        get => _remedy ?? Derive();
        init => _remedy = value;
    }

    /// <summary>Where the row comes from.</summary>
    public string Source { get; init; } = XidCatalog.Workbook;

    private Remedy Derive() => (Drain, Immediate) switch
    {
        (Drain.Now, Bucket.RestartNode) => Remedy.RebootNow,
        (Drain.Now, _) => Remedy.ResetNow,
        (Drain.Soft, _) => Remedy.ResetWhenIdle,
        (Drain.Decode, _) => Remedy.InspectFabric,
        _ when Class is ErrorClass.Information => Remedy.Note,
        _ when Class is ErrorClass.Application => Remedy.Restart,
        (_, Bucket.RestartApp or Bucket.RestartVm) => Remedy.RestartAndWatch,
        _ => Remedy.Observe,
    };
}
