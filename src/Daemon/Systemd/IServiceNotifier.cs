namespace Forewarn.Daemon.Systemd;

/// <summary>Tells whoever supervises the agent how it fares (sd_notify(3)). Never blocks, never throws.</summary>
internal interface IServiceNotifier
{
    /// <summary>Start-up, or a reload, is complete.</summary>
    void Ready();

    /// <summary>A reload begins; Ready ends it.</summary>
    void Reloading();

    /// <summary>Shutdown begins.</summary>
    void Stopping();

    /// <summary>One line for <c>systemctl status</c>.</summary>
    void Status(string line);

    /// <summary>A sign of life for the watchdog.</summary>
    void Alive();
}
