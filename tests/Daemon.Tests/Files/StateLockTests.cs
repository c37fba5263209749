using Forewarn.Daemon.Files;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Files;

public sealed class StateLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Whoever_comes_second_is_told_who_was_first()
    {
        using (var first = StateLock.TryTake(_folder.Path, out _))
        {
            Assert.NotNull(first);
            Assert.Null(StateLock.TryTake(_folder.Path, out var holder));
            Assert.Equal(Environment.ProcessId, holder);
        }

        using var next = StateLock.TryTake(_folder.Path, out var nobody);
        Assert.NotNull(next);
        Assert.Equal(0, nobody);
    }

    [Fact]
    public void Where_nothing_can_be_kept_nothing_is_locked()
    {
        using var none = StateLock.TryTake(Path.Join(_folder.Path, "none"), out _);
        Assert.NotNull(none);
    }
}
