using System.Text;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>The HELP, TYPE and UNIT lines of a family as bytes, in both formats.</summary>
internal sealed class FamilyHeader
{
    private readonly byte[] _text;
    private readonly byte[] _openMetrics;

    public FamilyHeader(string name, FamilyType type, SignalUnit unit, string help)
    {
        var word = type.ToString().ToLowerInvariant();
        var backslashesEscaped = help.Replace(@"\", @"\\").Replace("\n", @"\n");
        var textWord = type == FamilyType.Info ? "gauge" : word;
        _text = Encoding.UTF8.GetBytes($"# HELP {name} {backslashesEscaped}\n# TYPE {name} {textWord}\n");

        // OpenMetrics names the family without the suffix of its samples, and also escapes quotes in HELP.
        var family = WithoutSuffix(name, type);
        var unitWord = unit.ToString().ToLowerInvariant();
        var unitLine = family.EndsWith("_" + unitWord, StringComparison.Ordinal) ? $"# UNIT {family} {unitWord}\n" : "";
        _openMetrics = Encoding.UTF8.GetBytes(
            $"# TYPE {family} {word}\n{unitLine}# HELP {family} {backslashesEscaped.Replace("\"", "\\\"")}\n");
    }

    public static FamilyHeader Of(MetricFamily family)
        => new(family.Name, family.Kind == SignalKind.Counter ? FamilyType.Counter : FamilyType.Gauge, family.Unit, family.Help);

    public ReadOnlySpan<byte> In(ExpositionFormat format) => format == ExpositionFormat.OpenMetrics ? _openMetrics : _text;

    private static string WithoutSuffix(string name, FamilyType type)
    {
        var suffix = type switch { FamilyType.Counter => "_total", FamilyType.Info => "_info", _ => "" };
        return name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;
    }
}
