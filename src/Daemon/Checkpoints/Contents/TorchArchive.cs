using System.Buffers.Binary;
using System.Globalization;

namespace Forewarn.Daemon.Checkpoints.Contents;

/// <summary>
/// What <c>torch.save</c> writes is a zip archive without compression or comment, always with the records of zip64 before its end record (PyTorch 1.6
/// and later). Its end and its directory are read and held against its size; what is pickled in it is not looked at. A shard of a distributed checkpoint
/// is several such archives one behind the other: the last is looked at, since files are written from front to back.
/// </summary>
internal static class TorchArchive
{
    private const string What = "zip directory";

    // APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16.
    private const uint LocalHeader = 0x04034b50;
    private const uint DirectoryHeader = 0x02014b50;
    private const uint EndRecord = 0x06054b50;
    private const uint End64Record = 0x06064b50;
    private const uint End64Locator = 0x07064b50;
    private const int EndBytes = 22;
    private const int LocatorBytes = 20;
    private const int End64Bytes = 56;
    private const int DirectoryHeaderBytes = 46;

    // Own figure: an entry takes some 70 bytes, so this is the directory of 900,000 tensors.
    private const long MostDirectoryBytes = 64 << 20;

    private const byte PickleProtocol = 0x80;

    /// <param name="file">At least one byte long.</param>
    /// <param name="mayBeSeveral">True for a shard of a distributed checkpoint.</param>
    /// <param name="mayBeForeign">True where the name is not torch's alone: another beginning is then no fault, unless it is all zeros.</param>
    public static ContentFinding Check(CheckpointFile file, bool mayBeSeveral, bool mayBeForeign)
    {
        Span<byte> head = stackalloc byte[4];
        head = head[..(int)Math.Min(head.Length, file.Length)];
        if (!file.TryRead(0, head)) return ContentFinding.Unread(What, file);
        if (head[0] == PickleProtocol) return ContentFinding.Open("a bare pickle, as torch wrote before 1.6: it has no end mark");
        if (!IsAt(head, LocalHeader))
        {
            return mayBeForeign && head.ContainsAnyExcept((byte)0)
                ? ContentFinding.Open("compressed or of another kind: it has no end mark that is known")
                : ContentFinding.Torn(What, "does not begin as torch.save writes");
        }

        Span<byte> tail = stackalloc byte[EndBytes + LocatorBytes + End64Bytes];
        if (file.Length < tail.Length) return Cut();
        if (!file.TryRead(file.Length - tail.Length, tail)) return ContentFinding.Unread(What, file);
        var end = tail[^EndBytes..];
        if (!IsAt(end, EndRecord)) return Cut();

        ulong count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        ulong size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        ulong offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        var directoryEnd = file.Length - EndBytes;
        if (IsAt(tail[End64Bytes..], End64Locator) && IsAt(tail, End64Record))
        {
            count = BinaryPrimitives.ReadUInt64LittleEndian(tail[32..]);
            size = BinaryPrimitives.ReadUInt64LittleEndian(tail[40..]);
            offset = BinaryPrimitives.ReadUInt64LittleEndian(tail[48..]);
            directoryEnd = file.Length - tail.Length;
        }

        if (size > (ulong)directoryEnd || offset > (ulong)directoryEnd - size) return Misfit("its directory is larger than the file");
        var directory = directoryEnd - (long)size;
        var begin = directory - (long)offset;
        if (begin != 0 && !mayBeSeveral) return Misfit(string.Create(CultureInfo.InvariantCulture, $"its directory lies {begin} bytes behind where it should"));
        if (!file.TryRead(begin, head)) return ContentFinding.Unread(What, file);
        if (!IsAt(head, LocalHeader)) return Misfit("no archive begins where its directory says");
        return size > MostDirectoryBytes ? ContentFinding.Good("zip end record") : Entries(file, directory, (int)size, count, offset);
    }

    private static ContentFinding Entries(CheckpointFile file, long directory, int size, ulong count, ulong offset)
    {
        var bytes = new byte[size];
        if (!file.TryRead(directory, bytes)) return ContentFinding.Unread(What, file);
        var (at, seen) = (0, 0UL);
        while (at < size)
        {
            var entry = bytes.AsSpan(at);
            if (entry.Length < DirectoryHeaderBytes || !IsAt(entry, DirectoryHeader)) return Misfit("its directory is not whole");
            var (name, extra, comment) = (Word(entry, 28), Word(entry, 30), Word(entry, 32));
            if (entry.Length < DirectoryHeaderBytes + name + extra + comment) return Misfit("its directory is not whole");
            var (packed, local) = Extent(entry, entry.Slice(DirectoryHeaderBytes + name, extra));
            if (local > offset || packed > offset - local) return Misfit("a part of it would lie behind its directory");
            at += DirectoryHeaderBytes + name + extra + comment;
            seen++;
        }

        return seen == count
            ? ContentFinding.Good(string.Create(CultureInfo.InvariantCulture, $"zip directory, {count} parts"))
            : Misfit(string.Create(CultureInfo.InvariantCulture, $"its directory has {seen} parts where its end says {count}"));
    }

    // APPNOTE 4.5.3: a field of all ones stands in the zip64 extra field (id 1), where only those are, in this order: plain size, packed size, offset.
    private static (ulong Packed, ulong Local) Extent(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> extra)
    {
        ulong packed = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]);
        var plain = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
        ulong local = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);
        while (extra.Length >= 4)
        {
            var (id, length) = (Word(extra, 0), Word(extra, 2));
            if (extra.Length < 4 + length) break;
            if (id == 1)
            {
                var wide = extra.Slice(4, length);
                if (plain == uint.MaxValue && wide.Length >= 8) wide = wide[8..];
                if (packed == uint.MaxValue && wide.Length >= 8)
                {
                    packed = BinaryPrimitives.ReadUInt64LittleEndian(wide);
                    wide = wide[8..];
                }

                if (local == uint.MaxValue && wide.Length >= 8) local = BinaryPrimitives.ReadUInt64LittleEndian(wide);
                break;
            }

            extra = extra[(4 + length)..];
        }

        return (packed, local);
    }

    private static int Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static bool IsAt(ReadOnlySpan<byte> bytes, uint mark) => bytes.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == mark;

    private static ContentFinding Cut() => ContentFinding.Torn(What, "has no end record: it was cut off, or is not written to its end yet");

    private static ContentFinding Misfit(string reason) => ContentFinding.Torn(What, reason);
}
