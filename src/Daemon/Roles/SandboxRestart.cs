namespace Forewarn.Daemon.Roles;

/// <summary>
/// Remembers that the agent ended once in this boot so that its service is started with a late driver's device numbers. When that did not
/// help, ending again and again would not either: then the sandbox is narrower on purpose, and the source stays unavailable with that said.
/// </summary>
internal sealed class SandboxRestart(string stateDirectory, string bootId)
{
    private readonly string _path = Path.Join(stateDirectory, "sandbox-restart");

    /// <summary>True the first time in a boot; false later, and when it cannot be remembered.</summary>
    public bool IsWorthTrying()
    {
        try
        {
            if (File.Exists(_path) && File.ReadAllText(_path) == bootId) return false;
            File.WriteAllText(_path, bootId);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
