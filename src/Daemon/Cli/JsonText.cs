using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>Prints JSON indented. The agent's answers are passed on as they came, with fields that this version does not know.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, byte[] body) => Write(output, writer =>
    {
        using var document = JsonDocument.Parse(body);
        document.WriteTo(writer);
    });

    public static void Write<T>(TextWriter output, T value, JsonTypeInfo<T> type) =>
        Write(output, writer => JsonSerializer.Serialize(writer, value, type));

    /// <summary>The same as a text, for a file.</summary>
    public static string Of<T>(T value, JsonTypeInfo<T> type)
    {
        using var text = new StringWriter();
        Write(text, value, type);
        return text.ToString();
    }

    /// <summary>The node with its devices beside it.</summary>
    public static void WriteStatus(TextWriter output, byte[] node, byte[] devices) => Write(output, writer =>
    {
        using var nodeDocument = JsonDocument.Parse(node);
        using var deviceDocument = JsonDocument.Parse(devices);
        writer.WriteStartObject();
        writer.WriteString("api", ApiJson.Version);
        writer.WriteBoolean("simulated", nodeDocument.RootElement.GetProperty("simulated").GetBoolean());
        writer.WritePropertyName("node");
        nodeDocument.WriteTo(writer);
        writer.WritePropertyName("devices");
        deviceDocument.RootElement.GetProperty("devices").WriteTo(writer);
        writer.WriteEndObject();
    });

    /// <summary>The devices with the jobs on them beside.</summary>
    public static void WriteTop(TextWriter output, byte[] devices, byte[] efficiency) => Write(output, writer =>
    {
        using var deviceDocument = JsonDocument.Parse(devices);
        using var efficiencyDocument = JsonDocument.Parse(efficiency);
        writer.WriteStartObject();
        foreach (var property in deviceDocument.RootElement.EnumerateObject()) property.WriteTo(writer);
        writer.WritePropertyName("jobs");
        efficiencyDocument.RootElement.GetProperty("jobs").WriteTo(writer);
        writer.WriteEndObject();
    });

    private static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Indented)) write(writer);
        output.Write(Encoding.UTF8.GetString(bytes.ToArray()) + "\n");
    }
}
