using System.Globalization;
using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Sampling;
using Forewarn.Daemon.Sources;
using Forewarn.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace Forewarn.Daemon.Roles;

/// <summary>The child process in which <c>forewarn doctor</c> asks one vendor library, once; as lean as a probe, and lost as easily.</summary>
internal static class ExaminationRole
{
    private const int Stdin = 0;
    private const int Stdout = 1;
    private const int Stderr = 2;

    private static readonly byte[] OpenCall = CallSlots.Tag("open");

    public static int Run(string[] arguments)
    {
        var settings = ProbeSettings.Parse(arguments);
        var entry = settings is null ? null : SourceRegistry.Find(settings.Source);
        if (settings is null || entry is null)
        {
            Console.Error.WriteLine("forewarn examine: is started by 'forewarn doctor'");
            return (int)ProbeExit.Usage;
        }

        // As in a probe: what a vendor library prints must not stand among the facts.
        var own = Libc.DuplicateCloseOnExec(Stdout);
        _ = Libc.Dup2(Stderr, Stdout);
        new Thread(EndWithStdin, maxStackSize: 64 * 1024) { IsBackground = true, Name = "lifeline" }.Start();

        using var output = new FileStream(new SafeFileHandle(own, ownsHandle: true), FileAccess.Write, bufferSize: 1);
        var guard = new CallGuard(CallSlots.Open(settings.Slots), ProbeLane.Fast, TimeProvider.System);
        var facts = new FactWriter(output);
        TryNodes(entry, settings, guard, facts);
        entry.Doctor?.Examine(settings, guard, facts);
        facts.Finish();
        Libc.ExitNow(0); // at once: a vendor library's exit handlers can block as its calls can
        return 0;
    }

    private static void TryNodes(SourceEntry entry, ProbeSettings settings, CallGuard guard, FactWriter facts)
    {
        foreach (var node in entry.ControlNodes)
        {
            var start = guard.Enter(CallGuard.NoDevice, OpenCall, settings.SlowDeadline);
            var error = DeviceNode.TryOpen(Path.Join(settings.Root, node));
            guard.Leave(start);
            facts.Write(FactKeys.Node, string.Create(CultureInfo.InvariantCulture, $"{node} {error}"));
        }
    }

    private static void EndWithStdin()
    {
        Span<byte> ignored = stackalloc byte[16];
        while (Libc.Read(Stdin, ignored) > 0)
        {
            // Nothing is ever said on it.
        }

        Libc.ExitNow((int)ProbeExit.AgentGone);
    }
}
