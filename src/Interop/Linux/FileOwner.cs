using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>Who owns a file and what its mode allows; Mode has the type's bits as well, as st_mode does.</summary>
public readonly partial record struct FileOwner(uint User, uint Group, ushort Mode)
{
    // bits/fcntl-linux.h, linux/stat.h. struct statx is the same on every architecture: 256 bytes, stx_uid at 20, stx_gid at 24,
    // stx_mode at 28.
    private const int CurrentDirectory = -100;
    private const int ModeUserGroup = 0x1 | 0x2 | 0x8 | 0x10;
    private const int Size = 256;
    private const int UserOffset = 20;
    private const int GroupOffset = 24;
    private const int ModeOffset = 28;

    // The bits of read and write for others; those of the group and the owner lie three and six above.
    private const int ReadWriteOthers = 6;

    /// <summary>Follows links. What cannot be looked at is an error number.</summary>
    public static Errno TryRead(string path, out FileOwner owner)
    {
        owner = default;
        Span<byte> raw = stackalloc byte[Size];
        if (StatX(CurrentDirectory, path, 0, ModeUserGroup, raw) != 0) return Libc.LastError;
        owner = new(
            BinaryPrimitives.ReadUInt32LittleEndian(raw[UserOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(raw[GroupOffset..]),
            BinaryPrimitives.ReadUInt16LittleEndian(raw[ModeOffset..]));
        return Errno.None;
    }

    /// <summary>Whether the mode lets this user read and write, as the kernel checks it: one class alone counts. Root may always.</summary>
    public bool AllowsReadWrite(uint user, IReadOnlyList<uint> groups)
    {
        if (user == 0) return true;
        int shift = user == User ? 6 : groups.Contains(Group) ? 3 : 0;
        return ((Mode >> shift) & ReadWriteOthers) == ReadWriteOthers;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> into);
}
