using System.Net;
using Forewarn.Controller.Reports;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of [Fleet], which the controller reads, and which of them contradict each other.</summary>
internal static class FleetSettings
{
    public static readonly Setting<IReadOnlyList<ListenAddress>> Listen = new(
        "Listen", SettingTypes.Listen, [new ListenAddress(IPAddress.Loopback, 9798)],
        "Where agents report: address:port, several apart by blanks; none for the socket alone. Beyond this machine only with CertFile.");

    public static readonly Setting<string> Socket = new(
        "Socket", SettingTypes.SocketPath, "/run/forewarn-controller/controller.sock", "The Unix socket of forewarn fleet.");

    public static readonly Setting<string> StateDir = new(
        "StateDir", SettingTypes.AbsolutePath, "/var/lib/forewarn-controller", "What must survive a restart of the machine; on a local file system.");

    public static readonly Setting<string> SiteKeyFile = new(
        "SiteKeyFile", SettingTypes.OptionalPath, "/etc/forewarn/site.key",
        "At least 32 letters that nobody else knows: each node's token is made of it (forewarn fleet token NODE). Others must not read it. Empty: no tokens, certificates alone.");

    public static readonly Setting<string> OperatorTokenFile = new(
        "OperatorTokenFile", SettingTypes.OptionalPath, "", "Holds the token of who may ask for /v1/fleet from elsewhere. Empty: nobody, the socket alone.");

    public static readonly Setting<string> CertFile = new(
        "CertFile", SettingTypes.OptionalPath, "", "PEM: the controller's certificate, and behind it those of the authorities in between. Empty: plain HTTP, on this machine alone.");

    public static readonly Setting<string> KeyFile = new(
        "KeyFile", SettingTypes.OptionalPath, "", "PEM: its key, where it is not in the same file.");

    public static readonly Setting<string> ClientCaFile = new(
        "ClientCaFile", SettingTypes.OptionalPath, "",
        "PEM: the authorities whose certificates name nodes (mutual TLS): the DNS name, else the common name, is the node's. Empty: tokens alone.");

    // 2: one lost packet is no silence. 60: ten minutes, after which nobody needs to be told any more.
    public static readonly Setting<int> MissedHeartbeats = new(
        "MissedHeartbeats", SettingTypes.Count(2, 60), 3, "After how many missed heartbeats, one each 10 s, a node is Unknown.");

    // 1 d: a node that is being repaired is not forgotten. 3650 d: a card's life.
    public static readonly Setting<TimeSpan> Keep = new(
        "Keep", SettingTypes.Duration(TimeSpan.FromDays(1), TimeSpan.FromDays(3650)), TimeSpan.FromDays(365),
        "How long the history of cards is kept, and a node that is not heard any more.");

    public static readonly Setting<LogLevel> Level = new(
        "LogLevel", SettingTypes.Level, LogLevel.Information, "The least severe message that the controller logs.");

    public static readonly SettingSection Section = new(
        "Fleet", "The controller (forewarn controller), to which the agents of a cluster report; docs/fleet.md.",
        [Listen, Socket, StateDir, SiteKeyFile, OperatorTokenFile, CertFile, KeyFile, ClientCaFile, MissedHeartbeats, Keep, Level]);

    /// <summary>How long nothing may be heard of a node until it is Unknown.</summary>
    public static TimeSpan SilentAfter(int missed) => missed * ReportProtocol.Heartbeat;

    /// <summary>What is wrong with the rows together.</summary>
    public static void Check(SettingValues values, List<ConfigurationError> errors)
    {
        var isEncrypted = IsSet(CertFile);
        if (!isEncrypted && IsSet(KeyFile)) Blame(KeyFile, "is of no use without CertFile");
        if (!isEncrypted && IsSet(ClientCaFile)) Blame(ClientCaFile, "is of no use without CertFile");
        if (!isEncrypted && values.Get(Listen).Any(static address => address.Address is not { } one || !IPAddress.IsLoopback(one)))
            Blame(Listen, "without CertFile everybody on the way could read the tokens: set it, or listen on 127.0.0.1");
        if (!IsSet(SiteKeyFile) && !IsSet(ClientCaFile)) Blame(SiteKeyFile, "without it and without ClientCaFile no agent can say who it is: set one of them");

        bool IsSet(Setting<string> setting) => values.Get(setting).Length > 0;

        void Blame(Setting setting, string message) =>
            errors.Add(new(values.Origin(setting), message, Section.Name, setting.Key, values.Shown(setting)));
    }
}
