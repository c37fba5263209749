using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Forewarn.Model;

namespace Forewarn.Daemon.Store;

/// <summary>How what has many shapes lies in one column.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(EventDetail))]
[JsonSerializable(typeof(Finding))]
internal sealed partial class StoredJson : JsonSerializerContext
{
    /// <summary>Text as it is.</summary>
    public static StoredJson Plain => Relaxed.Context;

    // Of its own, since the order of static fields over the parts of a partial class is not defined.
    private static class Relaxed
    {
        public static readonly StoredJson Context = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
