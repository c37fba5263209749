using System.Diagnostics;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>A simulated node with one profile (eight H100 unless another is named) and one driver, in a directory of its own; it ends with its standard input.</summary>
public sealed class SimulatedNode : IDisposable
{
    // First of the fields, so that a node that is not built leaves no directory behind.
    private readonly string _program = Installed("forewarn-simnode");
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("forewarn-node-");
    private readonly Process _process;

    public SimulatedNode(string driver, string profile = "h100-8")
    {
        var start = new ProcessStartInfo(_program)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        string[] arguments = ["run", "--root", _root.FullName, "--profile", profile, "--driver", driver, "--until-stdin-closes"];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{_program} did not start");
        string? line;
        do line = _process.StandardOutput.ReadLine();
        while (line is not null && !line.StartsWith("ready ", StringComparison.Ordinal));
        Assert.True(line is not null, $"{_program} ended before it was ready");
        File.Copy(Path.Combine(_root.FullName, "lib", "libnvidia-ml.so.1"), Library);
    }

    /// <summary>
    /// A copy of the node's library beside it. The node's own is a link to the driver's file, which the loader maps once for a whole
    /// process: two nodes of one driver at a time would be one, and a fault told to the second would never happen.
    /// </summary>
    public string Library => Path.Combine(_root.FullName, "lib", "copied.so");

    /// <summary>One line of a scenario, now; it has happened when this returns.</summary>
    public void Inject(string fault) => Tell("inject", fault);

    /// <summary>Moves simulated time forward, for example by <c>10m</c>.</summary>
    public void Advance(string duration) => Tell("advance", duration);

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10))) _process.Kill();
        _process.Dispose();
        _root.Delete(recursive: true);
    }

    /// <summary>A file of the simulated node as `make build` leaves it; a test that needs it fails without it.</summary>
    public static string Installed(string name)
    {
        string path = Path.Combine(RepositoryRoot(), "artifacts", "native", name);
        Assert.True(File.Exists(path), $"{path} is not there: run `make build`");
        return path;
    }

    private void Tell(string command, string argument)
    {
        using Process told = Process.Start(_program, [command, "--root", _root.FullName, argument]);
        told.WaitForExit();
        Assert.True(told.ExitCode == 0, $"the node refused to {command} '{argument}'");
    }

    internal static string RepositoryRoot()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Telemetry.sln"))) directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException($"no Telemetry.sln above {AppContext.BaseDirectory}");
    }
}
