namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of [Reports], the agent's side of the controller, and which of them contradict each other.</summary>
internal static class ReportSettings
{
    public static readonly Setting<Uri?> Url = new(
        "Url", SettingTypes.OptionalHttpUrl, (Uri?)null, "The controller, such as https://controller:9798. Empty: this node reports to nobody.");

    public static readonly Setting<string> Node = new(
        "Node", SettingTypes.OptionalName, "", "This node's name as the scheduler has it; the token must be of this name.")
    {
        ComputedDefault = "NodeName up to its first dot",
    };

    public static readonly Setting<string> TokenFile = new(
        "TokenFile", SettingTypes.OptionalPath, "",
        "Holds the token that \"forewarn fleet token NODE\" made; read for every report. Goes with LoadCredential= of systemd.");

    public static readonly Setting<string> CaFile = new(
        "CaFile", SettingTypes.OptionalPath, "", "PEM: the only authorities whose certificates are believed; this machine's when empty.");

    public static readonly Setting<string> ClientCert = new(
        "ClientCert", SettingTypes.OptionalPath, "", "PEM: the certificate that is shown to the controller instead of a token; it must be of this node's name.");

    public static readonly Setting<string> ClientKey = new(
        "ClientKey", SettingTypes.OptionalPath, "", "PEM: its key, where it is not in the same file.");

    // 1 s: a report is a few KB; who does not answer within that is in trouble. 1 min: a node is taken for silent sooner.
    public static readonly Setting<TimeSpan> Timeout = new(
        "Timeout", SettingTypes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), TimeSpan.FromSeconds(10),
        "How long an answer is waited for.");

    public static readonly SettingSection Section = new(
        "Reports", "The controller that this node reports to; docs/reports.md.", [Url, Node, TokenFile, CaFile, ClientCert, ClientKey, Timeout]);

    /// <summary>What is wrong with the rows together.</summary>
    public static void Check(SettingValues values, List<ConfigurationError> errors)
    {
        if (IsSet(ClientKey) && !IsSet(ClientCert)) Blame(ClientKey, "is of no use without ClientCert");
        if (values.Get(Url) is not { } url || url.Scheme == Uri.UriSchemeHttps) return;
        const string OnlySafe = "is of no use unless Url begins with https";
        if (IsSet(ClientCert)) Blame(ClientCert, OnlySafe);
        if (IsSet(CaFile)) Blame(CaFile, OnlySafe);
        // Whoever reads the token on its way reports in this node's name, and the work of a node is moved by what it reports.
        if (IsSet(TokenFile) && !url.IsLoopback) Blame(TokenFile, "would go over the network in clear: Url must begin with https");

        bool IsSet(Setting<string> setting) => values.Get(setting).Length > 0;

        void Blame(Setting setting, string message) =>
            errors.Add(new(values.Origin(setting), message, Section.Name, setting.Key, values.Shown(setting)));
    }
}
