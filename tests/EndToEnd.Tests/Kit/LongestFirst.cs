using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Forewarn.EndToEnd.Tests.Kit.LongestFirst", "Forewarn.EndToEnd.Tests")]

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>Starts the classes that take minutes before the others, so that they do not run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        nameof(KilledProbeTests), nameof(HeldSourceTests), nameof(PrometheusTests), nameof(HungCallTests), nameof(AllocationTests),
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(Place);

    private static int Place(ITestCollection collection)
    {
        var place = Array.FindIndex(Longest, name => collection.DisplayName.EndsWith(name, StringComparison.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}
