using Forewarn.Daemon.Tests.Api;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Cli;

public class ConfigCommandTests
{
    [Fact]
    public async Task Every_error_is_named_with_file_and_line()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("forewarn.conf", "[Sampling]\nFast=1ns\n[Agent]\nNodeNmae=x\n");
        var check = await Command.RunAsync(["config", "check", "--config", file]);
        Assert.Equal((2, ""), (check.Code, check.Output));
        Assert.Contains($"{file}:2: [Sampling] Fast=1ns: must be ", check.Error, StringComparison.Ordinal);
        Assert.Contains($"{file}:4: [Agent] NodeNmae=x: unknown key", check.Error, StringComparison.Ordinal);
        Assert.EndsWith("forewarn: 2 errors in the configuration\n", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_as_json()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("forewarn.conf", "[Agent]\nNodeNmae=x\n");
        var check = await Command.RunAsync(["config", "check", "--json", "--config", file]);
        Assert.Equal((2, ""), (check.Code, check.Error));
        Golden.Matches("Cli/golden/config-check.json", check.Output.Replace(file, "forewarn.conf", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_good_configuration_exits_0()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("forewarn.conf", "[Sampling]\nFast=2s\n");
        var check = await Command.RunAsync(["config", "check", "--config", file]);
        Assert.Equal((0, $"the configuration is good; read: {file}\n"), (check.Code, check.Output));
    }

    [Fact]
    public async Task A_named_file_must_be_there()
    {
        var check = await Command.RunAsync(["config", "check", "--config", "/nonexistent/x.conf"]);
        Assert.Equal(2, check.Code);
        Assert.Contains("/nonexistent/x.conf: no such file", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_tells_where_each_value_was_written()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("forewarn.conf", "[Sampling]\nFast=2s\n");
        var show = await Command.RunAsync(["config", "show", "--config", file]);
        Assert.Contains($"# {file}:2\nFast=2s\n# default\nSlow=1m\n", show.Output, StringComparison.Ordinal);

        var json = await Command.RunAsync(["config", "show", "--json", "--config", file]);
        var fast = "\"key\": \"Fast\",\n      \"value\": \"2s\",\n      \"origin\": \"" + file + "\",\n      \"line\": 2\n";
        Assert.Contains(fast, json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_documented_default_file_is_itself_good()
    {
        using var folder = new TemporaryFolder();
        var defaults = await Command.RunAsync(["config", "show", "--defaults"]);
        Assert.Contains("#Fast=1s\n", defaults.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Command.RunAsync(["config", "check", "--config", folder.Write("f.conf", defaults.Output)])).Code);
    }
}
