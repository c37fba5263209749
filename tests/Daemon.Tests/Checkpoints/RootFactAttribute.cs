namespace Forewarn.Daemon.Tests.Checkpoints;

/// <summary>A test that only root can run, and only from where another user can start the program as well.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (Environment.UserName != "root") Skip = "only root may become somebody else";
        else if (Closed() is { } folder) Skip = $"{folder}: another user may not enter it, and so not load the program";
    }

    private static string? Closed()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!folder.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return folder.FullName;
        }

        return null;
    }
}
