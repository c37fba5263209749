using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>Reads from Accept and Accept-Encoding what the scraper would like best (RFC 9110, 12.5).</summary>
internal static class ScrapeNegotiation
{
    /// <summary>
    /// The format with the higher quality; where both are as welcome, the one that was asked for by its name, else text 0.0.4.
    /// A scraper that takes neither gets text 0.0.4 too: a page it may not know helps it more than an error.
    /// </summary>
    public static ExpositionFormat Format(StringValues accept)
    {
        if (!MediaTypeHeaderValue.TryParseList(accept, out var ranges)) return ExpositionFormat.PrometheusText;
        var text = Best(ranges, "text", "plain", "0.0.4");
        var openMetrics = Best(ranges, "application", "openmetrics-text", "1.0.0");
        return openMetrics.CompareTo(text) > 0 ? ExpositionFormat.OpenMetrics : ExpositionFormat.PrometheusText;
    }

    /// <summary>True when gzip was asked for and plain text is not liked better.</summary>
    public static bool Gzip(StringValues acceptEncoding)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptEncoding, out var codings)) return false;
        double? gzip = null, identity = null, any = null;
        foreach (var coding in codings)
        {
            var quality = coding.Quality ?? 1;
            if (Is(coding.Value, "gzip") || Is(coding.Value, "x-gzip")) gzip = Math.Max(gzip ?? 0, quality);
            else if (Is(coding.Value, "identity")) identity = quality;
            else if (coding.Value == "*") any = quality;
        }

        return (gzip ?? any ?? 0) is > 0 and var wanted && wanted >= (identity ?? 0);
    }

    // The most specific range decides (0 none, 1 */*, 2 type/*, 3 type/subtype, 4 with the version); its quality counts.
    private static (double Quality, int Specificity) Best(IList<MediaTypeHeaderValue> ranges, string type, string subType, string version)
    {
        var (quality, specificity) = (0.0, 0);
        foreach (var range in ranges)
        {
            var match = Match(range, type, subType, version);
            if (match == 0 || match < specificity) continue;
            quality = match == specificity ? Math.Max(quality, range.Quality ?? 1) : range.Quality ?? 1;
            specificity = match;
        }

        return (quality, specificity);
    }

    private static int Match(MediaTypeHeaderValue range, string type, string subType, string version)
    {
        if (range.MatchesAllTypes) return 1;
        if (!Is(range.Type, type)) return 0;
        if (range.MatchesAllSubTypes) return 2;
        if (!Is(range.SubType, subType)) return 0;
        foreach (var parameter in range.Parameters)
        {
            if (Is(parameter.Name, "version")) return parameter.GetUnescapedValue() == version ? 4 : 0;
        }

        return 3;
    }

    private static bool Is(StringSegment text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
