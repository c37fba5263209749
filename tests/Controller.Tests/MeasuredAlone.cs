namespace Forewarn.Controller.Tests;

/// <summary>Tests that weigh the memory of the whole process run one by one, after the others: what those hold and let go is in it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}
