using System.Globalization;
using Forewarn.Bench.Placement;
using Forewarn.Controller.Placement;

// One JSON object a line: Program [PLANS OF EACH KIND]. measure/placement.py reads them.
var plans = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
var clock = TimeProvider.System;

// The methods are compiled for good after thirty calls; a controller has made them by its first real plan after a dry run, and we do not time that.
for (var seed = 0; seed < 60; seed++) Planner.Plan(new Fleet(1000, 0.7, seed % 2 == 0, seed).Losing(seed % 4 < 2), PlacementPolicies.Default);

foreach (var nodes in new[] { 1000, 5000, 10_000 })
{
    foreach (var (failure, hasBlocks, isUnit) in new[]
    {
        ("a node, fat tree", false, false), ("a leaf of 8", false, true), ("a node, blocks of 18", true, false), ("a rack of 18", true, true),
    })
    {
        foreach (var fill in new[] { 0.70, 0.90, 0.97 }) Measure(nodes, failure, hasBlocks, isUnit, fill);
    }
}

void Measure(int nodes, string failure, bool hasBlocks, bool isUnit, double fill)
{
    var (times, bytes, feasible) = (new List<double>(), 0L, 0);
    var outcomes = new Dictionary<string, List<Outcome>> { ["ours"] = [], ["random spare"] = [], ["lowest spare"] = [], ["from scratch"] = [] };
    var fleets = Enumerable.Range(0, Math.Min(plans, 10)).Select(seed => new Fleet(nodes, fill, hasBlocks, seed)).ToList();
    for (var number = 0; number < plans; number++)
    {
        var fleet = fleets[number % fleets.Count];
        var problem = fleet.Losing(isUnit);
        var (began, allocated) = (clock.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        var plan = Planner.Plan(problem, PlacementPolicies.Default);
        times.Add(clock.GetElapsedTime(began).TotalMilliseconds);
        bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (number >= fleets.Count * 2 || !plan.IsFeasible) continue; // the others' quality is known from two plans of each fleet
        feasible++;
        outcomes["ours"].Add(Outcome.Of(problem, [.. plan.Nodes]));
        outcomes["random spare"].Add(Outcome.Of(problem, Rivals.RandomSpare(fleet, problem)));
        outcomes["lowest spare"].Add(Outcome.Of(problem, Rivals.LowestSpare(fleet, problem)));
        outcomes["from scratch"].Add(Outcome.Of(problem, Rivals.FromScratch(fleet, problem)));
    }

    times.Sort();
    var compared = outcomes.Select(one => $"\"{one.Key}\":{{{Means(one.Value)}}}");
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{{\"nodes\":{nodes},\"failure\":\"{failure}\",\"fill\":{fill},\"plans\":{plans},\"p50_ms\":{times[times.Count / 2]:0.000},\"p99_ms\":{times[(int)(0.99 * (times.Count - 1))]:0.000},"
        + $"\"bytes\":{bytes / plans},\"compared\":{feasible},\"of\":{Math.Min(plans, fleets.Count * 2)},\"outcomes\":{{{string.Join(',', compared)}}}}}"));
}

static string Means(List<Outcome> outcomes)
{
    if (outcomes.Count == 0) return "";
    return string.Create(CultureInfo.InvariantCulture,
        $"\"ranks\":{outcomes.Average(one => one.Ranks):0.0},\"span\":{outcomes.Average(one => one.Span):0.0000},\"broken\":{outcomes.Average(one => one.Broken):0.00},\"too_far\":{outcomes.Average(one => one.TooFar):0.00}");
}
