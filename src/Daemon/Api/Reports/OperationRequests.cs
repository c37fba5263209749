using System.Text.Json.Serialization;

namespace Forewarn.Daemon.Api.Reports;

/// <summary>The body of <c>/v1/clear</c>.</summary>
/// <param name="Device">The device's id, or <c>node</c>.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Reason">Why; it stands in the event.</param>
/// <param name="Key">Which of several findings of that rule; all of them when absent.</param>
internal sealed record ClearRequest(string Device, string Rule, string Reason, long? Key = null);

/// <summary>The body of <c>/v1/maintenance</c>.</summary>
/// <param name="On">True to begin, false to end.</param>
/// <param name="Reason">Why; it stands in the event.</param>
/// <param name="Until">When it ends by itself; never when absent.</param>
internal sealed record MaintenanceRequest(bool On, string? Reason = null, DateTimeOffset? Until = null);

/// <summary>How the command line writes what it asks for and the API reads it. A field that is missing or null where it must not be is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ClearRequest))]
[JsonSerializable(typeof(MaintenanceRequest))]
internal sealed partial class RequestJson : JsonSerializerContext;
