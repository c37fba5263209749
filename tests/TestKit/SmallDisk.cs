namespace Forewarn.TestKit;

/// <summary>A file system of its own that can be filled and made read-only; in memory, gone with the test.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Null where it can be had; else what is missing.</summary>
    public static string? Missing => Environment.UserName == "root" ? null : "only root may mount a file system";

    public string Path => _folder.Path;

    private string Filler => System.IO.Path.Join(Path, "filler");

    public static async Task<SmallDisk> MountAsync(string options)
    {
        var disk = new SmallDisk();
        await RunAsync("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.Path);
        return disk;
    }

    public Task RemountAsync(string option) => RunAsync("mount", "-o", $"remount,{option}", Path);

    /// <summary>Takes all that is free.</summary>
    public void Fill()
    {
        using var file = File.OpenWrite(Filler);
        try
        {
            while (true) file.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Empty() => File.Delete(Filler);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", Path);
        _folder.Dispose();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        await using var running = RealProgram.Start(program, arguments);
        if (await running.Ended != 0) throw new InvalidOperationException($"{program}: {running.Errors}");
    }
}
