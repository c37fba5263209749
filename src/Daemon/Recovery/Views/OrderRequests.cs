using System.Text.Json.Serialization;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The body of <c>/v1/approve</c> and <c>/v1/reject</c>.</summary>
/// <param name="Incident">Which trouble.</param>
/// <param name="Job">For which job; all that are in question when absent.</param>
/// <param name="Reason">Why; it stands in the journal.</param>
internal sealed record AnswerRequest(long Incident, string? Job = null, string? Reason = null);

/// <summary>The body of <c>/v1/hold</c> and <c>/v1/release</c>.</summary>
/// <param name="Node">Which node.</param>
/// <param name="Reason">Why; it stands in the journal.</param>
internal sealed record KeepRequest(string Node, string? Reason = null);

/// <summary>The body of <c>/v1/return</c>.</summary>
/// <param name="Node">Which node.</param>
/// <param name="Reason">Why; it stands in the journal.</param>
/// <param name="Force">Also where findings stand, or a repair is at work.</param>
internal sealed record ReturnRequest(string Node, string? Reason = null, bool Force = false);

/// <summary>How the command line writes an order and the API reads it. A field that is missing or null where it must not be is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AnswerRequest))]
[JsonSerializable(typeof(KeepRequest))]
[JsonSerializable(typeof(ReturnRequest))]
internal sealed partial class OrderJson : JsonSerializerContext;
