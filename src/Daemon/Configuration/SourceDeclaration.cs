namespace Forewarn.Daemon.Configuration;

/// <summary>What the list of sources tells the configuration about one: its name and the library that it loads by default.</summary>
internal sealed record SourceDeclaration(string Name, string Library);
