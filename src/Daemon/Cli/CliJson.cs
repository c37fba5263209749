using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Forewarn.Daemon.Replay;

namespace Forewarn.Daemon.Cli;

/// <summary>The shapes that the command line makes itself; generated code, fields spelt as in the API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ConfigCheckReport))]
[JsonSerializable(typeof(ConfigShowReport))]
[JsonSerializable(typeof(ExplainReport))]
[JsonSerializable(typeof(NodeCheckReport))]
[JsonSerializable(typeof(ReportWritten))]
[JsonSerializable(typeof(SimulationNames))]
[JsonSerializable(typeof(ScenarioCheck))]
[JsonSerializable(typeof(ReplayReport))]
[JsonSerializable(typeof(RecordReport))]
[JsonSerializable(typeof(CheckpointSearchReport))]
[JsonSerializable(typeof(CheckpointAdviceReport))]
[JsonSerializable(typeof(FleetAdviceReport))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>Text as it is.</summary>
    public static CliJson Plain => Relaxed.Context;

    // Of its own, since the order of static fields over the parts of a partial class is not defined.
    private static class Relaxed
    {
        public static readonly CliJson Context = new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
