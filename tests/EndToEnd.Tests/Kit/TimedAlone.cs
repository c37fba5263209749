namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>Tests that measure time run one by one, after the others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TimedAlone
{
    public const string Name = "alone";
}
