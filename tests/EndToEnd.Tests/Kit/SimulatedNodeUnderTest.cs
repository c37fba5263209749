using System.Net.Sockets;
using System.Text;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>A simulated node that belongs to no agent, for tests in which several share one.</summary>
internal sealed class SimulatedNodeUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RealProgram _program;

    private SimulatedNodeUnderTest() =>
        _program = RealProgram.Start(Product.SimulatedNode, ["run", "--root", Root, "--profile", "h100-8", "--until-stdin-closes"]);

    public string Root => Path.Join(_folder.Path, "node");

    /// <summary>How an agent is started that reads this node instead of one of its own.</summary>
    public AgentStart Agent => new()
    {
        Simulate = null,
        Settings = [$"Agent.Root={Root}", $"Source.nvml.Library={Path.Join(Root, "lib", "libnvidia-ml.so.1")}"],
        Environment = new Dictionary<string, string> { ["FOREWARN_SIM_ROOT"] = Root },
    };

    public static async Task<SimulatedNodeUnderTest> StartAsync()
    {
        var node = new SimulatedNodeUnderTest();
        await Eventually.TrueAsync(
            () => node._program.Output.Contains("ready root=", StringComparison.Ordinal),
            TimeSpan.FromSeconds(15), "the simulated node is ready");
        return node;
    }

    /// <summary>One request to a node's control socket; a refusal fails the test.</summary>
    public static async Task<string> RequestAsync(string root, string request)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Join(root, "control.sock")));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request + "\n"));
        using var reader = new StreamReader(stream);
        var answer = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "ok") return answer.ToString();
            if (line.StartsWith("error: ", StringComparison.Ordinal)) throw new InvalidOperationException($"'{request}': {line}");
            answer.AppendLine(line);
        }

        throw new InvalidOperationException($"'{request}': the simulated node broke off");
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        _folder.Dispose();
    }
}
