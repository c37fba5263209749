using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forewarn.Daemon.Doctor;

/// <summary>The report in JSON; generated code, fields spelt as in the API.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorJson : JsonSerializerContext
{
    /// <summary>Text as it is.</summary>
    public static DoctorJson Plain => Relaxed.Context;

    // Of its own, since the order of static fields over the parts of a partial class is not defined.
    private static class Relaxed
    {
        public static readonly DoctorJson Context = new(
            new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
