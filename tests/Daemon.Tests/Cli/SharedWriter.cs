namespace Forewarn.Daemon.Tests.Cli;

/// <summary>What a command that goes on has written so far, seen from another thread.</summary>
internal sealed class SharedWriter : StringWriter
{
    private readonly Lock _gate = new();

    public override void Write(string? value)
    {
        lock (_gate) base.Write(value);
    }

    public override string ToString()
    {
        lock (_gate) return base.ToString();
    }
}
