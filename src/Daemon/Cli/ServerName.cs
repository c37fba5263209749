namespace Forewarn.Daemon.Cli;

/// <summary>Whom a command asks, as its messages name it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Hint">A line of further advice where it is not there; empty for none.</param>
internal sealed record ServerName(string Name, string Unit, string Hint)
{
    public static ServerName Agent { get; } = new("agent", "forewarn", "   Try it without hardware: forewarn agent --simulate h100-8");

    public static ServerName Controller { get; } = new("controller", "forewarn-controller", "");
}
