using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sampling;
using Forewarn.Daemon.Sources;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Roles;

/// <summary>
/// The child process that uses one vendor library. Lean: nothing of the web server, the command line or the configuration is loaded here.
/// </summary>
internal static class ProbeRole
{
    private static readonly ManualResetEvent Never = new(initialState: false);

    /// <summary>A slow sweep of eight cards with links of the fifth generation is 40 frames at once; the default of 64 KiB holds 16.</summary>
    private const int PipeBytes = 1 << 20;

    private const int Stdin = 0;
    private const int Stdout = 1;
    private const int Stderr = 2;

    public static int Run(string[] arguments)
    {
        var settings = ProbeSettings.Parse(arguments);
        var entry = settings is null ? null : SourceRegistry.Find(settings.Source);
        if (settings is null || entry is null)
        {
            Console.Error.WriteLine("forewarn probe: is started by the agent; run 'forewarn agent' instead");
            return (int)ProbeExit.Usage;
        }

        // Vendor libraries print to stdout: they get stderr there, and the frames go out on a copy that nobody else knows.
        var frames = Libc.DuplicateCloseOnExec(Stdout);
        _ = Libc.Dup2(Stderr, Stdout);
        _ = Libc.SetNonBlocking(frames);
        _ = Libc.SetPipeSize(frames, PipeBytes);
        new Thread(EndWithStdin, maxStackSize: 64 * 1024) { IsBackground = true, Name = "lifeline" }.Start();

        var program = new ProbeProgram(entry.Create(settings), entry, settings, CallSlots.Open(settings.Slots), new FrameOutput(frames), End,
            static span => Never.WaitOne(span), TimeProvider.System);
        End(program.Run());
        return 0;
    }

    private static void EndWithStdin()
    {
        Span<byte> ignored = stackalloc byte[16];
        while (Libc.Read(Stdin, ignored) > 0)
        {
            // Nothing is ever said on it.
        }

        End(ProbeExit.Released);
    }

    /// <summary>At once and without any clean-up: a vendor library's exit handlers can block as its calls can.</summary>
    private static void End(ProbeExit code) => Libc.ExitNow((int)code);
}
