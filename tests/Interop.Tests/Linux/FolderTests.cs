using Forewarn.Interop.Linux;

namespace Forewarn.Interop.Tests.Linux;

public sealed class FolderTests : IDisposable
{
    private readonly FixtureRoot _root = new FixtureRoot().With("in/deep/file", "text").With("outside", "secret");
    private readonly Folder _folder;

    public FolderTests()
    {
        Directory.CreateSymbolicLink(Path.Combine(_root.Path, "in/link"), Path.Combine(_root.Path, "in/deep"));
        File.CreateSymbolicLink(Path.Combine(_root.Path, "in/out"), "../outside");
        Assert.Equal(Errno.None, Folder.TryOpen(Path.Combine(_root.Path, "in"), out var folder));
        _folder = folder!;
    }

    [Fact]
    public void What_lies_beneath_it_opens()
    {
        Assert.Equal(Errno.None, _folder.TryOpenFile("deep/file", out int descriptor));
        byte[] read = new byte[8];
        Assert.Equal(2, Libc.ReadAt(descriptor, read, 2));
        Assert.Equal("xt"u8.ToArray(), read[..2]);
        Assert.Equal(Errno.None, FileFacts.TryRead(descriptor, out var facts));
        Assert.Equal((true, 4L), (facts.IsRegular, facts.Bytes));
        Assert.Equal(0, Libc.Close(descriptor));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("deep/../../outside")]
    [InlineData("/etc/passwd")]
    public void No_path_leaves_it(string path)
    {
        Assert.Equal(Errno.CrossesDevice, _folder.TryOpenFile(path, out int descriptor));
        Assert.Equal(-1, descriptor);
        Assert.Equal(Errno.CrossesDevice, _folder.TryOpenStepByStep(path, Libc.NonBlocking, out _));
    }

    [Theory]
    [InlineData("out")]
    [InlineData("link/file")]
    [InlineData("link")]
    public void No_link_is_followed(string path)
    {
        Assert.Equal(Errno.SymbolicLink, _folder.TryOpenFile(path, out _));
        Assert.Equal(Errno.SymbolicLink, _folder.TryOpenStepByStep(path, Libc.NonBlocking, out _));
    }

    [Fact]
    public void Step_by_step_it_opens_the_same()
    {
        Assert.Equal(Errno.None, _folder.TryOpenStepByStep("deep/file", Libc.NonBlocking, out int descriptor));
        Assert.Equal(0, Libc.Close(descriptor));
        Assert.Equal(Errno.NoEntry, _folder.TryOpenStepByStep("deep/none", Libc.NonBlocking, out _));
        Assert.Equal(Errno.NotDirectory, _folder.TryOpenStepByStep("deep/file/more", Libc.NonBlocking, out _));
    }

    [Fact]
    public void Names_are_listed_and_looked_at_without_following_them()
    {
        var names = new List<string>();
        Assert.Equal(Errno.None, _folder.List(10, names, out bool isCut));
        Assert.Equal(["deep", "link", "out"], names.Order(StringComparer.Ordinal));
        Assert.False(isCut);
        Assert.Equal(Errno.None, _folder.TryLook("link", out var link));
        Assert.Equal(Errno.None, _folder.TryLook("deep", out var deep));
        Assert.Equal((true, false, true), (link.IsLink, link.IsFolder, deep.IsFolder));
        Assert.Equal(Errno.NoEntry, _folder.TryLook("none", out _));
    }

    [Fact]
    public void A_listing_stops_where_it_is_told()
    {
        var names = new List<string>();
        Assert.Equal(Errno.None, _folder.List(2, names, out bool isCut));
        Assert.Equal((2, true), (names.Count, isCut));
    }

    [Fact]
    public void It_keeps_no_descriptor_open()
    {
        int before = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(Errno.None, _folder.List(10, new List<string>(), out _));
            Assert.Equal(Errno.None, _folder.TryOpenFolder("deep", out var inner));
            inner!.Dispose();
            Assert.Equal(Errno.SymbolicLink, _folder.TryOpenStepByStep("link/file", 0, out _));
        }

        Assert.InRange(Directory.GetFileSystemEntries("/proc/self/fd").Length, 0, before + 50);
    }

    [Fact]
    public void A_time_says_when_it_was_written()
    {
        var written = new DateTime(2026, 11, 22, 7, 0, 0, 500, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Path.Combine(_root.Path, "in/deep"), written);
        Assert.Equal(Errno.None, _folder.TryLook("deep", out var facts));
        Assert.Equal(written, facts.Modified.UtcDateTime);
    }

    [Fact]
    public void Users_are_known_by_name_and_number()
    {
        Assert.Equal(new UserAccount("root", 0, 0), UserAccount.Find("root"));
        Assert.Equal(UserAccount.Find("root"), UserAccount.Find("0"));
        Assert.Null(UserAccount.Find("no-such-user"));
    }

    public void Dispose()
    {
        _folder.Dispose();
        _root.Dispose();
    }
}
