using Forewarn.Daemon.Roles;
using Microsoft.Extensions.Logging.Console;

namespace Forewarn.Daemon.Tests.Roles;

public class AgentLoggingTests
{
    [Fact]
    public void A_journal_that_takes_nothing_holds_nobody_up()
    {
        var options = new ConsoleLoggerOptions();
        AgentLogging.Configure(options);
        Assert.Equal(ConsoleLoggerQueueFullMode.DropWrite, options.QueueFullMode);
    }
}
