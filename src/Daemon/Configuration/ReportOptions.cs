namespace Forewarn.Daemon.Configuration;

/// <summary>[Reports], checked. Empty texts are what was not set.</summary>
internal sealed record ReportOptions
{
    /// <summary>The controller; null where this node reports to nobody.</summary>
    public required Uri? Url { get; init; }

    /// <summary>The node's name as the scheduler has it.</summary>
    public required string Node { get; init; }

    /// <summary>Read for every report, so that it can be changed at any time.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>PEM; the only authorities that are trusted, or this machine's when empty.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>PEM.</summary>
    public string ClientCert { get; init; } = "";

    /// <summary>PEM; the key stands in the certificate's file when empty.</summary>
    public string ClientKey { get; init; } = "";

    /// <summary>The longest wait for an answer.</summary>
    public required TimeSpan Timeout { get; init; }

    internal static ReportOptions From(SettingValues values) => new()
    {
        Url = values.Get(ReportSettings.Url),
        Node = values.Get(ReportSettings.Node) is { Length: > 0 } name ? name : values.Get(SettingCatalog.NodeName).Split('.')[0],
        TokenFile = values.Get(ReportSettings.TokenFile),
        CaFile = values.Get(ReportSettings.CaFile),
        ClientCert = values.Get(ReportSettings.ClientCert),
        ClientKey = values.Get(ReportSettings.ClientKey),
        Timeout = values.Get(ReportSettings.Timeout),
    };
}
