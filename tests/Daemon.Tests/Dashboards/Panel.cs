using System.Text.Json.Nodes;

namespace Forewarn.Daemon.Tests.Dashboards;

/// <summary>One panel of a Grafana dashboard.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Type">Grafana's: <c>timeseries</c>, <c>stat</c>, <c>table</c>, <c>state-timeline</c>, <c>row</c>.</param>
/// <param name="Width">Of 24 columns.</param>
/// <param name="Height">In rows of Grafana's grid.</param>
internal sealed record Panel(string Title, string Type, int Width, int Height)
{
    /// <summary>PromQL, each with the text of its legend.</summary>
    public IReadOnlyList<(string Query, string Legend)> Queries { get; init; } = [];

    /// <summary>Grafana's name of the unit; "" for a plain number.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What the panel shows, for whom points at it.</summary>
    public string Description { get; init; } = "";

    /// <summary>Only the value now, as a table wants it.</summary>
    public bool IsInstant { get; init; }

    public JsonObject Json(int id, int x, int y)
    {
        var targets = new JsonArray();
        foreach (var (query, legend) in Queries)
        {
            targets.Add(new JsonObject
            {
                ["refId"] = ((char)('A' + targets.Count)).ToString(),
                ["expr"] = query,
                ["legendFormat"] = legend,
                ["instant"] = IsInstant,
                ["range"] = !IsInstant,
                ["format"] = IsInstant && Type == "table" ? "table" : "time_series",
            });
        }

        return new JsonObject
        {
            ["id"] = id,
            ["title"] = Title,
            ["type"] = Type,
            ["description"] = Description,
            ["datasource"] = new JsonObject { ["type"] = "prometheus", ["uid"] = "${source}" },
            ["gridPos"] = new JsonObject { ["h"] = Height, ["w"] = Width, ["x"] = x, ["y"] = y },
            ["fieldConfig"] = new JsonObject { ["defaults"] = new JsonObject { ["unit"] = Unit }, ["overrides"] = new JsonArray() },
            ["targets"] = targets,
        };
    }
}
