using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>What statx(2) says of a name: type and mode, bytes, when it was last written.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct FileFacts(ushort Mode, long Bytes, DateTimeOffset Modified)
{
    // bits/fcntl-linux.h, linux/stat.h. struct statx is the same on every architecture: 256 bytes; stx_mode at 28, stx_size at 40, stx_mtime
    // (seconds, then nanoseconds) at 112 and 120.
    private const int EmptyPath = 0x1000;
    private const int NoFollow = 0x100;
    private const int NoAutomount = 0x800;
    private const uint TypeModeTimeSize = 0x1 | 0x2 | 0x40 | 0x200;
    private const int StructSize = 256;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int FolderType = 0x4000;
    private const int LinkType = 0xA000;

    // A file system may say anything of a time: what a calendar does not hold is its nearest end.
    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds() + 1;
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 1;

    public bool IsRegular => (Mode & TypeMask) == RegularType;

    public bool IsFolder => (Mode & TypeMask) == FolderType;

    public bool IsLink => (Mode & TypeMask) == LinkType;

    /// <summary>Of a descriptor.</summary>
    public static Errno TryRead(int descriptor, out FileFacts facts) => TryRead(descriptor, "", EmptyPath, out facts);

    /// <summary>Of a name in a folder; a link is itself and mounts nothing.</summary>
    public static Errno TryRead(int folder, string name, out FileFacts facts) => TryRead(folder, name, NoFollow | NoAutomount, out facts);

    private static Errno TryRead(int folder, string name, int flags, out FileFacts facts)
    {
        facts = default;
        Span<byte> raw = stackalloc byte[StructSize];
        if (StatX(folder, name, flags, TypeModeTimeSize, raw) != 0) return Libc.LastError;
        var seconds = Math.Clamp(BinaryPrimitives.ReadInt64LittleEndian(raw[112..]), Earliest, Latest);
        var nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(raw[120..]) % 1_000_000_000;
        facts = new(
            BinaryPrimitives.ReadUInt16LittleEndian(raw[28..]),
            BinaryPrimitives.ReadInt64LittleEndian(raw[40..]),
            DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / 100));
        return Errno.None;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, Span<byte> into);
}
