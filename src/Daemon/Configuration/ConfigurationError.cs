namespace Forewarn.Daemon.Configuration;

/// <summary>One thing that is wrong, with all that a person needs to find and mend it.</summary>
internal sealed record ConfigurationError(
    SettingOrigin Origin, string Message, string? Section = null, string? Key = null, string? Value = null)
{
    /// <inheritdoc/>
    public override string ToString() => (Section, Key) switch
    {
        (null, _) => $"{Origin}: {Message}",
        (_, null) => $"{Origin}: [{Section}]: {Message}",
        _ => $"{Origin}: [{Section}] {Key}={Value}: {Message}",
    };
}
