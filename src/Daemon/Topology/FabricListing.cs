using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Forewarn.Daemon.Topology;

/// <summary>
/// The listing that <c>ibnetdiscover</c> prints (its manual, TOPOLOGY FILE FORMAT), plain, with <c>-f</c> or with <c>-g</c>: stations, and beneath each its cables.
/// Measured on infiniband-diags 44.0. Never throws.
/// </summary>
internal static partial class FabricListing
{
    private static readonly string[] Ignored = ["#", "vendid=", "devid=", "sysimgguid=", "switchguid=", "caguid=", "rtguid=", "Chassis ", "Non-Chassis Nodes"];

    // In ms, own figure. A line takes microseconds; the bound is for one that was made to be slow.
    private const int Timeout = 1000;
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;

    /// <summary>All that is listed.</summary>
    public static FabricWalk Read(string text, ComplaintList complaints)
    {
        var stations = new Dictionary<string, FabricStation>(StringComparer.Ordinal);
        var cables = ImmutableArray.CreateBuilder<FabricCable>();
        FabricStation? at = null;
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || Ignored.Any(start => line.StartsWith(start, StringComparison.Ordinal))) continue;
            var (station, cable) = Parse(number, line, at?.Id ?? "");
            if (station is not null)
            {
                at = station;
                if (stations.TryAdd(station.Id, station)) continue;
                complaints.Add(number, $"{station.Id} stands on line {stations[station.Id].Line} already; what follows is taken as the same station's");
            }
            else if (cable is null)
            {
                complaints.Add(number, $"\"{line}\" is not understood");
            }
            else if (at is null)
            {
                complaints.Add(number, "a cable stands before the first station");
            }
            else
            {
                cables.Add(cable);
            }
        }

        return new([.. stations.Values.OrderBy(station => station.Line)], cables.ToImmutable());
    }

    private static (FabricStation? Station, FabricCable? Cable) Parse(int number, string line, string at)
    {
        try
        {
            return Station(number, line) is { } station ? (station, null) : (null, Cable(number, line, at));
        }
        catch (RegexMatchTimeoutException)
        {
            return default;
        }
    }

    private static FabricStation? Station(int number, string line)
    {
        var match = StationLine().Match(line);
        if (!match.Success) return null;
        var kind = match.Groups["kind"].Value switch { "Switch" => FabricStationKind.Switch, "Rt" => FabricStationKind.Router, _ => FabricStationKind.Adapter };
        return new(match.Groups["id"].Value, kind, Quoted(match.Groups["rest"].Value).Trim(), number);
    }

    private static FabricCable? Cable(int number, string line, string one)
    {
        var match = CableLine().Match(line);
        if (!match.Success) return null;
        var rest = match.Groups["rest"].Value;
        var rate = RateWord().Match(rest[(rest.LastIndexOf('"') + 1)..]); // a description may look like a rate
        return new(one, Number(match, "port"), match.Groups["id"].Value, Number(match, "other"), rate.Success ? Number(rate, "lanes") : 0, rate.Groups["speed"].Value, number);
    }

    // From the first mark to the last: a description may have marks of its own.
    private static string Quoted(string text)
    {
        var (first, last) = (text.IndexOf('"', StringComparison.Ordinal), text.LastIndexOf('"'));
        return last > first ? text[(first + 1)..last] : "";
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<kind>Switch|Ca|Rt)\s+[0-9]+\s+""(?<id>[^""]+)""(?<rest>.*)$", Options, Timeout)]
    private static partial Regex StationLine();

    // With -g a port of a chassis has its outer number as well: [13][ext 1]. Ports are bytes.
    [GeneratedRegex(
        @"^\[(?<port>[0-9]{1,3})\](?:\[ext [0-9]+\])?(?:\([0-9a-f]+\))?\s+""(?<id>[^""]+)""\[(?<other>[0-9]{1,3})\](?:\[ext [0-9]+\])?(?:\([0-9a-f]+\))?(?<rest>.*)$",
        Options, Timeout)]
    private static partial Regex CableLine();

    [GeneratedRegex(@"\s(?<lanes>[0-9]{1,2})x(?<speed>[A-Za-z0-9.]+)(?:\s|$)", Options, Timeout)]
    private static partial Regex RateWord();
}
