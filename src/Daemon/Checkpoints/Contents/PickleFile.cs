namespace Forewarn.Daemon.Checkpoints.Contents;

/// <summary>A pickle of protocol 2 or later begins with 0x80 and ends with STOP, a full stop (pickletools). It is never loaded: that would run what is in it.</summary>
internal static class PickleFile
{
    private const string What = "pickle, first and last byte";
    private const byte Protocol = 0x80;
    private const byte Stop = (byte)'.';

    public static ContentFinding Check(CheckpointFile file)
    {
        Span<byte> first = stackalloc byte[1], last = stackalloc byte[1];
        if (!file.TryRead(0, first) || !file.TryRead(file.Length - 1, last)) return ContentFinding.Unread(What, file);
        if (first[0] != Protocol) return ContentFinding.Torn(What, "does not begin as a pickle does");
        return last[0] == Stop ? ContentFinding.Good(What) : ContentFinding.Torn(What, "does not end as a pickle does: it was cut off");
    }
}
