using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>Which file it is, whatever it is called: a name that was given to another file has another one. Node is what a device node stands for.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly partial record struct FileIdentity(ulong Inode, uint Major, uint Minor, ushort Mode, uint NodeMajor, uint NodeMinor)
{
    // bits/fcntl-linux.h, linux/stat.h. struct statx is the same on every architecture: 256 bytes; stx_mode at 28, stx_ino at 32, stx_rdev_major
    // and minor at 128 and 132, stx_dev_major and minor at 136 and 140.
    private const int CurrentDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const int TypeModeInode = 0x1 | 0x2 | 0x100;
    private const int Size = 256;
    private const int TypeMask = 0xF000;
    private const int CharacterType = 0x2000;
    private const int RegularType = 0x8000;

    public bool IsRegular => (Mode & TypeMask) == RegularType;

    public static Errno TryRead(int descriptor, out FileIdentity file) => TryRead(descriptor, "", EmptyPath, out file);

    /// <summary>Follows links.</summary>
    public static Errno TryRead(string path, out FileIdentity file) => TryRead(CurrentDirectory, path, 0, out file);

    public bool IsCharacterDevice(uint major, uint minor) => (Mode & TypeMask) == CharacterType && NodeMajor == major && NodeMinor == minor;

    private static Errno TryRead(int directory, string path, int flags, out FileIdentity file)
    {
        file = default;
        Span<byte> raw = stackalloc byte[Size];
        if (StatX(directory, path, flags, TypeModeInode, raw) != 0) return Libc.LastError;
        file = new(
            BinaryPrimitives.ReadUInt64LittleEndian(raw[32..]),
            BinaryPrimitives.ReadUInt32LittleEndian(raw[136..]),
            BinaryPrimitives.ReadUInt32LittleEndian(raw[140..]),
            BinaryPrimitives.ReadUInt16LittleEndian(raw[28..]),
            BinaryPrimitives.ReadUInt32LittleEndian(raw[128..]),
            BinaryPrimitives.ReadUInt32LittleEndian(raw[132..]));
        return Errno.None;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int directory, string path, int flags, uint mask, Span<byte> into);
}
