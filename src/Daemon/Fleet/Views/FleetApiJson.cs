using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forewarn.Daemon.Fleet.Views;

/// <summary>How the controller's API writes JSON and the command line reads it; as the agent's.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(FleetAnswer))]
[JsonSerializable(typeof(FleetNodeAnswer))]
[JsonSerializable(typeof(FleetToken))]
internal sealed partial class FleetApiJson : JsonSerializerContext
{
    /// <summary>Text as it is.</summary>
    public static FleetApiJson Plain => Relaxed.Context;

    // Of its own, since the order of static fields over the parts of a partial class is not defined.
    private static class Relaxed
    {
        public static readonly FleetApiJson Context = new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
