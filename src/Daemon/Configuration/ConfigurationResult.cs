namespace Forewarn.Daemon.Configuration;

/// <summary>What loading gave: the options, or everything that is wrong.</summary>
internal sealed class ConfigurationResult
{
    /// <summary>Null when there is any error.</summary>
    public required ForewarnOptions? Options { get; init; }

    /// <summary>All of them, in the order of reading.</summary>
    public required IReadOnlyList<ConfigurationError> Errors { get; init; }

    /// <summary>The value and origin of every setting.</summary>
    public required SettingValues Values { get; init; }

    /// <summary>The files that were read, in order.</summary>
    public required IReadOnlyList<string> Files { get; init; }
}
