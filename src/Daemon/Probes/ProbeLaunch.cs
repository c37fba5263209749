namespace Forewarn.Daemon.Probes;

/// <summary>How probes are started.</summary>
/// <param name="Executable">This program.</param>
/// <param name="SlotDirectory">Where the call slots of each probe lie.</param>
/// <param name="Environment">Variables that the vendor library needs beside ours.</param>
internal sealed record ProbeLaunch(string Executable, string SlotDirectory, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>
    /// The heap of a probe: it keeps a few hundred KiB alive and allocates nothing once it runs, so a small first generation keeps its
    /// memory small, and the limit ends it should a defect of ours leak. What runs once a minute is compiled for good after four calls, which
    /// is in its second sweep, and not after the runtime's thirty, minutes later. Hexadecimal, as the runtime reads them.
    /// </summary>
    private static readonly (string Name, string Value)[] Runtime =
    [
        ("DOTNET_gcConcurrent", "0"),
        ("DOTNET_GCgen0size", "40000"),
        ("DOTNET_GCHeapHardLimit", "2000000"),
        ("DOTNET_TC_CallCountThreshold", "4"),
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_EnableDiagnostics", "0"),
    ];

    /// <summary>Ours alone: a child that spoke to systemd would be taken for the agent.</summary>
    internal static readonly string[] NotPassedOn = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", "LISTEN_FDS", "LISTEN_PID"];

    public void Apply(IDictionary<string, string?> environment)
    {
        foreach (var name in NotPassedOn) environment.Remove(name);
        foreach (var (name, value) in Runtime) environment[name] = value;
        foreach (var (name, value) in Environment) environment[name] = value;
    }
}
