using Forewarn.Daemon.Simulation;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Simulation;

/// <summary>A folder whose forewarn-simnode is a shell script that misbehaves in one way; the real one behaves.</summary>
internal sealed class BadSimulator : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public BadSimulator(string? script = null)
    {
        _folder.Write("profiles/h100-8.conf", "");
        _folder.Write("profiles/a100-8.conf", "");
        _folder.Write("scenarios/one-lost.scenario", "");
        Library = new(_folder.Path);
        if (script is not null)
        {
            var file = _folder.Write("forewarn-simnode", "#!/bin/sh\n" + script + "\n");
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public SimulationLibrary Library { get; }

    public string Root => Path.Combine(_folder.Path, "run", "simulated");

    public string Folder => _folder.Path;

    public void Dispose() => _folder.Dispose();
}
