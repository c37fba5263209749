using System.Diagnostics;
using System.Globalization;

namespace Forewarn.Daemon.Tests.Api;

/// <summary>Another process that listens on a free port of loopback: Perl, which Debian always has (perl-base is essential).</summary>
internal sealed class DummyListener : IDisposable
{
    private const string Program = """
        use Socket;
        socket(my $s, PF_INET, SOCK_STREAM, 0) or die; bind($s, sockaddr_in(0, INADDR_LOOPBACK)) or die; listen($s, 1) or die;
        $| = 1; print((sockaddr_in(getsockname($s)))[0], "\n"); <STDIN>;
        """;

    private readonly Process _process;

    public DummyListener()
    {
        _process = Process.Start(new ProcessStartInfo("perl")
        {
            ArgumentList = { "-e", Program },
            RedirectStandardInput = true, // Its end is the program's.
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        Port = int.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public int Port { get; }

    public int Pid => _process.Id;

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
