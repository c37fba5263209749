using System.Text.Json;
using Forewarn.Daemon.Checkpoints;
using Forewarn.Daemon.Sampling;
using Forewarn.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace Forewarn.Daemon.Roles;

/// <summary>The child process in which checkpoints are looked at, as the user whose they are; it ends with whoever started it.</summary>
internal static class CheckpointRole
{
    private const int Stdin = 0;
    private const int Stdout = 1;

    public static int Run(string[] arguments)
    {
        if (Order(arguments) is not { } order)
        {
            Console.Error.WriteLine($"forewarn {CheckpointExamination.Verb}: is started by 'forewarn checkpoint'");
            return (int)ProbeExit.Usage;
        }

        BeFirstToGo();
        new Thread(EndWithStdin, maxStackSize: 64 * 1024) { IsBackground = true, Name = "lifeline" }.Start();
        using var output = new FileStream(new SafeFileHandle(Stdout, ownsHandle: false), FileAccess.Write, bufferSize: 1);
        var trouble = Become(order.User, arguments, output);
        var (skipped, examined) = trouble is null ? Examine(order, output) : ([], trouble);
        Say(output, new() { End = new(skipped, examined) });
        Libc.ExitNow(0); // At once: nothing here is worth waiting for a file server.
        return 0;
    }

    // 1000 is the most (proc(5), oom_score_adj). Several of us share the memory of whoever started us, and a strange folder is the likeliest to want much. Everybody may make it likelier for himself.
    private static void BeFirstToGo()
    {
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // No /proc, or none of ours: the kernel goes by size alone.
        }
    }

    private static CheckpointOrder? Order(string[] arguments)
    {
        try
        {
            return arguments.Length == 2 ? JsonSerializer.Deserialize(arguments[1], CheckpointJson.Plain.CheckpointOrder) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null when we are that user, or nobody is asked for; before anything of the user's is opened.</summary>
    private static string? Become(string? user, string[] arguments, FileStream output)
    {
        if (user is null) return null;
        Say(output, new() { At = $"user {user}" });
        if (UserAccount.Find(user) is not { } account) return $"there is no user {user}";
        if (account.User == Libc.EffectiveUser()) return null;
        var isRoot = Libc.EffectiveUser() == 0;
        if (!isRoot && account.User == 0) return "only root can look as root"; // it would be root with what capabilities are left
        var program = Environment.ProcessPath!; // while /proc is surely open to us
        return account.Become() is not Errno.None and var refused
            ? !isRoot && refused == Errno.NotPermitted ? "only root, or who has CAP_SETUID and CAP_SETGID, can look as somebody else" : $"cannot become {user} ({refused})"
            : isRoot ? null : BeginAnew(program, arguments);
    }

    // The kernel takes all capabilities from root that becomes somebody, and none from others; each thread of ours has its own. A program that is executed has none.
    private static string BeginAnew(string program, string[] arguments)
        => Libc.PassOnNoCapability() != 0 ? $"cannot put down its capabilities ({Libc.LastError})"
            : $"cannot be executed anew as that user ({Libc.Execute(program, arguments)})";

    private static (IReadOnlyList<SkippedName> Skipped, string? Trouble) Examine(CheckpointOrder order, FileStream output)
    {
        Say(output, new() { At = order.Root });
        var error = Folder.TryOpen(order.Root, out var root);
        if (error != Errno.None) return ([], $"{ShownName.Of(order.Root)}: {ErrnoText.Of(error)}");
        using (root)
        {
            var tree = new CheckpointTree(root!, path => Say(output, new() { At = path }));
            var examiner = new CheckpointExaminer(tree, order, verdict => Say(output, new() { Verdict = verdict }));
            var trouble = examiner.Run();
            return (examiner.Skipped, trouble);
        }
    }

    private static void Say(FileStream output, CheckpointLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, CheckpointJson.Plain.CheckpointLine), (byte)'\n'];
        output.Write(bytes);
        output.Flush();
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
