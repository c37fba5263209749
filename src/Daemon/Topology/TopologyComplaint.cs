namespace Forewarn.Daemon.Topology;

/// <summary>One thing in a source of topology that was not understood, or that contradicts what stands before it; all the rest is taken.</summary>
/// <param name="Where">The file, or the command whose output it is.</param>
/// <param name="Line">From 1; 0 for the text as a whole.</param>
/// <param name="What">What is wrong, and what was made of it.</param>
internal sealed record TopologyComplaint(string Where, int Line, string What)
{
    /// <inheritdoc/>
    public override string ToString() => Line == 0 ? $"{Where}: {What}" : $"{Where}:{Line}: {What}";
}
