using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Forewarn.Daemon.Tests.Dashboards;

/// <summary>A Grafana dashboard (schema 39, Grafana 10 and later): panels set one beside the other, line by line.</summary>
/// <param name="Uid">For links, stable.</param>
/// <param name="Title">Of the dashboard.</param>
/// <param name="Variables">Besides the data source: name and the query that lists its values.</param>
/// <param name="Panels">In reading order.</param>
internal sealed record Dashboard(string Uid, string Title, IReadOnlyList<(string Name, string Query)> Variables, IReadOnlyList<Panel> Panels)
{
    private const int Columns = 24;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Write() => new JsonObject
    {
        ["uid"] = Uid,
        ["title"] = Title,
        ["tags"] = new JsonArray("forewarn"),
        ["schemaVersion"] = 39,
        ["version"] = 1,
        ["editable"] = true,
        ["refresh"] = "30s",
        ["time"] = new JsonObject { ["from"] = "now-6h", ["to"] = "now" },
        ["templating"] = new JsonObject { ["list"] = new JsonArray([Source(), .. Variables.Select(Variable)]) },
        ["panels"] = Place(),
    }.ToJsonString(Readable) + "\n";

    private static JsonObject Source() => new() { ["name"] = "source", ["label"] = "Prometheus", ["type"] = "datasource", ["query"] = "prometheus" };

    private static JsonObject Variable((string Name, string Query) variable) => new()
    {
        ["name"] = variable.Name,
        ["type"] = "query",
        ["datasource"] = new JsonObject { ["type"] = "prometheus", ["uid"] = "${source}" },
        ["query"] = variable.Query,
        ["refresh"] = 2,
        ["sort"] = 1,
        ["multi"] = false,
        ["includeAll"] = false,
    };

    private JsonArray Place()
    {
        var placed = new JsonArray();
        var (x, y, height) = (0, 0, 0);
        foreach (var panel in Panels)
        {
            if (x + panel.Width > Columns) (x, y, height) = (0, y + height, 0);
            placed.Add(panel.Json(placed.Count + 1, x, y));
            (x, height) = (x + panel.Width, Math.Max(height, panel.Height));
        }

        return placed;
    }
}
