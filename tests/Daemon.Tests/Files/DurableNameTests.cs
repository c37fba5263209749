using Forewarn.Daemon.Files;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Files;

public sealed class DurableNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_new_file_has_the_name_and_the_old_one_is_gone()
    {
        var target = _folder.Write("batch", "old");
        DurableName.Move(_folder.Write("batch.new", "new"), target);
        Assert.Equal("new", File.ReadAllText(target));
        Assert.Equal([target], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_as_files_tell_it()
        => Assert.ThrowsAny<IOException>(() => DurableName.Move(_folder.Write("batch.new", "new"), Path.Join(_folder.Path, "gone", "batch")));
}
