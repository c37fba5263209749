namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of [Influx], and which of them contradict each other.</summary>
internal static class InfluxSettings
{
    public static readonly Setting<bool> Enabled = new(
        "Enabled", SettingTypes.Boolean, false, "Whether points are sent to an InfluxDB, or to what speaks its language.");

    public static readonly Setting<Uri> Url = new(
        "Url", SettingTypes.HttpUrl, new Uri("http://127.0.0.1:8086"), "The server; the path of the API is appended.");

    public static readonly Setting<InfluxApi> Api = new(
        "Api", SettingTypes.Choice(("v1", InfluxApi.V1), ("v2", InfluxApi.V2), ("v3", InfluxApi.V3)), InfluxApi.V1,
        "How it is written to: v1 /write (also VictoriaMetrics, Telegraf), v2 /api/v2/write, v3 /api/v3/write_lp.");

    public static readonly Setting<string> Database = new(
        "Database", SettingTypes.Text, "forewarn", "v1, v3: the database, which must be there.");

    public static readonly Setting<string> RetentionPolicy = new(
        "RetentionPolicy", SettingTypes.OptionalText, "", "v1: the retention policy; the database's default when empty.");

    public static readonly Setting<string> Org = new("Org", SettingTypes.OptionalText, "", "v2: the organisation, by name or id.");

    public static readonly Setting<string> Bucket = new("Bucket", SettingTypes.Text, "forewarn", "v2: the bucket, which must be there.");

    public static readonly Setting<string> User = new("User", SettingTypes.OptionalText, "", "v1: who writes; nobody in particular when empty.");

    public static readonly Setting<string> Password = new("Password", SettingTypes.OptionalText, "", "Better in a file.") { IsSecret = true };

    public static readonly Setting<string> PasswordFile = new(
        "PasswordFile", SettingTypes.OptionalPath, "", "Holds the password; read for every request.");

    public static readonly Setting<string> Token = new("Token", SettingTypes.OptionalText, "", "Better in a file.") { IsSecret = true };

    public static readonly Setting<string> TokenFile = new(
        "TokenFile", SettingTypes.OptionalPath, "", "Holds the token; read for every request. Goes with LoadCredential= of systemd.");

    public static readonly Setting<string> CaFile = new(
        "CaFile", SettingTypes.OptionalPath, "", "PEM: the only authorities whose certificates are believed; this machine's when empty.");

    public static readonly Setting<string> ClientCert = new(
        "ClientCert", SettingTypes.OptionalPath, "", "PEM: the certificate that is shown to the server, and behind it those of the authorities in between.");

    public static readonly Setting<string> ClientKey = new(
        "ClientKey", SettingTypes.OptionalPath, "", "PEM: its key, where it is not in the same file.");

    // 50 ms: the shortest sampling period; between two samples there is nothing new to tell.
    public static readonly Setting<TimeSpan> Interval = new(
        "Interval", SettingTypes.Duration(TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1)), TimeSpan.FromSeconds(10),
        "How often the newest samples are sent.");

    // 5,000 is what InfluxData advises as a batch; 50,000 lines of ours are 10 MB, the most that InfluxDB 3 takes in one request.
    public static readonly Setting<int> BatchPoints = new(
        "BatchPoints", SettingTypes.Count(1, 50_000), 5000, "The most points in one request.");

    public static readonly Setting<TimeSpan> Timeout = new(
        "Timeout", SettingTypes.Duration(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)), TimeSpan.FromSeconds(10),
        "How long an answer is waited for.");

    // Some days of eight H100 at the default interval, by estimate: a batch of theirs is a few KB.
    public static readonly Setting<long> SpoolMax = new(
        "SpoolMax", SettingTypes.Bytes, 256L << 20, "The most bytes that wait on disk while the server is away; then the oldest go. 0 for none.");

    public static readonly Setting<string> SpoolDir = new(
        "SpoolDir", SettingTypes.OptionalPath, "", "Where they wait.")
    {
        ComputedDefault = "influx-spool in StateDir",
    };

    public static readonly Setting<bool> LinkSeries = new(
        "LinkSeries", SettingTypes.Boolean, true, "Whether there are points for each link.");

    public static readonly SettingSection Section = new(
        "Influx",
        "The InfluxDB that points are sent to; docs/influx.md has examples.",
        [
            Enabled, Url, Api, Database, RetentionPolicy, Org, Bucket, User, Password, PasswordFile, Token, TokenFile, CaFile, ClientCert,
            ClientKey, Interval, BatchPoints, Timeout, SpoolMax, SpoolDir, LinkSeries,
        ]);

    // What 8 MiB of lines, the most of a batch, come to when packed is a tenth of it.
    private const long LeastSpool = 1 << 20;

    /// <summary>What is wrong with the rows together.</summary>
    public static void Check(SettingValues values, List<ConfigurationError> errors)
    {
        if (IsSet(Token) && IsSet(TokenFile)) Blame(TokenFile, "Token is set too: one of them");
        if (IsSet(Password) && IsSet(PasswordFile)) Blame(PasswordFile, "Password is set too: one of them");
        if (IsSet(ClientKey) && !IsSet(ClientCert)) Blame(ClientKey, "is of no use without ClientCert");
        if (IsSet(User) && (IsSet(Token) || IsSet(TokenFile))) Blame(User, "a token is set too: one of them");
        if (IsSet(User) && values.Get(Api) != InfluxApi.V1) Blame(User, "is for Api=v1 alone; v2 and v3 take a token");
        if (values.Get(Api) == InfluxApi.V2 && !IsSet(Org)) Blame(Org, "Api=v2 needs it; VictoriaMetrics takes any");
        if (values.Get(Api) == InfluxApi.V3 && !IsNameOfV3(values.Get(Database)))
            Blame(Database, "InfluxDB 3 takes letters, digits, - and _, a letter or digit first, and /POLICY behind it");
        if (values.Get(SpoolMax) is > 0 and < LeastSpool) Blame(SpoolMax, "must be 0 or at least 1M: a batch must find room");
        // Without https the runtime would look for OpenSSL all the same, and end the process where it is not installed.
        if (IsSet(ClientCert) && values.Get(Url).Scheme != Uri.UriSchemeHttps) Blame(ClientCert, "is of no use unless Url begins with https");
        if (values.Get(CaFile).Length > 0 && values.Get(Url).Scheme != Uri.UriSchemeHttps) Blame(CaFile, "is of no use unless Url begins with https");

        bool IsSet(Setting<string> setting) => values.Get(setting).Length > 0;

        void Blame(Setting setting, string message) =>
            errors.Add(new(values.Origin(setting), message, Section.Name, setting.Key, values.Shown(setting)));
    }

    private static bool IsNameOfV3(string name) => name.Split('/') is { Length: <= 2 } parts && char.IsAsciiLetterOrDigit(name[0])
        && Array.TrueForAll(parts, part => part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'));
}
