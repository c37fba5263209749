using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>How the controller's API writes what it did with work, and the command line reads it; as the agent's.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(IncidentList))]
[JsonSerializable(typeof(IncidentAnswer))]
[JsonSerializable(typeof(TopologyAnswer))]
[JsonSerializable(typeof(NodeList))]
[JsonSerializable(typeof(NodeAnswer))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(JobAnswer))]
[JsonSerializable(typeof(AdviceAnswer))]
[JsonSerializable(typeof(PlanList))]
[JsonSerializable(typeof(PlanAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(FleetEventList))]
[JsonSerializable(typeof(FleetEventReport))]
[JsonSerializable(typeof(StreamNotice))]
internal sealed partial class RecoveryApiJson : JsonSerializerContext
{
    /// <summary>Text as it is.</summary>
    public static RecoveryApiJson Plain => Relaxed.Context;

    // Of its own, since the order of static fields over the parts of a partial class is not defined.
    private static class Relaxed
    {
        public static readonly RecoveryApiJson Context = new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
