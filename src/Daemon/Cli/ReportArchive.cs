using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Forewarn.Daemon.Cli;

/// <summary>Packs a card's papers. The same answers of the agent make the same bytes.</summary>
internal static class ReportArchive
{
    public static void Write(Stream stream, CardDossier dossier)
    {
        using var packed = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var tar = new TarWriter(packed, TarEntryFormat.Ustar);
        foreach (var (name, text) in dossier.Files())
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{dossier.Name}/{name}")
            {
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                ModificationTime = dossier.Device.Time,
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            });
        }
    }
}
