namespace Forewarn.TestKit;

/// <summary>
/// Keeps a process in the kernel as an uninterruptible wait does: SIGKILL is noted and not acted on until it is thawed. Only the freezer of
/// cgroup v1 does that; a process frozen by cgroup v2 can be killed (kernel: Documentation/admin-guide/cgroup-v2.rst, cgroup.freeze).
/// </summary>
public sealed class Freezer : IAsyncDisposable
{
    private const string Hierarchy = "/sys/fs/cgroup/freezer";

    private readonly string _group = Path.Join(Hierarchy, $"forewarn-test-{Guid.NewGuid():N}");

    public Freezer() => Directory.CreateDirectory(_group);

    /// <summary>Null where it can be used; else what is missing.</summary>
    public static string? Missing => !Directory.Exists(Hierarchy) ? $"{Hierarchy}: no cgroup v1 freezer is mounted"
        : Environment.UserName != "root" ? "only root may make a cgroup" : null;

    /// <summary>Returns when the kernel says that it stands still.</summary>
    public async Task FreezeAsync(int pid)
    {
        await File.WriteAllTextAsync(Path.Join(_group, "cgroup.procs"), $"{pid}");
        await File.WriteAllTextAsync(State, "FROZEN");
        await Eventually.TrueAsync(() => File.ReadAllText(State).Trim() == "FROZEN", TimeSpan.FromSeconds(2), "the freezer has frozen");
    }

    public void Thaw() => File.WriteAllText(State, "THAWED");

    public async ValueTask DisposeAsync()
    {
        Thaw();
        // Empty once the process has gone, which takes the kernel a moment.
        await Eventually.TrueAsync(TryRemove, TimeSpan.FromSeconds(5), "the cgroup is empty and can be removed");
    }

    private bool TryRemove()
    {
        try
        {
            Directory.Delete(_group);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string State => Path.Join(_group, "freezer.state");
}
