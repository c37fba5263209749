namespace Forewarn.Daemon.Configuration;

/// <summary>[Influx]: the server that points are sent to. Empty texts are what was not set.</summary>
internal sealed record InfluxOptions
{
    /// <summary>Whether anything is sent.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The server; the path of the API is appended.</summary>
    public required Uri Url { get; init; }

    /// <summary>How it is written to.</summary>
    public required InfluxApi Api { get; init; }

    /// <summary>v1 and v3.</summary>
    public required string Database { get; init; }

    /// <summary>v1; the database's default when empty.</summary>
    public string RetentionPolicy { get; init; } = "";

    /// <summary>v2.</summary>
    public string Org { get; init; } = "";

    /// <summary>v2.</summary>
    public string Bucket { get; init; } = "";

    /// <summary>v1: who writes.</summary>
    public string User { get; init; } = "";

    public string Password { get; init; } = "";

    /// <summary>Read for every request, so that it can be changed at any time.</summary>
    public string PasswordFile { get; init; } = "";

    public string Token { get; init; } = "";

    /// <summary>Read for every request, so that it can be changed at any time.</summary>
    public string TokenFile { get; init; } = "";

    /// <summary>PEM; the only authorities that are trusted, or this machine's when empty.</summary>
    public string CaFile { get; init; } = "";

    /// <summary>PEM.</summary>
    public string ClientCert { get; init; } = "";

    /// <summary>PEM; the key stands in the certificate's file when empty.</summary>
    public string ClientKey { get; init; } = "";

    /// <summary>How often the node's view is taken.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Most points in one request.</summary>
    public required int BatchPoints { get; init; }

    /// <summary>The longest wait for an answer.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Most bytes in the spool; 0 for no spool.</summary>
    public required long SpoolMax { get; init; }

    public required string SpoolDir { get; init; }

    /// <summary>Whether there are points for each link, not only for each device.</summary>
    public required bool LinkSeries { get; init; }

    internal static InfluxOptions From(SettingValues values) => new()
    {
        Enabled = values.Get(InfluxSettings.Enabled),
        Url = values.Get(InfluxSettings.Url),
        Api = values.Get(InfluxSettings.Api),
        Database = values.Get(InfluxSettings.Database),
        RetentionPolicy = values.Get(InfluxSettings.RetentionPolicy),
        Org = values.Get(InfluxSettings.Org),
        Bucket = values.Get(InfluxSettings.Bucket),
        User = values.Get(InfluxSettings.User),
        Password = values.Get(InfluxSettings.Password),
        PasswordFile = values.Get(InfluxSettings.PasswordFile),
        Token = values.Get(InfluxSettings.Token),
        TokenFile = values.Get(InfluxSettings.TokenFile),
        CaFile = values.Get(InfluxSettings.CaFile),
        ClientCert = values.Get(InfluxSettings.ClientCert),
        ClientKey = values.Get(InfluxSettings.ClientKey),
        Interval = values.Get(InfluxSettings.Interval),
        BatchPoints = values.Get(InfluxSettings.BatchPoints),
        Timeout = values.Get(InfluxSettings.Timeout),
        SpoolMax = values.Get(InfluxSettings.SpoolMax),
        SpoolDir = values.Get(InfluxSettings.SpoolDir) is { Length: > 0 } folder
            ? folder
            : Path.Join(values.Get(SettingCatalog.StateDir), "influx-spool"),
        LinkSeries = values.Get(InfluxSettings.LinkSeries),
    };
}
