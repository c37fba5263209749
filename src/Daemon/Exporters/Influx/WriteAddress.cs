using System.Text;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>Where points are posted to.</summary>
internal static class WriteAddress
{
    public static Uri Of(InfluxOptions options)
    {
        var (path, query) = options.Api switch
        {
            InfluxApi.V1 => ("/write", Query(("db", options.Database), ("rp", options.RetentionPolicy), ("precision", "ms"))),
            InfluxApi.V2 => ("/api/v2/write", Query(("org", options.Org), ("bucket", options.Bucket), ("precision", "ms"))),
            // What is good of a batch is taken, and an answer means that it is on the server's disk.
            _ => ("/api/v3/write_lp", Query(
                ("db", options.Database), ("precision", "millisecond"), ("accept_partial", "true"), ("no_sync", "false"))),
        };
        return new(options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/') + path + query);
    }

    private static string Query(params ReadOnlySpan<(string Name, string Value)> pairs)
    {
        var query = new StringBuilder();
        foreach (var (name, value) in pairs)
        {
            if (value.Length == 0) continue;
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return query.ToString();
    }
}
