namespace Forewarn.Daemon.Tests.Store;

/// <summary>tests/Dummy, built with these tests.</summary>
internal static class DummyProgram
{
    // artifacts/dotnet/bin/PROJECT/CONFIGURATION
    public static string Path { get; } = System.IO.Path.Join(
        AppContext.BaseDirectory, "..", "..", "Dummy", System.IO.Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "Forewarn.Dummy");

    /// <summary>Where the runtime is that runs these tests: an SDK in a home directory is none of the usual places.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>
    {
        ["DOTNET_ROOT"] = System.IO.Path.GetFullPath(System.IO.Path.Join(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
    };
}
