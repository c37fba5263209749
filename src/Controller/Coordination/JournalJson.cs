using System.Text.Json.Serialization;

namespace Forewarn.Controller.Coordination;

/// <summary>Lines of the journal as JSON: everything is written, so that nothing read back has a gap. An alternative that is out of the question costs infinitely much.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(JournalEntry))]
public sealed partial class JournalJson : JsonSerializerContext;
