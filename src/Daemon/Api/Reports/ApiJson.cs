using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forewarn.Daemon.Api.Reports;

/// <summary>How the API writes JSON and the command line reads it: generated code, field names spelt as the metric labels are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(NodeReport))]
[JsonSerializable(typeof(DeviceList))]
[JsonSerializable(typeof(SingleDevice))]
[JsonSerializable(typeof(EfficiencyReport))]
[JsonSerializable(typeof(EventList))]
[JsonSerializable(typeof(EventReport))]
[JsonSerializable(typeof(OperationReport))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>The shape's version, also in every path; a breaking change gets a new one.</summary>
    public const string Version = "v1";

    /// <summary>Text as it is: what we send is JSON and never part of a web page.</summary>
    public static ApiJson Plain => Relaxed.Context;

    // Of its own, since the order of static fields over the parts of a partial class is not defined.
    private static class Relaxed
    {
        public static readonly ApiJson Context = new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
