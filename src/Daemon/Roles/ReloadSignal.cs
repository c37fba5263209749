using System.Runtime.InteropServices;

namespace Forewarn.Daemon.Roles;

/// <summary>Runs something on SIGHUP instead of ending the process.</summary>
internal sealed class ReloadSignal(Action reload) : IDisposable
{
    private readonly PosixSignalRegistration _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
    {
        context.Cancel = true;
        reload();
    });

    public void Dispose() => _registration.Dispose();
}
