namespace Forewarn.Daemon.Probes.Frames;

/// <summary>The first frame of a probe whose library opened.</summary>
/// <param name="LibraryVersion">As the library says; empty when unreadable.</param>
/// <param name="DriverVersion">As the driver says; empty when unreadable.</param>
/// <param name="Build">Of the probe's program.</param>
/// <param name="CallGroups">Names; sample frames refer to them by place.</param>
internal sealed record HelloFrame(string LibraryVersion, string DriverVersion, ProbeBuild Build, IReadOnlyList<string> CallGroups)
{
    public void Write(FrameBuilder builder)
    {
        builder.Begin();
        builder.Text(LibraryVersion).Text(DriverVersion).Text(Build.Version).UInt32(Build.Numbers).UInt16((ushort)CallGroups.Count);
        foreach (var name in CallGroups) builder.Text(name);
    }

    public static HelloFrame? Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var library = reader.Text();
        var driver = reader.Text();
        var build = new ProbeBuild(reader.Text(), reader.UInt32());
        var names = new string[Math.Min(reader.UInt16(), byte.MaxValue)];
        for (var i = 0; i < names.Length; i++) names[i] = reader.Text();
        return reader.IsBroken ? null : new HelloFrame(library, driver, build, names);
    }
}
