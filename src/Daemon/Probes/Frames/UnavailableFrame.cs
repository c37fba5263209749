using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>Why the source cannot be used now.</summary>
/// <param name="Reason">Typed cause.</param>
/// <param name="Detail">What the loader or the library said.</param>
/// <param name="SandboxDenied">A device node that the driver listed is refused to this service by its sandbox; only a restart of the unit helps.</param>
internal sealed record UnavailableFrame(NoDataReason Reason, string Detail, bool SandboxDenied)
{
    public void Write(FrameBuilder builder)
    {
        builder.Begin();
        builder.Byte((byte)Reason).Byte(SandboxDenied ? (byte)1 : (byte)0).Text(Detail);
    }

    public static UnavailableFrame? Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var reason = (NoDataReason)reader.Byte();
        var denied = reader.Byte() != 0;
        var frame = new UnavailableFrame(reason, reader.Text(), denied);
        return reader.IsBroken || reason == NoDataReason.None || !Enum.IsDefined(reason) ? null : frame;
    }
}
