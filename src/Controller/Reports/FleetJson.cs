using System.Text.Json.Serialization;

namespace Forewarn.Controller.Reports;

/// <summary>Reports and replies as JSON: camelCase, enumerations by name, what is empty or zero left out, but for what must be there.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(AgentReport))]
[JsonSerializable(typeof(ReportReply))]
public sealed partial class FleetJson : JsonSerializerContext;
